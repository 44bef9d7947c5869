#include "indexer/change_reader.h"

#include <string>
#include <utility>

#include "indexer/source_jsonl.h"

namespace kyujin::indexer {
namespace {

std::string TextMember(const JsonValue& object, std::string_view name) {
  const JsonValue* value = object.Find(name);
  return value == nullptr || value->string() == nullptr ? "" : *value->string();
}

}  // namespace

Status ChangeReader::Read(ByteSource& input, const std::stop_token& stop) {
  LineReader lines(input, RecordLimits().record_bytes);
  LineReader::Line line;
  for (;;) {
    KYUJIN_ASSIGN_OR_RETURN(const bool has_line, lines.Next(&line));
    if (!has_line) {
      return {};
    }
    if (stop.stop_requested()) {
      return Unavailable("interrupted: nothing is published");
    }
    KYUJIN_RETURN_IF_ERROR(ReadLine(line));
  }
}

Status ChangeReader::ReadLine(const LineReader::Line& line) {
  if (!line.is_too_long && line.text.find_first_not_of(" \t") == std::string_view::npos) {
    return {};
  }
  ++lines_;
  Reject reject;
  reject.place = {0, line.number, line.byte};
  if (line.is_too_long) {
    reject.reason = "the line is too long";
    return rejects_.Add(reject);
  }
  const auto change = ParseJson(line.text);
  if (!change.has_value()) {
    reject.reason = "not a JSON object: " + change.error().message;
    return rejects_.Add(reject);
  }
  return ReadChange(*change, &reject);
}

Status ChangeReader::ReadChange(const JsonValue& change, Reject* reject) {
  const std::string op = TextMember(change, "op");
  if (op == "delete") {
    reject->number = TextMember(change, "number");
    const auto number = schema::PostingNumber::Parse(reject->number);
    if (!number.has_value()) {
      reject->field = "number";
      reject->reason = number.error().message;
      return rejects_.Add(*reject);
    }
    wishes_[number->value()] = ChangeWish::kDelete;
    return {};
  }
  const JsonValue* posting = change.Find("posting");
  if (op != "upsert" || posting == nullptr || posting->object() == nullptr) {
    reject->field = op == "upsert" ? "posting" : "op";
    reject->reason = op == "upsert" ? "no member \"posting\" that is an object"
                                    : "\"op\" is neither upsert nor delete";
    return rejects_.Add(*reject);
  }
  return Upsert(*posting, reject);
}

Status ChangeReader::Upsert(const JsonValue& object, Reject* reject) {
  schema::FeedRecord record;
  if (!ReadPostingObject(object, RecordLimits(), &record, reject)) {
    return rejects_.Add(*reject);
  }
  schema::JobPosting posting;
  schema::Rejection rejection;
  if (!derive_(std::move(record), &posting, &rejection)) {
    return rejects_.Add({std::move(rejection.number),
                         std::move(rejection.field),
                         std::move(rejection.reason),
                         reject->place});
  }
  unknown_tags_.Count(posting.feed);
  wishes_[posting.number.value()] = ChangeWish::kUpsert;
  return spool_.Append(posting.number, 0, posting.feed, reject->place);
}

}  // namespace kyujin::indexer

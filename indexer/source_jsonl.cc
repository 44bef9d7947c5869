#include "indexer/source_jsonl.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace kyujin::indexer {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Characters that XML cannot carry would make a posting that no feed page can hold.
bool HasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
}

// The text of a feed value, or nothing when it is neither text nor a number.
std::optional<std::string> TextOf(const JsonValue& value) {
  if (const auto* text = value.string()) {
    return *text;
  }
  if (const auto* integer = value.integer()) {
    return std::to_string(*integer);
  }
  if (const auto* number = value.number()) {
    JsonWriter writer;
    writer.Double(*number);
    return std::string(writer.view());
  }
  return std::nullopt;
}

// Returns why `text` cannot be a feed value; empty when it can.
std::string FaultOf(const std::optional<std::string>& text, const RecordLimits& limits) {
  if (!text) {
    return "the value is neither a string nor a number";
  }
  if (text->size() > limits.value_bytes) {
    return "the value has more than " + std::to_string(limits.value_bytes) + " bytes";
  }
  if (HasControlCharacter(*text)) {
    return "the value has a control character";
  }
  return {};
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

bool ParsePostingObject(std::string_view json,
                        const RecordLimits& limits,
                        schema::FeedRecord* record,
                        Reject* reject) {
  record->Clear();
  const auto document = ParseJson(json);
  if (!document.has_value()) {
    reject->reason = "not a JSON object: " + document.error().message;
    return false;
  }
  return ReadPostingObject(*document, limits, record, reject);
}

bool ReadPostingObject(const JsonValue& object,
                       const RecordLimits& limits,
                       schema::FeedRecord* record,
                       Reject* reject) {
  record->Clear();
  const JsonValue* const feed = object.Find("feed");
  if (feed == nullptr || feed->object() == nullptr) {
    if (const JsonValue* number = object.Find("number"); number != nullptr) {
      reject->number = TextOf(*number).value_or("");
    }
    reject->field = "feed";
    reject->reason = "no member \"feed\" that is an object of tags";
    return false;
  }
  if (feed->object()->size() > limits.values) {
    reject->field = "feed";
    reject->reason = "the record has more than " + std::to_string(limits.values) + " tags";
    return false;
  }
  bool is_valid = true;
  for (const auto& [name, value] : *feed->object()) {
    if (value.is_null()) {
      continue;
    }
    const auto text = TextOf(value);
    std::string fault = FaultOf(text, limits);
    if (fault.empty() && name.empty()) {
      fault = "a tag has no name";
    }
    if (fault.empty()) {
      record->Set(name, *text);
    } else if (is_valid) {
      is_valid = false;
      reject->field = name;
      reject->reason = std::move(fault);
    }
  }
  reject->number = record->Get(schema::Tag::kKjno);
  return is_valid;
}

Status JsonlSource::Read(ByteSource& input, uint32_t file, RecordSink& sink) {
  LineReader lines(input, limits_.record_bytes);
  LineReader::Line line;
  schema::FeedRecord record;
  for (;;) {
    const auto has_line = lines.Next(&line);
    if (!has_line.has_value()) {
      const Error error = has_line.error();
      return error.code == ErrorCode::kCorruption
                 ? sink.OnBrokenPage(
                       {{}, {}, error.message, {file, lines.line_number(), lines.position()}})
                 : Status(error);
    }
    if (!*has_line) {
      return {};
    }
    KYUJIN_RETURN_IF_ERROR(ReadLine(line, {file, line.number, line.byte}, &record, sink));
  }
}

Status JsonlSource::ReadLine(const LineReader::Line& line,
                             const RecordPlace& place,
                             schema::FeedRecord* record,
                             RecordSink& sink) const {
  Reject reject;
  reject.place = place;
  if (line.is_too_long) {
    reject.reason = "the line has more than " + std::to_string(limits_.record_bytes) + " bytes";
    return sink.OnReject(reject);
  }
  std::string_view text = line.text;
  if (line.number == 1 && text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  if (IsBlank(text)) {
    return {};
  }
  return ParsePostingObject(text, limits_, record, &reject) ? sink.OnRecord(*record, place)
                                                            : sink.OnReject(reject);
}

}  // namespace kyujin::indexer

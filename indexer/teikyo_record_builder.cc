#include "indexer/teikyo_record_builder.h"

#include <utility>

namespace kyujin::indexer {
namespace {
// A name is quoted in rejects.jsonl and in the report: longer ones are cut.
constexpr size_t kMaxQuotedName = 64;
}  // namespace

void TeikyoRecordBuilder::Begin(const RecordPlace& place) {
  record_.Clear();
  place_ = place;
  record_bytes_ = 0;
  values_ = 0;
  failed_field_.clear();
  failure_.clear();
}

void TeikyoRecordBuilder::BeginValue(std::optional<schema::Tag> tag, std::string_view name) {
  tag_ = tag;
  name_.assign(name);
  text_.clear();
  record_bytes_ += name.size();
  if (++values_ > limits_.values) {
    Fail("the record has more than " + std::to_string(limits_.values) + " tags");
  }
  if (record_bytes_ > limits_.record_bytes) {
    Fail("the record has more than " + std::to_string(limits_.record_bytes) + " bytes");
  }
}

void TeikyoRecordBuilder::AppendText(std::string_view text) {
  record_bytes_ += text.size();
  if (record_bytes_ > limits_.record_bytes) {
    Fail("the record has more than " + std::to_string(limits_.record_bytes) + " bytes");
  }
  if (text_.size() + text.size() > limits_.value_bytes) {
    Fail("the value has more than " + std::to_string(limits_.value_bytes) + " bytes");
    text_.clear();
    return;
  }
  // The number is gathered in any case, for the reject to name it.
  if (failure_.empty() || tag_ == schema::Tag::kKjno) {
    text_.append(text);
  }
}

void TeikyoRecordBuilder::EndValue() {
  if (tag_ && (failure_.empty() || tag_ == schema::Tag::kKjno)) {
    record_.Set(*tag_, text_);
  } else if (failure_.empty()) {
    record_.Set(name_, text_);
  }
}

Status TeikyoRecordBuilder::Finish(RecordSink& sink) {
  if (failure_.empty()) {
    return sink.OnRecord(record_, place_);
  }
  return sink.OnReject({std::string(number()), failed_field_, failure_, place_});
}

void TeikyoRecordBuilder::Fail(std::string reason) {
  if (failure_.empty()) {
    failure_ = std::move(reason);
    failed_field_ = name_.substr(0, kMaxQuotedName);
  }
}

}  // namespace kyujin::indexer

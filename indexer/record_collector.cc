#include "indexer/record_collector.h"

#include <utility>

#include "engine/schema/date_parser.h"

namespace kyujin::indexer {
namespace {

// Days of 受付年月日, 0 when it is not known. What is no date is a reject later, when the record
// becomes a posting.
uint16_t ReceivedDays(const schema::FeedRecord& record) {
  for (const schema::Tag tag : {schema::Tag::kUktkymdSeireki, schema::Tag::kUktkymd}) {
    const std::string_view text = record.Get(tag);
    if (!text.empty()) {
      const auto date = schema::ParseFeedDate(text);
      return date.has_value() ? date->days() : uint16_t{0};
    }
  }
  return 0;
}

}  // namespace

RecordCollector::RecordCollector(RecordSpool& spool, RejectLog& rejects, uint64_t max_records)
    : spool_(spool), rejects_(rejects), max_records_(max_records) {}

Status RecordCollector::OnRecord(schema::FeedRecord& record, const RecordPlace& place) {
  ++records_read_;
  unknown_tags_.Count(record);
  const std::string_view text = record.Get(schema::Tag::kKjno);
  const auto& number_field = schema::GetFeedField(schema::Tag::kKjno);
  if (text.empty()) {
    return rejects_.Add({{}, std::string(number_field.tag), "the record has no number", place});
  }
  const auto number = schema::PostingNumber::Parse(text);
  if (!number.has_value()) {
    return rejects_.Add(
        {std::string(text), std::string(number_field.tag), number.error().message, place});
  }
  if (spool_.size() >= max_records_) {
    return ResourceExhausted("more than " + std::to_string(max_records_) +
                             " records: give more --memory");
  }
  return spool_.Append(*number, ReceivedDays(record), record, place);
}

Status RecordCollector::OnReject(const Reject& reject) {
  ++records_read_;
  return rejects_.Add(reject);
}

Status RecordCollector::OnBrokenPage(const Reject& reject) {
  ++records_read_;
  return rejects_.AddBrokenPage(reject);
}

}  // namespace kyujin::indexer

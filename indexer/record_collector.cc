#include "indexer/record_collector.h"

#include "engine/base/date.h"

namespace kyujin::indexer {

RecordCollector::RecordCollector(RecordSpool& spool, RejectLog& rejects, uint64_t max_records)
    : spool_(spool),
      rejects_(rejects),
      max_records_(max_records),
      received_tag_(schema::FindTag("uktkymd_seireki")) {}

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
  uint16_t received = 0;
  if (received_tag_) {
    // What is no date is a reject later, when the record becomes a posting.
    const auto date = Date::Parse(record.Get(*received_tag_));
    received = date.has_value() ? date->days() : uint16_t{0};
  }
  return spool_.Append(*number, received, record, place);
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

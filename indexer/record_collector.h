// RecordCollector: what becomes of the records that the sources read. Those with a number go to the
// spool, the others to the reject log; everything is counted.
#pragma once

#include <cstdint>

#include "indexer/record_sink.h"
#include "indexer/record_spool.h"
#include "indexer/reject_log.h"
#include "indexer/run_report.h"

namespace kyujin::indexer {

// Confined to one thread. Holds references to spool and log, which must outlive it.
class RecordCollector final : public RecordSink {
 public:
  // At most `max_records` are taken, so that the spool's memory stays within what was granted.
  RecordCollector(RecordSpool& spool, RejectLog& rejects, uint64_t max_records);

  // Errors: kResourceExhausted above `max_records`; those of spool and log.
  Status OnRecord(schema::FeedRecord& record, const RecordPlace& place) override;
  Status OnReject(const Reject& reject) override;
  Status OnBrokenPage(const Reject& reject) override;

  // Records seen; a broken page counts as one.
  [[nodiscard]] uint64_t records_read() const { return records_read_; }
  [[nodiscard]] const UnknownTags& unknown_tags() const { return unknown_tags_; }

 private:
  RecordSpool& spool_;
  RejectLog& rejects_;
  uint64_t max_records_;
  uint64_t records_read_ = 0;
  UnknownTags unknown_tags_;
};

}  // namespace kyujin::indexer

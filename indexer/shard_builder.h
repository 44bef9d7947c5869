// BuildShards: from a sealed spool to the shards of a segment, one thread for each shard: read
// back, derive, add. The slowest step of the walk, because words are analysed here.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/index/segment_writer.h"
#include "engine/schema/posting_deriver.h"
#include "indexer/progress.h"
#include "indexer/record_spool.h"
#include "indexer/reject_log.h"

namespace kyujin::indexer {

// PostingDeriver::Derive, called by several threads at once.
using DeriveFunction =
    std::function<bool(schema::FeedRecord, schema::JobPosting*, schema::Rejection*)>;

// What all shards share; everything referred to must outlive the call.
struct ShardInputs {
  const RecordSpool& spool;
  const DeriveFunction& derive;
  RejectLog& rejects;
  Progress& progress;
};

// Gives each shard of `writer` an equal share of consecutive numbers and finishes it. Returns the
// number of documents added.
// Errors: the first that any thread met (the others are stopped then); kUnavailable when `stop` was
// asked for.
Result<uint64_t> BuildShards(const ShardInputs& inputs,
                             index::SegmentWriter& writer,
                             const std::stop_token& stop);

}  // namespace kyujin::indexer

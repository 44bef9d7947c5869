#include "indexer/shard_builder.h"

#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/base/mutex.h"

namespace kyujin::indexer {
namespace {

// Builds the shards of one segment. Thread-safe where the threads meet.
class ShardBuilder {
 public:
  ShardBuilder(const ShardInputs& inputs, index::SegmentWriter& writer)
      : inputs_(inputs), writer_(writer) {}

  Result<uint64_t> Run(const std::stop_token& stop) {
    // An outer stop and a failed thread end the others by the same flag.
    const std::stop_callback forward(stop, [this] { stop_.request_stop(); });
    {
      std::vector<std::jthread> threads;
      threads.reserve(writer_.shards());
      for (size_t shard = 0; shard < writer_.shards(); ++shard) {
        threads.emplace_back([this, shard] { RunThread(shard); });
      }
    }
    if (stop.stop_requested()) {
      return Unavailable("interrupted: nothing is published");
    }
    const MutexLock lock(mutex_);
    KYUJIN_RETURN_IF_ERROR(first_error_);
    return documents_;
  }

 private:
  void RunThread(size_t shard) {
    Result<uint64_t> added = uint64_t{0};
    // The last line before the thread ends: no exception may pass it.
    try {
      added = BuildShard(shard);
    } catch (const std::exception& exception) {
      added = Internal(std::string("while indexing: ") + exception.what());
    }
    const MutexLock lock(mutex_);
    if (added.has_value()) {
      documents_ += *added;
      return;
    }
    if (first_error_.has_value()) {
      first_error_ = added.error();
    }
    stop_.request_stop();
  }

  Result<uint64_t> BuildShard(size_t shard) {
    const size_t total = inputs_.spool.size();
    const size_t shards = writer_.shards();
    SpoolReader reader(inputs_.spool, total * shard / shards, total * (shard + 1) / shards);
    index::ShardWriter& target = writer_.shard(shard);
    uint64_t added = 0;
    uint64_t unreported = 0;
    schema::JobPosting posting;
    RecordPlace place;
    for (;;) {
      // The posting gives its record back, whose buffers serve again.
      schema::FeedRecord record = std::move(posting.feed);
      KYUJIN_ASSIGN_OR_RETURN(const bool has_record, reader.Next(&record, &place));
      if (!has_record) {
        break;
      }
      KYUJIN_ASSIGN_OR_RETURN(const bool is_added,
                              AddOne(std::move(record), place, target, &posting));
      added += is_added ? 1 : 0;
      constexpr uint64_t kStep = 64;
      if (++unreported == kStep) {
        inputs_.progress.Advance(unreported, unreported);
        unreported = 0;
        if (stop_.stop_requested()) {
          return Unavailable("interrupted: nothing is published");
        }
      }
    }
    inputs_.progress.Advance(unreported, unreported);
    KYUJIN_RETURN_IF_ERROR(target.Finish());
    return added;
  }

  Result<bool> AddOne(schema::FeedRecord record,
                      const RecordPlace& place,
                      index::ShardWriter& target,
                      schema::JobPosting* posting) {
    schema::Rejection rejection;
    if (!inputs_.derive(std::move(record), posting, &rejection)) {
      KYUJIN_RETURN_IF_ERROR(inputs_.rejects.Add({std::move(rejection.number),
                                                  std::move(rejection.field),
                                                  std::move(rejection.reason),
                                                  place}));
      return false;
    }
    KYUJIN_RETURN_IF_ERROR(target.Add(*posting));
    return true;
  }

  const ShardInputs& inputs_;
  index::SegmentWriter& writer_;
  std::stop_source stop_;
  Mutex mutex_;
  Status first_error_ KYUJIN_GUARDED_BY(mutex_);
  uint64_t documents_ KYUJIN_GUARDED_BY(mutex_) = 0;
};

}  // namespace

Result<uint64_t> BuildShards(const ShardInputs& inputs,
                             index::SegmentWriter& writer,
                             const std::stop_token& stop) {
  return ShardBuilder(inputs, writer).Run(stop);
}

}  // namespace kyujin::indexer

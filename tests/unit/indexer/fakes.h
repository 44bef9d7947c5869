// Stand-ins for the index: a segment that lives in memory, a publisher that remembers. They keep
// the promises of engine/index and check those of the caller.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/index/index_publisher.h"
#include "engine/index/segment_writer.h"
#include "engine/schema/posting_deriver.h"
#include "indexer/build_pipeline.h"

namespace kyujin::indexer::testing {

class FakeShardWriter final : public index::ShardWriter {
 public:
  // Fails at document `fail_at` (counted from 1; 0 = never).
  explicit FakeShardWriter(size_t fail_at) : fail_at_(fail_at) {}

  Status Add(const schema::JobPosting& posting) override {
    KYUJIN_CHECK(!is_finished);
    KYUJIN_CHECK(postings.empty() || postings.back().number < posting.number);
    postings.push_back(posting);
    if (postings.size() == fail_at_) {
      return Internal("segment: cannot be written: No space left on device");
    }
    return {};
  }
  Status Finish() override {
    KYUJIN_CHECK(!is_finished);
    is_finished = true;
    return {};
  }

  std::vector<schema::JobPosting> postings;
  bool is_finished = false;

 private:
  size_t fail_at_;
};

// What a test sees of the segments that were written.
struct SegmentLog {
  std::vector<std::vector<schema::JobPosting>> shards;  // of the last finished segment
  size_t fail_shard_at = 0;
  Status finish_status;
};

class FakeSegmentWriter final : public index::SegmentWriter {
 public:
  FakeSegmentWriter(std::filesystem::path folder, size_t shards, SegmentLog& log)
      : folder_(std::move(folder)), log_(log) {
    KYUJIN_CHECK(std::filesystem::create_directory(folder_));
    std::ofstream(folder_ / "cards.bin") << "x";
    for (size_t i = 0; i < shards; ++i) {
      shards_.push_back(std::make_unique<FakeShardWriter>(log.fail_shard_at));
    }
  }
  [[nodiscard]] size_t shards() const override { return shards_.size(); }
  [[nodiscard]] index::ShardWriter& shard(size_t index) override { return *shards_.at(index); }
  Result<index::SegmentInfo> Finish() override {
    KYUJIN_RETURN_IF_ERROR(log_.finish_status);
    index::SegmentInfo info;
    info.name = folder_.filename().string();
    schema::PostingNumber last;
    log_.shards.clear();
    for (const auto& shard : shards_) {
      KYUJIN_CHECK(shard->is_finished);
      for (const auto& posting : shard->postings) {
        KYUJIN_CHECK(info.documents == 0 || last < posting.number);
        last = posting.number;
        ++info.documents;
      }
      log_.shards.push_back(shard->postings);
    }
    return info;
  }

 private:
  std::filesystem::path folder_;
  SegmentLog& log_;
  std::vector<std::unique_ptr<FakeShardWriter>> shards_;
};

class FakePublisher final : public index::IndexPublisher {
 public:
  explicit FakePublisher(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] const std::optional<index::Manifest>& live() const override { return live_; }
  [[nodiscard]] std::filesystem::path NextSegmentDirectory() const override {
    return folder_ / ("seg-" + std::to_string(published + 1));
  }
  Result<index::Manifest> PublishDraft(index::GenerationDraft draft) override {
    KYUJIN_RETURN_IF_ERROR(publish_status);
    index::Manifest manifest;
    manifest.generation = ++published;
    manifest.documents = draft.segments.at(0).documents;
    manifest.segments = std::move(draft.segments);
    manifest.analyzer_version = draft.analyzer_version;
    live_ = manifest;
    return manifest;
  }

  uint64_t published = 0;
  Status publish_status;

 private:
  std::filesystem::path folder_;
  std::optional<index::Manifest> live_;
};

// Takes number and record over; titles that begin with "reject" are rejected.
inline bool FakeDerive(schema::FeedRecord feed,
                       schema::JobPosting* posting,
                       schema::Rejection* rejection) {
  const std::string number(feed.Get(schema::Tag::kKjno));
  if (feed.Get(schema::Tag::kSksu).starts_with("reject")) {
    *rejection = {number, "sksu", "the title says so"};
    return false;
  }
  posting->number = *schema::PostingNumber::Parse(number);
  posting->feed = std::move(feed);
  return true;
}

}  // namespace kyujin::indexer::testing

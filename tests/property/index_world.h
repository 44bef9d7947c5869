// IndexWorld: a real index directory and, beside it, what it must hold as a plain map. Every step
// is done to both; what a reader then sees is compared by the tests.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/index/change_list.h"
#include "engine/text/analyzer.h"
#include "tests/testing/index_actions.h"
#include "tests/testing/random_feed.h"
#include "tests/testing/random_source.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {

// The feed's records by posting number.
using Records = std::map<uint64_t, RandomRecord>;

// Confined to one thread.
class IndexWorld {
 public:
  IndexWorld(Date today, std::shared_ptr<const text::AnalyzerModel> model, RandomSource* random);

  // One random step: a build, sync, apply, merge or crash. Returns what it was, for messages. Fails
  // the test when a step does not end as it must.
  std::string Step();
  // Folds everything into one segment.
  std::string MergeAll();

  [[nodiscard]] const std::filesystem::path& path() const { return index_; }
  // What the live generation must hold. Empty and 0 before the first build.
  [[nodiscard]] const Records& records() const { return records_; }
  [[nodiscard]] uint64_t generation() const { return generation_; }
  // What the last generation must list as changed, when its list is kept.
  [[nodiscard]] const std::vector<index::Change>& changes() const { return changes_; }
  [[nodiscard]] bool has_changes() const { return has_changes_; }
  // Whether everything is in one segment without dead, so that scores are those of a fresh build.
  [[nodiscard]] bool is_merged() const { return is_merged_; }

 private:
  Records RandomFeed(size_t count);
  Records Mutated();
  [[nodiscard]] std::filesystem::path WriteFeed(const Records& records) const;

  std::string Build();
  std::string Sync();
  std::string SyncTooLittle();
  std::string Apply();
  std::string MergeByPolicy();
  std::string CrashWhileWriting();
  std::string CrashBeforePublish();
  Result<index::Manifest> RunFeed(const Records& feed, indexer::FeedMode mode, double max_removals);
  void Publish(Records records, bool is_first);

  Date today_;
  RandomSource* random_;
  TemporaryFolder folder_;
  std::filesystem::path index_;
  IndexActions actions_;
  Records records_;
  uint64_t generation_ = 0;
  std::vector<index::Change> changes_;
  bool has_changes_ = false;
  bool is_merged_ = false;
};

// The record as the feed would give it.
schema::FeedRecord ToFeedRecord(const RandomRecord& record);

}  // namespace kyujin::test

#include "server/app/generation_watcher.h"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/base/deadline.h"
#include "tests/unit/api/small_index.h"

namespace kyujin::app {
namespace {

using api::SmallIndex;

// Waits until `holds`, at most ten seconds.
template <class Predicate>
bool Eventually(Predicate holds) {
  const Deadline deadline = Deadline::After(std::chrono::seconds(10));
  while (!holds()) {
    if (deadline.expired()) {
      return false;
    }
    std::this_thread::yield();
  }
  return true;
}

class GenerationWatcherTest : public testing::Test {
 protected:
  GenerationWatcherOptions Options() {
    return {.directory = index_.directory(),
            .analyzer_version = std::string(index_.model()->version()),
            .warm = [this](const index::Snapshot&) { ++warmed_; }};
  }

  [[nodiscard]] uint64_t Generation() const {
    const auto snapshot = snapshots_.Get();
    return snapshot != nullptr ? snapshot->generation() : 0;
  }

  SmallIndex index_;
  index::SnapshotHolder snapshots_;
  ServerLog log_{false};
  std::atomic<int> warmed_ = 0;
};

TEST_F(GenerationWatcherTest, AMissingIndexIsAnError) {
  GenerationWatcher watcher(Options(), snapshots_, log_);
  const Status status = watcher.Load();
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(snapshots_.Get(), nullptr);
}

TEST_F(GenerationWatcherTest, PicksUpNewGenerations) {
  index_.Publish({});
  GenerationWatcher watcher(Options(), snapshots_, log_);
  ASSERT_TRUE(watcher.Load().has_value());
  EXPECT_EQ(Generation(), 1U);
  watcher.Start();
  index_.Publish({api::Derive(api::FullRecord())});
  EXPECT_TRUE(Eventually([this] { return Generation() == 2; }));
  EXPECT_EQ(warmed_, 2);
}

TEST_F(GenerationWatcherTest, WhatCannotBeOpenedLeavesTheOldOne) {
  index_.Publish({});
  GenerationWatcher watcher(Options(), snapshots_, log_);
  ASSERT_TRUE(watcher.Load().has_value());
  const auto old = snapshots_.Get();
  std::ofstream(index_.directory() / "CURRENT") << "manifest-99999999.json\n";
  EXPECT_FALSE(watcher.Load().has_value());
  EXPECT_EQ(snapshots_.Get(), old);
}

TEST_F(GenerationWatcherTest, LoadingTheSameGenerationAgainChangesNothing) {
  index_.Publish({});
  GenerationWatcher watcher(Options(), snapshots_, log_);
  ASSERT_TRUE(watcher.Load().has_value());
  const auto old = snapshots_.Get();
  ASSERT_TRUE(watcher.Load().has_value());
  EXPECT_EQ(snapshots_.Get(), old);
  EXPECT_EQ(warmed_, 1);
}

}  // namespace
}  // namespace kyujin::app

// IndexerTest: an index of a few postings, to which a test then lets something happen.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "tests/integration/sample_index.h"
#include "tests/testing/child_process.h"
#include "tests/testing/random_feed.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {

inline constexpr unsigned kOldPostings = 20;
// Thread rule: Confined to one thread.
class IndexerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const Outcome built = Build(WriteInput(folder_ / "old.xml", SamplePage(kOldPostings)), index_);
    ASSERT_EQ(built.status, 0) << built.output;
    before_ = IndexFiles(index_);
    ASSERT_FALSE(before_.empty());
  }

  void ExpectOldIndex() const {
    EXPECT_EQ(IndexFiles(index_) == before_, true) << "files of the old index changed";
    EXPECT_EQ(CountServed(index_), kOldPostings);
  }

  // A feed whose build takes long enough to be interrupted.
  [[nodiscard]] std::filesystem::path WriteLargeFeed(size_t postings) const {
    RandomSource random(1);
    const auto records = MakeRandomFeed(postings, *Date::Parse(kSampleToday), &random);
    return WriteInput(folder_ / "large.xml", ToFeedPage(records));
  }

  TemporaryFolder folder_;
  const std::filesystem::path index_ = folder_.path() / "index";
  std::map<std::string, std::string> before_;
};

}  // namespace kyujin::test

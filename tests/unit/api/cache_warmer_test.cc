#include "server/app/cache_warmer.h"

#include <gtest/gtest.h>

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/query/request_parser.h"
#include "tests/testing/temporary_folder.h"
#include "tests/unit/api/small_index.h"

namespace kyujin::app {
namespace {

TEST(HotWordsTest, FilesHoldWhatWasPutInAndNothingElseIsRead) {
  const std::vector<std::string> keys{"a", std::string("\0b", 2), ""};
  const std::string bytes = EncodeHotWords(keys);
  EXPECT_EQ(DecodeHotWords(bytes), keys);
  EXPECT_TRUE(DecodeHotWords("").empty());
  for (size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_TRUE(DecodeHotWords(bytes.substr(0, i)).empty()) << i;
    std::string broken = bytes;
    broken[i] = static_cast<char>(broken[i] + 1);
    EXPECT_TRUE(DecodeHotWords(broken).empty()) << i;
  }
}

class CacheWarmerTest : public testing::Test {
 protected:
  CacheWarmerTest() {
    schema::FeedRecord feed = api::FullRecord();
    feed.Set("sksu", "看護師");
    index_.Publish({api::Derive(std::move(feed))});
    snapshots_.Set(index_.Open());
  }

  // Runs a warmer from start to end and says what was hot at its end.
  std::vector<std::string> WarmedBy(search::Searcher* searcher) {
    CacheWarmer warmer({.file = file()}, {snapshots_, *searcher, calendar_, log_}, index_.model());
    warmer.Start();
    warmer.Stop();
    return search::HottestWordKeys(searcher->postings_cache(), 10);
  }

  std::filesystem::path file() { return folder_ / "words"; }

  test::TemporaryFolder folder_;
  api::SmallIndex index_;
  index::SnapshotHolder snapshots_;
  SystemClock clock_;
  api::Calendar calendar_{clock_, Date::FromDays(20'000)};
  ServerLog log_{false};
};

TEST_F(CacheWarmerTest, SavesWhatIsHot) {
  search::Searcher first;
  search::WorkerState worker;
  text::Analyzer analyzer(index_.model());
  const auto outcome = query::ParseSearchParameters({{"q", "看護師"}}, &analyzer);
  const auto snapshot = snapshots_.Get();
  ASSERT_TRUE(first.Search(outcome.request, {*snapshot, worker, calendar_.Today()}).has_value());
  const auto hot = WarmedBy(&first);
  ASSERT_FALSE(hot.empty());
  const auto saved = ReadFile(file());
  ASSERT_TRUE(saved.has_value());
  EXPECT_EQ(DecodeHotWords(*saved), hot);
}

TEST_F(CacheWarmerTest, ABrokenFileDoesNoHarm) {
  ASSERT_TRUE(ReplaceFile(file(), "rubbish").has_value());
  search::Searcher searcher;
  WarmedBy(&searcher);
}

}  // namespace
}  // namespace kyujin::app

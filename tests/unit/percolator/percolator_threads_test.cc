// Matching while queries come and go.
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "engine/percolator/percolator.h"
#include "tests/unit/percolator/percolator_fixture.h"

namespace kyujin::percolator {
namespace {

TEST(PercolatorThreadsTest, QueriesComeAndGoWhileOthersMatch) {
  constexpr QueryId kStays = 1;
  constexpr int kRounds = 300;
  Percolator percolator(test::SharedModel());
  ASSERT_TRUE(percolator.Add(kStays, FrozenWords("看護師")).has_value());
  std::atomic<bool> stop = false;
  const auto match = [&] {
    PercolatorWorker worker(test::SharedModel());
    const schema::JobPosting posting = PostingOf("看護師", "病棟");
    while (!stop) {
      std::vector<QueryHandle> handles;
      percolator.Match(posting, kDay, &worker, &handles);
      const std::set<QueryHandle> once(handles.begin(), handles.end());
      ASSERT_EQ(once.size(), handles.size());
      ASSERT_TRUE(once.contains(0));  // the one that stays
    }
  };
  std::thread first(match);
  std::thread second(match);
  const std::string words[] = {
      FrozenWords("病棟"), FrozenWords("看護師 病棟"), FrozenWords("-調理師")};
  for (int round = 0; round < kRounds; ++round) {
    for (QueryId i = 0; i < 3; ++i) {
      ASSERT_TRUE(percolator.Add(kStays + 1 + i, words[i]).has_value());
    }
    for (QueryId i = 0; i < 3; ++i) {
      percolator.Remove(kStays + 1 + i);
    }
  }
  stop = true;
  first.join();
  second.join();
  EXPECT_EQ(percolator.size(), 1U);
}

}  // namespace
}  // namespace kyujin::percolator

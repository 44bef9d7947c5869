#include "indexer/merge_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace kyujin::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

index::SegmentInfo Segment(uint32_t documents, uint32_t dead = 0) {
  index::SegmentInfo info;
  info.documents = documents;
  info.dead = dead;
  return info;
}

TEST(MergePolicy, EightSegmentsAreWell) {
  std::vector<index::SegmentInfo> segments(8, Segment(1'000));
  EXPECT_THAT(SegmentsToFold(segments), IsEmpty());
  segments.push_back(Segment(1'000));
  EXPECT_EQ(SegmentsToFold(segments).size(), 9U);
}

TEST(MergePolicy, TheLargeOneIsLeftAloneWhenSmallOnesAreFolded) {
  std::vector<index::SegmentInfo> segments{Segment(1'100'000)};
  segments.insert(segments.end(), 8, Segment(1'000));
  EXPECT_THAT(SegmentsToFold(segments), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
}

TEST(MergePolicy, ASegmentIsTakenAlongOnlyWhenItGrowsByHalf) {
  std::vector<index::SegmentInfo> segments(7, Segment(1'000));
  segments.push_back(Segment(14'001));
  segments.push_back(Segment(1'100'000));
  EXPECT_THAT(SegmentsToFold(segments), ElementsAre(0, 1, 2, 3, 4, 5, 6));
  segments[7] = Segment(14'000);
  EXPECT_THAT(SegmentsToFold(segments), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

TEST(MergePolicy, AtLeastTwoAreFolded) {
  std::vector<index::SegmentInfo> segments;
  for (uint32_t documents = 1; segments.size() < 9; documents *= 10) {
    segments.push_back(Segment(documents));
  }
  EXPECT_THAT(SegmentsToFold(segments), ElementsAre(0, 1));
}

TEST(MergePolicy, ManyDeadAreWorthAMergeInALargeSegmentOnly) {
  EXPECT_THAT(SegmentsToFold({Segment(10'000, 1'000), Segment(50, 49)}), IsEmpty());
  EXPECT_THAT(SegmentsToFold({Segment(50), Segment(10'000, 1'001)}), ElementsAre(1));
  EXPECT_THAT(SegmentsToFold({Segment(9'999, 9'998)}), IsEmpty());
  EXPECT_THAT(SegmentsToFold({}), IsEmpty());
}

// Each change of 1,000 makes a segment; whatever comes, never more than eight stay, and a posting
// is not written more often than a few times.
TEST(MergePolicy, TheWorkOfManySmallChangesStaysSmall) {
  std::vector<index::SegmentInfo> segments{Segment(1'000'000)};
  uint64_t written = 0;
  constexpr int kChanges = 1'000;
  for (int i = 0; i < kChanges; ++i) {
    segments.push_back(Segment(1'000));
    const std::vector<uint32_t> fold = SegmentsToFold(segments);
    uint32_t folded = 0;
    for (size_t place = fold.size(); place-- > 0;) {
      folded += segments[fold[place]].documents;
      segments.erase(segments.begin() + fold[place]);
    }
    if (folded > 0) {
      segments.push_back(Segment(folded));
    }
    written += folded;
    ASSERT_LE(segments.size(), kMaxSegments);
  }
  EXPECT_LT(written, uint64_t{kChanges} * 1'000 * 10);
}

}  // namespace
}  // namespace kyujin::indexer

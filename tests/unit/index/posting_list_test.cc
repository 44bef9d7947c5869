#include "engine/index/posting_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "tests/testing/random_seed.h"

namespace kyujin::index {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using Positions = std::vector<uint32_t>;

constexpr uint32_t kMost = std::numeric_limits<uint32_t>::max();

std::string Encode(const std::vector<Posting>& postings) {
  std::string bytes;
  DocId before = 0;
  for (const Posting& posting : postings) {
    AppendPosting(&bytes, posting.doc - before, posting.frequency);
    before = posting.doc;
  }
  return bytes;
}

TermRun RunOf(std::string_view bytes, uint32_t count) {
  return {1, count, bytes};  // not the first: without a total
}

TEST(PostingListTest, PostingsComeBack) {
  const std::vector<Posting> postings = {{0, 1}, {1, 2}, {70, 1}, {kMost - 1, kMost}, {kMost, 1}};
  const std::string bytes = Encode(postings);
  std::vector<Posting> found = {{5, 5}};
  ASSERT_TRUE(ReadPostings(RunOf(bytes, 5), &found));
  ASSERT_EQ(found.size(), 6U) << "they are added to what was there";
  found.erase(found.begin());
  EXPECT_THAT(found, ElementsAreArray(postings));
}

TEST(PostingListTest, AWordOnceInATextTakesOneByteWhenTextsAreNear) {
  EXPECT_EQ(Encode({{3, 1}, {66, 1}}).size(), 2U);
}

TEST(PostingListTest, RandomPostingsComeBackAndNoCutOfThemDoes) {
  std::mt19937_64 random(test::RandomSeed());
  for (unsigned round = 0; round < 200; ++round) {
    std::vector<Posting> postings;
    DocId doc = static_cast<DocId>(random() % 3);
    for (uint64_t count = random() % 40 + 1; count > 0; --count) {
      postings.push_back({doc, static_cast<uint32_t>(random() % 4 == 0 ? random() % 300 + 1 : 1)});
      doc += static_cast<DocId>(random() % (round < 100 ? 3 : 1'000'000) + 1);
    }
    const std::string bytes = Encode(postings);
    const auto count = static_cast<uint32_t>(postings.size());
    std::vector<Posting> found;
    ASSERT_TRUE(ReadPostings(RunOf(bytes, count), &found));
    ASSERT_THAT(found, ElementsAreArray(postings));
    for (size_t size = 0; size < bytes.size(); ++size) {
      found.clear();
      ASSERT_FALSE(ReadPostings(RunOf(std::string_view(bytes).substr(0, size), count), &found));
    }
    ASSERT_FALSE(ReadPostings(RunOf(bytes + '\3', count), &found)) << "a byte too many";
  }
}

TEST(PostingListTest, TheFirstRunOfATermSaysHowManyThereAre) {
  std::string bytes;
  AppendVarint(&bytes, 300);
  bytes += Encode({{7, 1}, {8, 3}});
  const TermRun first{0, 2, bytes};
  EXPECT_EQ(PostingTotal(first), 300U);
  std::vector<Posting> found;
  ASSERT_TRUE(ReadPostings(first, &found));
  EXPECT_THAT(found, ElementsAre(Posting{7, 1}, Posting{8, 3}));

  EXPECT_FALSE(PostingTotal({2, 2, bytes}).has_value()) << "a later run does not say it";
  EXPECT_FALSE(PostingTotal({0, 301, bytes}).has_value()) << "more than there are";
  EXPECT_FALSE(PostingTotal({0, 2, ""}).has_value());
}

TEST(PostingListTest, BytesThatNoWriterMakesAreBroken) {
  std::vector<Posting> found;
  const auto is_read = [&](const std::vector<uint64_t>& numbers, uint32_t count) {
    std::string bytes;
    for (const uint64_t number : numbers) {
      AppendVarint(&bytes, number);
    }
    found.clear();
    return ReadPostings(RunOf(bytes, count), &found);
  };
  EXPECT_TRUE(is_read({1, 3}, 2));
  EXPECT_FALSE(is_read({1, 1}, 2)) << "a document twice";
  EXPECT_FALSE(is_read({2, 0}, 1)) << "no position";
  EXPECT_FALSE(is_read({2, 1}, 1)) << "one position has a shorter form";
  EXPECT_FALSE(is_read({2, uint64_t{kMost} + 1}, 1)) << "a frequency past 32 bits";
  EXPECT_TRUE(is_read({uint64_t{kMost} << 1 | 1}, 1));
  EXPECT_FALSE(is_read({(uint64_t{kMost} + 1) << 1 | 1}, 1)) << "a document past 32 bits";
  EXPECT_FALSE(is_read({uint64_t{kMost} << 1 | 1, 3}, 2)) << "a document past 32 bits";
  found = {};
  EXPECT_FALSE(is_read({1}, kMost)) << "more than there are bytes";
  EXPECT_LT(found.capacity(), 1000U) << "no room is taken for them";
}

std::string Bytes(const std::vector<Positions>& postings) {
  std::string bytes;
  for (const Positions& positions : postings) {
    AppendPositions(&bytes, positions);
  }
  return bytes;
}

TEST(PostingListTest, PositionsOfOnePostingAfterAnotherComeBack) {
  const std::string bytes = Bytes({{1, 128, 5000}, {7}, {4294967295}});
  ByteReader rest(bytes);
  Positions positions;
  ASSERT_TRUE(ReadPositions(&rest, 3, &positions));
  EXPECT_THAT(positions, ElementsAre(1, 128, 5000));
  ASSERT_TRUE(SkipPositions(&rest, 1));
  ASSERT_TRUE(ReadPositions(&rest, 1, &positions));
  EXPECT_THAT(positions, ElementsAre(4294967295U));
  EXPECT_TRUE(rest.empty());
  EXPECT_FALSE(ReadPositions(&rest, 1, &positions));
  EXPECT_FALSE(SkipPositions(&rest, 1));
}

TEST(PostingListTest, APlaceTakenTwiceIsReadOnce) {
  const std::string bytes = Bytes({{5, 5, 6}});
  ByteReader rest(bytes);
  Positions positions;
  ASSERT_TRUE(ReadPositions(&rest, 3, &positions));
  EXPECT_THAT(positions, ElementsAre(5, 6));
}

TEST(PostingListTest, PositionsPastTheLargestAreBroken) {
  std::string bytes;
  AppendVarint(&bytes, kMost);
  AppendVarint(&bytes, 1);
  ByteReader rest(bytes);
  Positions positions;
  EXPECT_FALSE(ReadPositions(&rest, 2, &positions));
}

}  // namespace
}  // namespace kyujin::index

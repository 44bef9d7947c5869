#include "engine/index/position_block.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace kyujin::index {
namespace {

using testing::ElementsAre;
using Positions = std::vector<uint32_t>;

std::string Bytes(const std::vector<Positions>& postings) {
  std::string bytes;
  for (const Positions& positions : postings) {
    AppendPositions(&bytes, positions);
  }
  return bytes;
}

TEST(PositionBlockTest, PositionsOfOnePostingAfterAnotherComeBack) {
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

TEST(PositionBlockTest, APlaceTakenTwiceIsReadOnce) {
  const std::string bytes = Bytes({{5, 5, 6}});
  ByteReader rest(bytes);
  Positions positions;
  ASSERT_TRUE(ReadPositions(&rest, 3, &positions));
  EXPECT_THAT(positions, ElementsAre(5, 6));
}

TEST(PositionBlockTest, PositionsPastTheLargestAreBroken) {
  std::string bytes;
  AppendVarint(&bytes, std::numeric_limits<uint32_t>::max());
  AppendVarint(&bytes, 1);
  ByteReader rest(bytes);
  Positions positions;
  EXPECT_FALSE(ReadPositions(&rest, 2, &positions));
}

TEST(PositionBlockTest, KeysAscendByTermAndThenByDocument) {
  EXPECT_LT(PositionKey("D介護", 255), PositionKey("D介護", 256));
  EXPECT_LT(PositionKey("D介護", 4294967295), PositionKey("D介護職", 0));
  EXPECT_LT(PositionKey("D介護職", 1), PositionKey("D介護職", 2));
  EXPECT_LT(PositionKey("D介護職", 4294967295), PositionKey("D看護", 0));
}

TEST(PositionBlockTest, RunsOfSeveralTermsComeBackByTerm) {
  PositionBlockBuilder builder;
  const std::string first = Bytes({{1}, {2}});
  const std::string second = Bytes({{3}});
  const std::string third = Bytes({{4, 5}});
  builder.Add("D介護", {0, 2, first}, 10);
  builder.Add("D介護", {2, 1, second}, 20);  // goes on with the run before
  builder.Add("D介護職", {6, 1, third}, 30);
  const PositionBlockBuilder::Block block = builder.Finish();
  EXPECT_EQ(block.key, PositionKey("D介護職", 30));
  const auto run = FindPositions(block.bytes, "D介護");
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->first, 0U);
  EXPECT_EQ(run->count, 3U);
  EXPECT_EQ(run->bytes, first + second);
  EXPECT_EQ(FindPositions(block.bytes, "D介護職")->first, 6U);
  EXPECT_FALSE(FindPositions(block.bytes, "D介").has_value());
  EXPECT_TRUE(builder.empty());
}

TEST(PositionBlockTest, ATermCutBetweenBlocksGoesOnWhereItWas) {
  PositionBlockBuilder builder;
  uint32_t postings = 0;
  const std::string bytes = Bytes({{1}});
  while (!builder.full()) {
    builder.Add("D介護", {postings, 1, bytes}, postings + 1);
    ++postings;
  }
  builder.Finish();
  builder.Add("D介護", {postings, 1, bytes}, postings + 1);
  EXPECT_EQ(FindPositions(builder.Finish().bytes, "D介護")->first, postings);
}

TEST(PositionBlockTest, EveryCutOfABlockIsBrokenOrShorter) {
  PositionBlockBuilder builder;
  const std::string bytes = Bytes({{1, 300}});
  builder.Add("D介護", {0, 1, bytes}, 1);
  builder.Add("D看護", {0, 1, bytes}, 1);
  const std::string block = builder.Finish().bytes;
  size_t whole = 0;
  for (size_t size = 0; size < block.size(); ++size) {
    PositionBlockReader reader(std::string_view(block).substr(0, size));
    while (reader.Next()) {
    }
    whole += reader.failed() ? 0 : 1;
  }
  EXPECT_EQ(whole, 2U);  // nothing at all, and the first run alone
}

}  // namespace
}  // namespace kyujin::index

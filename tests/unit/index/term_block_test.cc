#include "engine/index/term_block.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace kyujin::index {
namespace {

std::string Key(std::string_view term, DocId last) {
  return BlockKey(BlockKind::kPositions, term, last);
}

std::optional<TermRun> FindRun(std::string_view block, std::string_view term) {
  TermBlockReader reader(block);
  return reader.SkipTo(term) ? std::optional(reader.run()) : std::nullopt;
}

TEST(TermBlockTest, KeysAscendByTermAndThenByDocument) {
  EXPECT_LT(Key("D介護", 255), Key("D介護", 256));
  EXPECT_LT(Key("D介護", 4294967295), Key("D介護職", 0));
  EXPECT_LT(Key("D介護職", 1), Key("D介護職", 2));
  EXPECT_LT(Key("D介護職", 4294967295), Key("D看護", 0));
}

TEST(TermBlockTest, RunsOfSeveralTermsComeBackByTerm) {
  TermBlockBuilder builder(BlockKind::kPositions);
  const std::string first = "\1\2";
  const std::string second = "\3";
  const std::string third = "\4\5";
  builder.Add("D介護", {0, 2, first}, 10);
  builder.Add("D介護", {2, 1, second}, 20);  // goes on with the run before
  builder.Add("D介護職", {6, 1, third}, 30);
  const TermBlockBuilder::Block block = builder.Finish();
  EXPECT_EQ(block.key, Key("D介護職", 30));
  const auto run = FindRun(block.bytes, "D介護");
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->first, 0U);
  EXPECT_EQ(run->count, 3U);
  EXPECT_EQ(run->bytes, first + second);
  EXPECT_EQ(FindRun(block.bytes, "D介護職")->first, 6U);
  EXPECT_FALSE(FindRun(block.bytes, "D介").has_value());
  EXPECT_TRUE(builder.empty());
}

TEST(TermBlockTest, PostingsAndPositionsAreFoundApart) {
  EXPECT_LT(BlockKey(BlockKind::kPositions, "X", 9), BlockKey(BlockKind::kPostings, "B", 0));
  TermBlockBuilder postings(BlockKind::kPostings);
  TermBlockBuilder positions(BlockKind::kPositions);
  size_t until_full = 0;
  while (!postings.full()) {
    ASSERT_EQ(postings.Continues("D介護"), until_full > 0);
    postings.Add("D介護", {0, 1, "\1"}, 1);
    positions.Add("D介護", {0, 1, "\1"}, 1);
    ++until_full;
  }
  EXPECT_FALSE(positions.full()) << "of postings there are fewer in a block";
  EXPECT_EQ(postings.Finish().key, BlockKey(BlockKind::kPostings, "D介護", 1));
  EXPECT_FALSE(postings.Continues("D介護"));
}

TEST(TermBlockTest, ATermCutBetweenBlocksGoesOnWhereItWas) {
  TermBlockBuilder builder(BlockKind::kPositions);
  uint32_t postings = 0;
  const std::string bytes = "\1";
  while (!builder.full()) {
    builder.Add("D介護", {postings, 1, bytes}, postings + 1);
    ++postings;
  }
  builder.Finish();
  builder.Add("D介護", {postings, 1, bytes}, postings + 1);
  EXPECT_EQ(FindRun(builder.Finish().bytes, "D介護")->first, postings);
}

TEST(TermBlockTest, EveryCutOfABlockIsBrokenOrShorter) {
  TermBlockBuilder builder(BlockKind::kPositions);
  const std::string bytes = "\1\300\2";
  builder.Add("D介護", {0, 1, bytes}, 1);
  builder.Add("D看護", {0, 1, bytes}, 1);
  const std::string block = builder.Finish().bytes;
  size_t whole = 0;
  for (size_t size = 0; size < block.size(); ++size) {
    TermBlockReader reader(std::string_view(block).substr(0, size));
    while (reader.Next()) {
    }
    whole += reader.failed() ? 0 : 1;
  }
  EXPECT_EQ(whole, 2U);  // nothing at all, and the first run alone
}

TEST(TermBlockTest, ABrokenBlockIsNotABlockWithoutTheTerm) {
  TermBlockBuilder builder(BlockKind::kPostings);
  builder.Add("D介護", {0, 1, "\1"}, 1);
  builder.Add("D看護", {0, 1, "\1"}, 1);
  const std::string block = builder.Finish().bytes;
  TermBlockReader whole(block);
  EXPECT_FALSE(whole.SkipTo("D保育"));
  EXPECT_FALSE(whole.failed());
  const std::string_view half(block.data(), block.size() - 1);
  TermBlockReader cut(half);
  EXPECT_FALSE(cut.SkipTo("D看護"));
  EXPECT_TRUE(cut.failed());
  TermBlockReader before(half);
  EXPECT_TRUE(before.SkipTo("D介護")) << "what stands before the damage can be read";
}

TEST(TermBlockTest, ATermWithoutBytesIsBroken) {
  std::string block;
  for (const uint64_t number : {0, 0, 0, 1, 0}) {  // nothing shared, no rest, a run of one
    AppendVarint(&block, number);
  }
  TermBlockReader reader(block);
  EXPECT_FALSE(reader.Next());
  EXPECT_TRUE(reader.failed());
}

}  // namespace
}  // namespace kyujin::index

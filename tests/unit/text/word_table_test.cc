#include "engine/text/word_table.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "engine/text/reading_table.h"

namespace kyujin::text {
namespace {

// Bytes at an aligned address, kept with the table.
std::shared_ptr<const std::vector<uint64_t>> Aligned(const std::string& bytes) {
  auto aligned = std::make_shared<std::vector<uint64_t>>(bytes.size() / 8 + 1);
  std::memcpy(aligned->data(), bytes.data(), bytes.size());
  return aligned;
}

Result<std::shared_ptr<const WordTable>> ParseWords(const std::string& bytes) {
  const auto aligned = Aligned(bytes);
  return WordTable::Parse({reinterpret_cast<const char*>(aligned->data()), bytes.size()}, aligned);
}

Result<std::shared_ptr<const ReadingTable>> ParseReadings(const std::string& bytes) {
  const auto aligned = Aligned(bytes);
  return ReadingTable::Parse({reinterpret_cast<const char*>(aligned->data()), bytes.size()},
                             aligned);
}

std::string SmallTable() {
  WordRow nurse{"看護師", "看護師", {{"看護", 0, 6, 0, 1}, {"師", 6, 9, 1, 1}}, WordShape::kWord};
  WordRow spelling{"取扱", "取扱い", {}, WordShape::kWord};
  return WriteWordTable({nurse, spelling}, U"看護護師");
}

TEST(WordTableTest, FindsWhatWasWritten) {
  const auto table = ParseWords(SmallTable());
  ASSERT_TRUE(table.has_value());
  const WordEntry* nurse = (*table)->Find("看護師");
  ASSERT_NE(nurse, nullptr);
  EXPECT_EQ((*table)->Term(*nurse), "看護師");
  ASSERT_EQ((*table)->Parts(*nurse).size(), 2U);
  EXPECT_EQ((*table)->Term((*table)->Parts(*nurse)[0]), "~看護");
  EXPECT_EQ((*table)->Parts(*nurse)[1].offset, 1);
  const WordEntry* spelling = (*table)->Find("取扱");
  ASSERT_NE(spelling, nullptr);
  EXPECT_EQ((*table)->Term(*spelling), "取扱い");
  EXPECT_EQ((*table)->Find("看護"), nullptr);
  EXPECT_EQ((*table)->Find(""), nullptr);
  EXPECT_TRUE((*table)->MayHoldPair(U'看', U'護'));
}

TEST(WordTableTest, BytesDependOnTheRowsAlone) {
  const WordRow a{"あ", "あ", {}, WordShape::kWord};
  const WordRow b{"い", "い", {}, WordShape::kStop};
  EXPECT_EQ(WriteWordTable({a, b}, U""), WriteWordTable({b, a}, U""));
}

TEST(WordTableTest, EveryFlippedByteAndEveryCutIsRefused) {
  const std::string bytes = SmallTable();
  for (size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(ParseWords(bytes.substr(0, i)).has_value()) << i;
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
    const auto table = ParseWords(flipped);
    if (table.has_value()) {
      // Only counts in the header lie outside the checksum, and these must fit.
      ADD_FAILURE() << "byte " << i;
    }
  }
}

TEST(ReadingTableTest, FindsHomophonesAndSpellingsInLetters) {
  const auto table = ParseReadings(
      WriteReadingTable({{"カイゴ", "介護"}, {"カイゴ", "悔悟"}, {"トウキョウ", "東京"}}));
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ((*table)->Words("カイゴ").size(), 2U);
  EXPECT_EQ((*table)->Text((*table)->Words("カイゴ")[0]), "介護");
  EXPECT_TRUE((*table)->Words("カイ").empty());
  const auto readings = (*table)->ReadingsOfKey("tokyo");
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0], "トウキョウ");
}

TEST(ReadingTableTest, EveryCutIsRefused) {
  const std::string bytes = WriteReadingTable({{"カイゴ", "介護"}, {"シ", "市"}});
  for (size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(ParseReadings(bytes.substr(0, i)).has_value()) << i;
  }
}

}  // namespace
}  // namespace kyujin::text

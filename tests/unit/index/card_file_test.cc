#include "engine/index/card_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/base/coding.h"
#include "engine/base/hash.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::index {
namespace {

using test::ReadBytes;
using test::WriteBytes;
using testing::HasSubstr;

constexpr size_t kTrailerBytes = 32;
constexpr size_t kGroupBytes = 40;

std::string Card(size_t number) {
  return number % 7 == 3 ? std::string()
                         : fmt::format("求人{} 月給{}円 東京都渋谷区 {}",
                                       number,
                                       number * 97 % 1'000,
                                       std::string(number % 50, 'x'));
}

class CardFileTest : public testing::TestWithParam<CardShape> {
 protected:
  // Writes a file of one group for each of `sizes`; cards are numbered through.
  void WriteGroups(const std::vector<size_t>& sizes) {
    std::filesystem::remove(path_);
    std::vector<std::unique_ptr<CardGroupWriter>> groups;
    std::vector<const CardGroupWriter*> finished;
    size_t number = 0;
    for (size_t i = 0; i < sizes.size(); ++i) {
      const auto path = folder_ / fmt::format("group{}", i);
      std::filesystem::remove(path);
      groups.push_back(std::make_unique<CardGroupWriter>(path, GetParam()));
      ASSERT_TRUE(groups.back()->Open().has_value());
      for (size_t card = 0; card < sizes[i]; ++card, ++number) {
        ASSERT_TRUE(groups.back()->Add(Card(number)).has_value());
      }
      ASSERT_TRUE(groups.back()->Finish().has_value());
      ASSERT_EQ(groups.back()->cards(), sizes[i]);
      finished.push_back(groups.back().get());
    }
    const auto written = WriteCardFile(path_, GetParam(), finished);
    ASSERT_TRUE(written.has_value()) << written.error().message;
    const std::string bytes = ReadBytes(path_);
    ASSERT_EQ(written->size, bytes.size());
    ASSERT_EQ(written->checksum, Hash64(bytes));
  }

  void ExpectCards(size_t count) {
    const auto file = CardFile::Open(path_, GetParam());
    ASSERT_TRUE(file.has_value()) << file.error().message;
    ASSERT_EQ((*file)->documents(), count);
    for (size_t i = 0; i < count; ++i) {
      const auto card = (*file)->Read(static_cast<DocId>(i));
      ASSERT_TRUE(card.has_value()) << card.error().message;
      ASSERT_EQ(*card, Card(i)) << i;
    }
    EXPECT_EQ((*file)->Read(static_cast<DocId>(count)).error().code, ErrorCode::kCorruption);
    EXPECT_EQ((*file)->Read(UINT32_MAX).error().code, ErrorCode::kCorruption);
  }

  Result<std::unique_ptr<const CardFile>> OpenBytes(std::string_view bytes) {
    const auto path = folder_ / "broken.bin";
    WriteBytes(path, bytes);
    auto opened = CardFile::Open(path, GetParam());
    if (!opened.has_value()) {
      EXPECT_THAT(opened.error().message, HasSubstr(path.string()));
    }
    return opened;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "cards.bin";
};

TEST_P(CardFileTest, CardsComeBackWhateverTheirNumber) {
  for (const size_t count : {0U, 1U, 15U, 16U, 17U, 32U, 33U, 5'000U}) {
    SCOPED_TRACE(count);
    ASSERT_NO_FATAL_FAILURE(WriteGroups({count}));
    ASSERT_NO_FATAL_FAILURE(ExpectCards(count));
  }
}

TEST_P(CardFileTest, GroupsFollowEachOther) {
  const std::vector<std::vector<size_t>> layouts = {
      {16, 16}, {0, 5}, {5, 0}, {0, 0, 0}, {1, 0, 17, 0, 0, 33}, {4'100, 3, 20}};
  for (const std::vector<size_t>& sizes : layouts) {
    size_t total = 0;
    for (const size_t size : sizes) {
      total += size;
    }
    SCOPED_TRACE(testing::PrintToString(sizes));
    ASSERT_NO_FATAL_FAILURE(WriteGroups(sizes));
    ASSERT_NO_FATAL_FAILURE(ExpectCards(total));
  }
}

TEST_P(CardFileTest, ALargeCardFitsABlock) {
  CardGroupWriter group(folder_ / "group", GetParam());
  ASSERT_TRUE(group.Open().has_value());
  const std::string large(size_t{2} << 20, 'x');
  ASSERT_TRUE(group.Add("a").has_value());
  ASSERT_TRUE(group.Add(large).has_value());
  ASSERT_TRUE(group.Finish().has_value());
  ASSERT_TRUE(WriteCardFile(path_, GetParam(), {&group}).has_value());
  EXPECT_TRUE(*(*CardFile::Open(path_, GetParam()))->Read(1) == large);
}

TEST_P(CardFileTest, TruncatedFilesAreRefused) {
  WriteGroups({40, 20});
  const std::string bytes = ReadBytes(path_);
  for (size_t i = 0; i < 50; ++i) {
    ASSERT_FALSE(OpenBytes(std::string_view(bytes).substr(0, bytes.size() * i / 50)).has_value());
  }
  ASSERT_FALSE(OpenBytes(std::string_view(bytes).substr(0, bytes.size() - 1)).has_value());
  ASSERT_FALSE(OpenBytes(bytes + '\0').has_value());
}

TEST_P(CardFileTest, FlippedBitsNeverCrashAndNeverLie) {
  WriteGroups({20, 17});
  const std::string bytes = ReadBytes(path_);
  size_t refused = 0;
  for (size_t at = 0; at < bytes.size(); ++at) {
    std::string broken = bytes;
    broken[at] = static_cast<char>(broken[at] ^ (1 << (at % 8)));
    const auto file = OpenBytes(broken);
    if (at >= bytes.size() - kTrailerBytes - 2 * kGroupBytes) {
      ASSERT_FALSE(file.has_value()) << "byte " << at << " of " << bytes.size();
    }
    if (!file.has_value()) {
      continue;
    }
    for (DocId doc = 0; doc < 37; ++doc) {
      const auto card = (*file)->Read(doc);
      if (card.has_value()) {
        ASSERT_EQ(*card, Card(doc)) << "byte " << at;
      } else {
        ASSERT_EQ(card.error().code, ErrorCode::kCorruption);
        ASSERT_THAT(card.error().message, HasSubstr("broken.bin"));
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 0U);
}

// Numbers of the table that no writer writes, under a checksum that is right.
TEST_P(CardFileTest, TablesThatLieAreRefused) {
  WriteGroups({20, 17});
  const std::string bytes = ReadBytes(path_);
  const size_t table = bytes.size() - kTrailerBytes - 2 * kGroupBytes;
  const auto resealed = [&](std::string broken) {
    const size_t checked = broken.size() - sizeof(uint64_t);
    std::string checksum;
    AppendFixed(&checksum, Hash64(std::string_view(broken).substr(table, checked - table)));
    return broken.replace(checked, sizeof(uint64_t), checksum);
  };
  ASSERT_TRUE(OpenBytes(resealed(bytes)).has_value());
  size_t refused = 0;
  for (size_t at = table; at < table + 2 * kGroupBytes; ++at) {
    for (const unsigned value : {0U, 0x7FU, 0x80U, 0xFFU}) {
      std::string broken = bytes;
      broken[at] = static_cast<char>(value);
      const auto file = OpenBytes(resealed(broken));
      refused += file.has_value() ? 0 : 1;
      for (DocId doc = 0; file.has_value() && doc < 40; ++doc) {
        const auto card = (*file)->Read(doc);
        ASSERT_TRUE(card.has_value() || card.error().code == ErrorCode::kCorruption);
      }
    }
  }
  EXPECT_GT(refused, 200U);
  for (const size_t cut : {1U, 2U, 39U}) {
    std::string broken = bytes;
    broken.erase(table, cut);
    EXPECT_FALSE(OpenBytes(resealed(broken)).has_value()) << cut;
  }
}

TEST_P(CardFileTest, AnotherVersionSaysWhatToDo) {
  WriteGroups({1});
  std::string bytes = ReadBytes(path_);
  bytes[bytes.size() - kTrailerBytes + 8] = 99;
  const auto file = OpenBytes(bytes);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(file.error().message, HasSubstr("format version 99"));
}

TEST_P(CardFileTest, MissingFilesAreNotFound) {
  EXPECT_EQ(CardFile::Open(path_, GetParam()).error().code, ErrorCode::kNotFound);
}

INSTANTIATE_TEST_SUITE_P(Shapes,
                         CardFileTest,
                         testing::Values(kCardShape, kHitShape),
                         [](const auto& shape) { return std::string(shape.param.magic); });

}  // namespace
}  // namespace kyujin::index

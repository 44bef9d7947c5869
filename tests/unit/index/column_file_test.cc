#include "engine/index/column_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/base/coding.h"
#include "engine/base/hash.h"
#include "engine/index/segment_columns.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::index {
namespace {

using test::ReadBytes;
using test::WriteBytes;
using testing::HasSubstr;

constexpr size_t kTrailerBytes = 40;
constexpr size_t kTableEntryBytes = 64;

class ColumnFileTest : public testing::Test {
 protected:
  // Writes sections "s0", "s1" … of random sizes and returns what they hold.
  std::vector<std::string> WriteSections(size_t count) {
    std::mt19937_64 random(test::RandomSeed());
    std::vector<std::string> sections;
    const auto writer = *ColumnFileWriter::Create(path_);
    for (size_t i = 0; i < count; ++i) {
      sections.emplace_back(i == 0 ? 0 : random() % 300, static_cast<char>('a' + i));
      EXPECT_TRUE(writer->AddSection(fmt::format("s{}", i), sections.back()).has_value());
    }
    EXPECT_TRUE(writer->Finish(7).has_value());
    const std::string bytes = ReadBytes(path_);
    EXPECT_EQ(writer->size(), bytes.size());
    EXPECT_EQ(writer->checksum(), Hash64(bytes));
    return sections;
  }

  // Opens what `bytes` are as a file; the error always names the file.
  Result<std::unique_ptr<const ColumnFile>> OpenBytes(std::string_view bytes) {
    const auto path = folder_ / "broken.bin";
    WriteBytes(path, bytes);
    auto opened = ColumnFile::Open(path);
    if (!opened.has_value()) {
      EXPECT_THAT(opened.error().message, HasSubstr(path.string()));
    }
    return opened;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "columns.bin";
};

TEST_F(ColumnFileTest, SectionsComeBackAligned) {
  const std::vector<std::string> sections = WriteSections(20);
  const auto file = *ColumnFile::Open(path_);
  EXPECT_EQ(file->documents(), 7U);
  EXPECT_TRUE(file->Verify().has_value());
  for (size_t i = 0; i < sections.size(); ++i) {
    const auto section = *file->Section(fmt::format("s{}", i));
    EXPECT_EQ(section, sections[i]);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(section.data()) % 64, 0U);
  }
}

TEST_F(ColumnFileTest, MissingSectionsAndWrongSizesAreNamed) {
  const auto writer = *ColumnFileWriter::Create(path_);
  const std::vector<uint32_t> values = {1, 2, 3};
  ASSERT_TRUE(writer->AddValues<uint32_t>("three", values).has_value());
  ASSERT_TRUE(writer->Finish(3).has_value());
  const auto file = *ColumnFile::Open(path_);
  const auto read = *file->Values<uint32_t>("three", 3);
  EXPECT_EQ(std::vector<uint32_t>(read.begin(), read.end()), values);
  const auto missing = file->Section("four");
  ASSERT_FALSE(missing.has_value());
  EXPECT_THAT(missing.error().message, HasSubstr("section four is missing"));
  const auto wrong = file->Values<uint32_t>("three", 4);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, ErrorCode::kCorruption);
  EXPECT_THAT(wrong.error().message, HasSubstr("section three has 12 bytes instead of 16"));
}

TEST_F(ColumnFileTest, VerifyFindsEveryFlippedByteOfEverySection) {
  const std::vector<std::string> sections = WriteSections(12);
  const std::string bytes = ReadBytes(path_);
  for (size_t i = 1; i < sections.size(); ++i) {
    if (sections[i].empty()) {
      continue;
    }
    const size_t start = bytes.find(sections[i]);
    for (size_t at = start; at < start + sections[i].size(); ++at) {
      std::string broken = bytes;
      broken[at] = static_cast<char>(broken[at] ^ 0x10);
      const auto file = OpenBytes(broken);
      ASSERT_TRUE(file.has_value());
      const Status verified = (*file)->Verify();
      ASSERT_FALSE(verified.has_value());
      ASSERT_EQ(verified.error().code, ErrorCode::kCorruption);
      ASSERT_THAT(verified.error().message, HasSubstr(fmt::format("section s{} is wrong", i)));
    }
  }
}

TEST_F(ColumnFileTest, FlippedBitsInTheTableAreRefused) {
  constexpr size_t kSections = 5;
  WriteSections(kSections);
  const std::string bytes = ReadBytes(path_);
  const size_t table = bytes.size() - kTrailerBytes - kSections * kTableEntryBytes;
  for (size_t bit = table * 8; bit < bytes.size() * 8; ++bit) {
    std::string broken = bytes;
    broken[bit / 8] = static_cast<char>(broken[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_FALSE(OpenBytes(broken).has_value()) << "byte " << bit / 8 << " of " << bytes.size();
  }
}

TEST_F(ColumnFileTest, TruncatedFilesAreRefused) {
  WriteSections(8);
  const std::string bytes = ReadBytes(path_);
  for (size_t i = 0; i < 50; ++i) {
    ASSERT_FALSE(OpenBytes(std::string_view(bytes).substr(0, bytes.size() * i / 50)).has_value());
  }
  ASSERT_FALSE(OpenBytes(std::string_view(bytes).substr(0, bytes.size() - 1)).has_value());
  ASSERT_FALSE(OpenBytes(bytes + '\0').has_value());
  ASSERT_FALSE(OpenBytes("\n" + bytes).has_value());
}

TEST_F(ColumnFileTest, AnotherVersionSaysWhatToDo) {
  WriteSections(1);
  std::string bytes = ReadBytes(path_);
  bytes[bytes.size() - kTrailerBytes + 8] = 99;
  const auto file = OpenBytes(bytes);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(file.error().message, HasSubstr("format version 99"));
  EXPECT_THAT(file.error().message, HasSubstr("kyujin-index build"));
}

TEST_F(ColumnFileTest, MissingFilesAreNotFound) {
  EXPECT_EQ(ColumnFile::Open(path_).error().code, ErrorCode::kNotFound);
}

// A real columns.bin with one section exchanged, its checksums right: what a faulty writer could
// leave.
class SegmentColumnsTest : public ColumnFileTest {
 protected:
  static constexpr uint32_t kDocuments = 40;

  SegmentColumnsTest() {
    std::mt19937_64 random(5);
    EXPECT_TRUE(test::WriteSegment(folder_ / "seg", test::RandomPostings(&random, kDocuments), 2)
                    .has_value());
    original_ = *ColumnFile::Open(folder_ / "seg" / "columns.bin");
    bytes_ = ReadBytes(folder_ / "seg" / "columns.bin");
    const size_t rows = (bytes_.size() - kTrailerBytes - TableOffset()) / kTableEntryBytes;
    for (size_t i = 0; i < rows; ++i) {
      names_.emplace_back(bytes_.c_str() + TableOffset() + i * kTableEntryBytes);
    }
  }

  [[nodiscard]] size_t TableOffset() const {
    return *ByteReader(std::string_view(bytes_).substr(bytes_.size() - 16)).Fixed<uint64_t>();
  }

  Result<std::unique_ptr<const SegmentColumns>> OpenWith(std::string_view exchanged,
                                                         std::string_view content) {
    const auto path = folder_ / "exchanged.bin";
    std::filesystem::remove(path);
    const auto writer = *ColumnFileWriter::Create(path);
    for (const std::string& name : names_) {
      const std::string_view section = name == exchanged ? content : *original_->Section(name);
      EXPECT_TRUE(writer->AddSection(name, section).has_value());
    }
    EXPECT_TRUE(writer->Finish(kDocuments).has_value());
    return SegmentColumns::Open(path);
  }

  std::unique_ptr<const ColumnFile> original_;
  std::string bytes_;
  std::vector<std::string> names_;
};

TEST_F(SegmentColumnsTest, OpensWhatWasWritten) {
  EXPECT_GT(names_.size(), 80U);
  EXPECT_TRUE(OpenWith("", "").has_value());
}

TEST_F(SegmentColumnsTest, EverySectionMustHaveItsSize) {
  for (const std::string& name : names_) {
    const std::string content = std::string(*original_->Section(name)) + "x";
    const auto opened = OpenWith(name, content);
    ASSERT_FALSE(opened.has_value()) << name;
    EXPECT_EQ(opened.error().code, ErrorCode::kCorruption);
    EXPECT_THAT(opened.error().message, HasSubstr("exchanged.bin"));
    EXPECT_THAT(opened.error().message, HasSubstr(name));
  }
}

TEST_F(SegmentColumnsTest, EndsOfListsAndNamesMustAscend) {
  for (const std::string& name : names_) {
    if (!name.ends_with(".ends")) {
      continue;
    }
    std::string content(*original_->Section(name));
    ASSERT_GE(content.size(), 8U) << name;
    // The last end still fits the values, the one before it lies behind them.
    const std::string huge("\xFF\xFF\xFF\x7F", 4);
    content.replace(content.size() - 8, 4, huge);
    const auto opened = OpenWith(name, content);
    ASSERT_FALSE(opened.has_value()) << name;
    EXPECT_EQ(opened.error().code, ErrorCode::kCorruption);
    EXPECT_THAT(opened.error().message, HasSubstr(name));
  }
}

TEST_F(SegmentColumnsTest, FindsNumbersAndNames) {
  std::mt19937_64 random(5);
  const auto postings = test::RandomPostings(&random, kDocuments);
  const auto columns = *OpenWith("", "");
  for (DocId doc = 0; doc < kDocuments; ++doc) {
    EXPECT_EQ(columns->Find(postings[doc].number.value()), doc);
    EXPECT_EQ(columns->employer_names()[columns->employers()[doc]], postings[doc].employer_key);
    EXPECT_EQ(columns->employer_numbers()[doc], postings[doc].employer_number);
    ASSERT_EQ(columns->licences()[doc].size(), postings[doc].licences.size());
    for (size_t i = 0; i < postings[doc].licences.size(); ++i) {
      EXPECT_EQ(columns->licence_names()[columns->licences()[doc][i]], postings[doc].licences[i]);
    }
    ASSERT_EQ(columns->stations()[doc].size(), postings[doc].stations.size());
    for (size_t i = 0; i < postings[doc].stations.size(); ++i) {
      const uint32_t value = columns->stations()[doc][i];
      EXPECT_EQ(columns->station_names()[value >> 8], postings[doc].stations[i].key);
      EXPECT_EQ(value & 0xFF, postings[doc].stations[i].walk_minutes.value_or(0xFF));
    }
    ASSERT_EQ(columns->shifts()[doc].size(), postings[doc].shifts.size());
    for (size_t i = 0; i < postings[doc].shifts.size(); ++i) {
      EXPECT_EQ(columns->shifts()[doc][i] >> 16, postings[doc].shifts[i].start);
      EXPECT_EQ(columns->shifts()[doc][i] & 0xFFFF, postings[doc].shifts[i].end);
    }
  }
  EXPECT_EQ(columns->Find(0), std::nullopt);
  EXPECT_EQ(columns->Find(UINT64_MAX), std::nullopt);
  EXPECT_EQ(columns->employer_names().Find("no such employer"), std::nullopt);
  for (uint32_t id = 0; id < columns->employer_names().size(); ++id) {
    EXPECT_EQ(columns->employer_names().Find(columns->employer_names()[id]), id);
  }
}

}  // namespace
}  // namespace kyujin::index

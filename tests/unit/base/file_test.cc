#include "engine/base/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <random>

#include "tests/testing/random_seed.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin {
namespace {

namespace fs = std::filesystem;
using test::ReadBytes;
using test::WriteBytes;
using testing::AllOf;
using testing::HasSubstr;

class FileTest : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

// Makes the system refuse to let any file grow past `bytes`, as a full disk would.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    KYUJIN_CHECK(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    KYUJIN_CHECK(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  FileSizeLimit(FileSizeLimit&&) = delete;
  FileSizeLimit& operator=(FileSizeLimit&&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_F(FileTest, WriterHashesWhatItWrites) {
  std::mt19937_64 random(test::RandomSeed());
  const auto writer = *FileWriter::Create(folder_ / "f");
  std::string expected;
  for (int i = 0; i < 40; ++i) {
    // Some pieces are larger than the writer's buffer.
    const size_t size = i % 10 == 0 ? (size_t{1} << 20) + random() % 1'000 : random() % 9'000;
    const std::string piece(size, static_cast<char>('a' + i % 26));
    ASSERT_TRUE(writer->Append(piece).has_value());
    expected += piece;
    ASSERT_EQ(writer->size(), expected.size());
  }
  ASSERT_TRUE(writer->AlignTo(64).has_value());
  expected.resize((expected.size() + 63) / 64 * 64);
  ASSERT_TRUE(writer->AlignTo(64).has_value());
  ASSERT_TRUE(writer->Finish().has_value());
  EXPECT_EQ(writer->checksum(), Hash64(expected));
  EXPECT_TRUE(ReadBytes(folder_ / "f") == expected);
  EXPECT_EQ(*ChecksumFile(folder_ / "f"), Hash64(expected));
  EXPECT_TRUE(*ReadFile(folder_ / "f") == expected);
  EXPECT_TRUE((*MappedFile::Open(folder_ / "f"))->bytes() == expected);
}

TEST_F(FileTest, WriterNeverOverwrites) {
  WriteBytes(folder_ / "f", "old");
  const auto writer = FileWriter::Create(folder_ / "f");
  ASSERT_FALSE(writer.has_value());
  EXPECT_THAT(writer.error().message, HasSubstr((folder_ / "f").string()));
  EXPECT_EQ(ReadBytes(folder_ / "f"), "old");
}

TEST_F(FileTest, AFullDiskIsAnErrorThatNamesTheFile) {
  const auto writer = *FileWriter::Create(folder_ / "f");
  ASSERT_TRUE(writer->Append(std::string(100'000, 'x')).has_value());
  const FileSizeLimit limit(50'000);
  const Status finished = writer->Finish();
  ASSERT_FALSE(finished.has_value());
  EXPECT_EQ(finished.error().code, ErrorCode::kInternal);
  EXPECT_THAT(finished.error().message, HasSubstr("cannot write " + (folder_ / "f").string()));
}

TEST_F(FileTest, MapsAnEmptyFile) {
  WriteBytes(folder_ / "empty", "");
  const auto mapped = MappedFile::Open(folder_ / "empty");
  ASSERT_TRUE(mapped.has_value());
  EXPECT_TRUE((*mapped)->bytes().empty());
}

TEST_F(FileTest, MissingFilesAreNamed) {
  const fs::path path = folder_ / "missing";
  const auto mapped = MappedFile::Open(path);
  const auto read = ReadFile(path);
  const auto checksum = ChecksumFile(path);
  for (const Error& error : {mapped.error(), read.error(), checksum.error()}) {
    EXPECT_EQ(error.code, ErrorCode::kNotFound);
    EXPECT_THAT(error.message, AllOf(HasSubstr(path.string()), HasSubstr("No such file")));
  }
}

TEST_F(FileTest, FoldersAreNoFiles) {
  EXPECT_FALSE(MappedFile::Open(folder_.path()).has_value());
  EXPECT_FALSE(ReadFile(folder_.path()).has_value());
  EXPECT_FALSE(ChecksumFile(folder_.path()).has_value());
}

TEST_F(FileTest, ReadsNoMoreThanAllowed) {
  WriteBytes(folder_ / "f", std::string(1'000, 'x'));
  EXPECT_EQ(ReadFile(folder_ / "f", 1'000)->size(), 1'000U);
  const auto read = ReadFile(folder_ / "f", 999);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::kResourceExhausted);
}

TEST_F(FileTest, ReplacesAFile) {
  const fs::path path = folder_ / "f";
  EXPECT_TRUE(ReplaceFile(path, "first").has_value());
  EXPECT_EQ(ReadBytes(path), "first");
  EXPECT_TRUE(ReplaceFile(path, "").has_value());
  EXPECT_EQ(ReadBytes(path), "");
  EXPECT_FALSE(fs::exists(folder_ / "f.tmp"));
}

TEST_F(FileTest, ReplacingSurvivesALeftoverOfADeadWriter) {
  WriteBytes(folder_ / "f.tmp", "half");
  EXPECT_TRUE(ReplaceFile(folder_ / "f", "whole").has_value());
  EXPECT_EQ(ReadBytes(folder_ / "f"), "whole");
  EXPECT_FALSE(fs::exists(folder_ / "f.tmp"));
}

TEST_F(FileTest, WhatCannotBeReplacedStays) {
  const fs::path path = folder_ / "f";
  WriteBytes(path, "old");
  {
    const FileSizeLimit limit(10);
    const Status replaced = ReplaceFile(path, std::string(1'000, 'x'));
    ASSERT_FALSE(replaced.has_value());
    EXPECT_THAT(replaced.error().message, HasSubstr(path.string()));
  }
  EXPECT_EQ(ReadBytes(path), "old");
  // A folder in the way of the temporary file.
  fs::remove(folder_ / "f.tmp");
  fs::create_directory(folder_ / "f.tmp");
  ASSERT_FALSE(ReplaceFile(path, "new").has_value());
  EXPECT_EQ(ReadBytes(path), "old");
}

TEST_F(FileTest, AFailedReplaceLeavesNothingBehind) {
  const FileSizeLimit limit(10);
  ASSERT_FALSE(ReplaceFile(folder_ / "f", std::string(1'000, 'x')).has_value());
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(FileTest, ReplacingInAMissingFolderNamesIt) {
  const Status replaced = ReplaceFile(folder_ / "none" / "f", "x");
  ASSERT_FALSE(replaced.has_value());
  EXPECT_THAT(replaced.error().message, HasSubstr((folder_ / "none").string()));
}

TEST_F(FileTest, AFolderCannotBeReplaced) {
  fs::create_directory(folder_ / "d");
  ASSERT_FALSE(ReplaceFile(folder_ / "d", "x").has_value());
  EXPECT_TRUE(fs::is_directory(folder_ / "d"));
}

TEST_F(FileTest, SyncsFilesAndFolders) {
  WriteBytes(folder_ / "f", "x");
  EXPECT_TRUE(SyncFile(folder_ / "f").has_value());
  EXPECT_TRUE(SyncFolder(folder_.path()).has_value());
  EXPECT_FALSE(SyncFile(folder_ / "missing").has_value());
  EXPECT_FALSE(SyncFolder(folder_ / "f").has_value());
}

}  // namespace
}  // namespace kyujin

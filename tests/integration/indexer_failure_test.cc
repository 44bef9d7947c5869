// kyujin-index when the machine or another process fails it: each time exit status 1, a message
// that says what and where, and the old index as it was.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/base/hash.h"
#include "tests/integration/indexer_fixture.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr int kKilled = 128 + SIGKILL;

TEST_F(IndexerTest, SurvivesFilesThatCannotGrow) {
  // What a full disk does to write(), without a disk: works for everyone everywhere.
  const fs::path feed = WriteLargeFeed(2'000);
  for (const uint64_t bytes : {4'096ULL, 100'000ULL, 600'000ULL}) {
    SCOPED_TRACE(bytes);
    const Outcome outcome = RunProgram(BuildCommand(feed, index_), {.max_file_bytes = bytes});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.output, HasSubstr(index_.string()));
    EXPECT_THAT(outcome.output, HasSubstr("File too large"));
    ExpectOldIndex();
  }
}

// A small file system of its own, gone with the object.
class SmallDisk {
 public:
  SmallDisk(fs::path path, const std::string& size) : path_(std::move(path)) {
    fs::create_directories(path_);
    is_mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (is_mounted_) {
      ::umount2(path_.c_str(), MNT_DETACH);
    }
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  SmallDisk(SmallDisk&&) = delete;
  SmallDisk& operator=(SmallDisk&&) = delete;

  [[nodiscard]] bool is_mounted() const { return is_mounted_; }

 private:
  fs::path path_;
  bool is_mounted_ = false;
};

TEST_F(IndexerTest, SurvivesAFullDisk) {
  const SmallDisk disk(folder_.path() / "disk", "3m");
  if (!disk.is_mounted()) {
    GTEST_SKIP() << "this user may not mount; SurvivesFilesThatCannotGrow stands in";
  }
  const fs::path index = folder_.path() / "disk" / "index";
  const Outcome first = Build(folder_.path() / "old.xml", index);
  ASSERT_EQ(first.status, 0) << first.output;
  const auto before = IndexFiles(index);
  const Outcome outcome = Build(WriteLargeFeed(4'000), index);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr(index.string()));
  // Seen before anything is written; the fault tests let the disk fill up later.
  EXPECT_THAT(outcome.output, HasSubstr("MiB free, but reading the feed needs about"));
  EXPECT_TRUE(IndexFiles(index) == before);
  EXPECT_EQ(CountServed(index), kOldPostings);
  // What the failed run left is no obstacle to the next.
  EXPECT_EQ(Build(folder_.path() / "old.xml", index).status, 0);
}

TEST_F(IndexerTest, RefusesASecondWriter) {
  ChildProcess first(BuildCommand(WriteLargeFeed(1'500), index_));
  ASSERT_TRUE(first.WaitForOutput("reading: done")) << first.output();
  first.Signal(SIGSTOP);
  const Outcome second = Build(folder_.path() / "old.xml", index_);
  EXPECT_EQ(second.status, 1);
  EXPECT_THAT(
      second.output,
      HasSubstr(fmt::format("{} is being written by process {}", index_.string(), first.pid())));
  first.Signal(SIGCONT);
  EXPECT_EQ(first.Wait(), 0) << first.output();
}

TEST_F(IndexerTest, LeavesTheOldIndexWhenKilled) {
  {
    ChildProcess build(BuildCommand(WriteLargeFeed(1'500), index_));
    ASSERT_TRUE(build.WaitForOutput("reading: done")) << build.output();
    build.Signal(SIGKILL);
    EXPECT_EQ(build.Wait(), kKilled) << build.output();
  }
  EXPECT_EQ(CountServed(index_), kOldPostings);
  for (const auto& [name, bytes] : before_) {
    EXPECT_EQ(ReadBytes(index_ / name) == bytes, true) << name;
  }
  // The next writer is not stopped by the lock of the dead one and clears up what it left.
  EXPECT_EQ(Build(WriteInput(folder_ / "new.xml", SamplePage(5)), index_).status, 0);
  EXPECT_EQ(CountServed(index_), 5);
  EXPECT_EQ(Build(folder_.path() / "new.xml", index_).status, 0);
  EXPECT_FALSE(fs::exists(index_ / "seg-00000001"));
}

TEST_F(IndexerTest, EndsCleanlyWhenInterrupted) {
  const fs::path feed = WriteLargeFeed(1'500);
  for (const int signal : {SIGINT, SIGTERM}) {
    ChildProcess build(BuildCommand(feed, index_));
    ASSERT_TRUE(build.WaitForOutput("reading: done")) << build.output();
    build.Signal(signal);
    EXPECT_EQ(build.Wait(), 1) << build.output();
    EXPECT_THAT(build.output(), HasSubstr("interrupted"));
    ExpectOldIndex();
  }
}

// Rewrites the live manifest as a program of another format version would have left it.
void PretendOtherVersion(const fs::path& index) {
  const fs::path path = index / "manifest-00000001.json";
  std::string text = ReadBytes(path);
  const size_t checksum = text.rfind(",\"checksum\"");
  std::string content = text.substr(0, checksum) + "}";
  const size_t version = content.find("\"format_version\":");
  const size_t digits = content.find_first_of("0123456789", version);
  content.replace(digits, content.find_first_not_of("0123456789", digits) - digits, "999");
  const std::string sum = ToHex(Hash64(content));
  content.pop_back();
  std::ofstream(path, std::ios::binary) << content << ",\"checksum\":\"" << sum << "\"}\n";
}

TEST_F(IndexerTest, ReplacesAnIndexOfAnotherVersionThatServersRefuse) {
  PretendOtherVersion(index_);
  const Outcome server =
      RunProgram({ServerProgram().string(), "--index", index_.string(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(server.status, 1);
  EXPECT_THAT(server.output, HasSubstr(index_.string()));
  EXPECT_THAT(server.output, HasSubstr("format version 999"));
  EXPECT_THAT(server.output, HasSubstr("kyujin-index build"));
  const Outcome rebuilt = Build(folder_.path() / "old.xml", index_);
  EXPECT_EQ(rebuilt.status, 0) << rebuilt.output;
  EXPECT_EQ(CountServed(index_), kOldPostings);
}

TEST_F(IndexerTest, RefusesABrokenManifest) {
  const fs::path manifest = index_ / "manifest-00000001.json";
  fs::resize_file(manifest, fs::file_size(manifest) / 2);
  const auto broken = IndexFiles(index_);
  const Outcome outcome = Build(folder_.path() / "old.xml", index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr(manifest.string()));
  EXPECT_TRUE(IndexFiles(index_) == broken);
}

}  // namespace
}  // namespace kyujin::test

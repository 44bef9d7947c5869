// Writers and readers in processes of their own: killed at random, in each other's way, on a disk
// that is really full.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>
#include <vector>

#include "engine/index/snapshot.h"
#include "engine/index/text_reader.h"
#include "tests/faults/fault_world.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/random_source.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;

// Runs `work` in a child of this process.
template <class Work>
pid_t Start(Work&& work) {
  const pid_t child = ::fork();
  KYUJIN_CHECK(child >= 0);
  if (child == 0) {
    ::_exit(work() ? 0 : 1);
  }
  return child;
}

// The exit status, or 128 + n after signal n.
int WaitFor(pid_t child) {
  int status = 0;
  KYUJIN_CHECK(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

class ProcessesTest : public testing::Test {
 protected:
  ProcessesTest() { world_.BuildIndex(index_); }

  [[nodiscard]] IndexState Read() const {
    const auto state = ReadVerified(index_, world_.model()->version());
    EXPECT_TRUE(state.has_value()) << state.error().message;
    return state.has_value() ? *state : IndexState();
  }

  FaultWorld world_;
  TemporaryFolder folder_;
  const fs::path index_ = folder_ / "index";
  const IndexActions actions_{index_, world_.model()};
  RandomSource random_{RandomSeed()};
};

// Change n gives one posting the title n and is generation 3 + n, so the state says which came.
TEST_F(ProcessesTest, AWriterKilledAtARandomTimeLosesNothingThatItPublished) {
  const char* wanted = std::getenv("KYUJIN_FAULTS");  // NOLINT(concurrency-mt-unsafe)
  const int kills = wanted != nullptr ? 200 : 15;
  IndexState known = Read();
  for (int i = 0; i < kills; ++i) {
    const pid_t writer = Start([&] {
      for (uint64_t n = known.generation;; ++n) {
        if (!actions_.Apply(FaultWorld::Upserts(7, 1, "第" + std::to_string(n) + "号"))
                 .has_value() ||
            (n % 5 == 0 && !actions_.MergeByPolicy().has_value())) {
          return false;
        }
      }
    });
    std::this_thread::sleep_for(std::chrono::microseconds(random_.Below(300'000)));
    ::kill(writer, SIGKILL);
    EXPECT_EQ(WaitFor(writer), 128 + SIGKILL) << "it ended by itself";
    const IndexState state = Read();
    EXPECT_GE(state.generation, known.generation);
    EXPECT_EQ(state.contents.size(), known.contents.size());
    known = state;
  }
  std::cout << "kills " << kills << ", generations " << known.generation << std::endl;
  EXPECT_TRUE(actions_.MergeAll().has_value());
  EXPECT_EQ(Rubbish(index_), std::set<std::string>());
}

TEST_F(ProcessesTest, TwoWritersAtOnceLoseNothing) {
  constexpr unsigned kWriters = 3;
  constexpr unsigned kChanges = 4;
  const size_t before = Read().contents.size();
  std::vector<pid_t> writers;
  for (unsigned w = 0; w < kWriters; ++w) {
    writers.push_back(Start([&, w] {
      for (unsigned i = 0; i < kChanges;) {
        const auto done =
            actions_.Apply(FaultWorld::Upserts(1'000 + w * kChanges + i, 1, "調理補助"));
        if (done.has_value()) {
          ++i;
        } else if (done.error().code != ErrorCode::kUnavailable) {
          return false;
        }
      }
      return true;
    }));
  }
  for (const pid_t writer : writers) {
    EXPECT_EQ(WaitFor(writer), 0);
  }
  EXPECT_EQ(Read().contents.size(), before + size_t{kWriters} * kChanges);
}

TEST_F(ProcessesTest, AReaderKeepsItsGenerationThroughTenPublishes) {
  const auto reader = *index::Snapshot::Open(index_, world_.model()->version());
  const uint64_t documents = reader->documents();
  for (unsigned i = 0; i < 10; ++i) {
    ASSERT_TRUE(actions_.Apply(FaultWorld::Upserts(i + 2, 30, "第" + std::to_string(i))));
    ASSERT_TRUE(i % 3 != 0 || actions_.MergeAll().has_value());
  }
  uint64_t read = 0;
  for (uint32_t place = 0; place < reader->segments().size(); ++place) {
    const auto& dead = reader->tombstones(place);
    for (DocId doc = 0; doc < reader->segments()[place]->documents(); ++doc) {
      ASSERT_TRUE(reader->ReadPosting({place, doc}).has_value());
      read += dead == nullptr || !dead->IsDead(doc) ? 1 : 0;
    }
  }
  EXPECT_EQ(read, documents);
}

// Opens and reads generation after generation until `stop` appears.
bool ReadUntil(const fs::path& index, const std::string& version, const fs::path& stop) {
  uint64_t generation = 0;
  uint64_t opened = 0;
  while (!fs::exists(stop) || opened == 0) {
    const auto snapshot = index::Snapshot::Open(index, version);
    if (!snapshot.has_value() || (*snapshot)->generation() < generation) {
      std::cerr << (snapshot.has_value() ? "went back" : snapshot.error().message) << std::endl;
      return false;
    }
    generation = (*snapshot)->generation();
    ++opened;
    for (uint32_t place = 0; place < (*snapshot)->segments().size(); ++place) {
      const uint32_t documents = (*snapshot)->segments()[place]->documents();
      const auto text = index::TextReader::Open((*snapshot)->segments()[place]->text_path());
      for (DocId doc = 0; doc < documents; doc += 7) {
        if (!text.has_value() || !(*snapshot)->ReadPosting({place, doc}).has_value()) {
          return false;
        }
      }
    }
  }
  return true;
}

TEST_F(ProcessesTest, ReadersInOtherProcessesSurviveFiftyPublishes) {
  const fs::path stop = folder_ / "stop";
  std::vector<pid_t> readers;
  for (int i = 0; i < 2; ++i) {
    readers.push_back(
        Start([&] { return ReadUntil(index_, std::string(world_.model()->version()), stop); }));
  }
  for (unsigned i = 0; i < 50; ++i) {
    const bool is_merge = i % 10 == 9;
    ASSERT_TRUE(is_merge ? actions_.MergeAll().has_value()
                         : actions_
                               .Apply(FaultWorld::Upserts(1 + i % 30, 3, std::to_string(i)) +
                                      DeleteLine(1'301'000'000'001 + (i * 7) % 40))
                               .has_value());
  }
  WriteBytes(stop, "");
  for (const pid_t reader : readers) {
    EXPECT_EQ(WaitFor(reader), 0);
  }
}

TEST_F(ProcessesTest, AFileThatMayNotGrowIsToldAndHarmless) {
  const IndexState before = Read();
  for (const rlim_t limit : {1U << 10U, 4U << 10U, 12U << 10U}) {
    const pid_t writer = Start([&] {
      const rlimit bounds{limit, limit};
      ::signal(SIGXFSZ, SIG_IGN);
      ::setrlimit(RLIMIT_FSIZE, &bounds);
      return actions_.Apply(FaultWorld::Upserts(2'000, 60, "調理補助")).has_value();
    });
    EXPECT_EQ(WaitFor(writer), 1) << limit;
    EXPECT_EQ(Read(), before);
  }
}

// A file system of `kilobytes` with a copy of the index, where a change is tried. 0: the index is
// as it was or as it should be; 77: this machine gives no file system to a user.
int TryOnFullDisk(const FaultWorld& world,
                  const fs::path& index,
                  const fs::path& disk,
                  int kilobytes) {
  const std::string size = "size=" + std::to_string(kilobytes) + "k";
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
      ::mount("none", disk.c_str(), "tmpfs", 0, size.c_str()) != 0) {
    return 77;
  }
  std::error_code error;
  fs::copy(index, disk / "index", fs::copy_options::recursive, error);
  if (error) {
    return 0;  // not even the copy fits: nothing to try
  }
  const std::string version(world.model()->version());
  const auto before = ReadVerified(disk / "index", version);
  const bool is_done = IndexActions(disk / "index", world.model())
                           .Apply(FaultWorld::Upserts(2'000, 300, "調理補助"))
                           .has_value();
  const auto after = ReadVerified(disk / "index", version);
  if (!before.has_value() || !after.has_value()) {
    return 2;
  }
  return is_done ? (after->contents.size() == before->contents.size() + 300 ? 0 : 3)
                 : (*after == *before ? 0 : 4);
}

TEST_F(ProcessesTest, AReallyFullDiskIsToldAndHarmless) {
  const fs::path disk = folder_ / "disk";
  fs::create_directory(disk);
  uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(index_)) {
    bytes += entry.is_regular_file() ? entry.file_size() : 8'192;
  }
  const int kilobytes = static_cast<int>(bytes / 1'024);
  for (const int room : {20, 60, 150, 400, 1'000, 2'000, 20'000}) {
    const pid_t writer = ::fork();
    KYUJIN_CHECK(writer >= 0);
    if (writer == 0) {
      ::_exit(TryOnFullDisk(world_, index_, disk, kilobytes + room));
    }
    const int status = WaitFor(writer);
    if (status == 77) {
      GTEST_SKIP() << "no file system for a user on this machine";
    }
    EXPECT_EQ(status, 0) << room;
  }
}

}  // namespace
}  // namespace kyujin::test

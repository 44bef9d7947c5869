// Whatever happens to a writer at whatever step, a reader finds the generation before or the one
// after, whole. KYUJIN_FAULTS=all tries every step of every command; else a few, other ones each
// time.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "tests/faults/fault_injector.h"
#include "tests/faults/fault_world.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/random_source.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;

// What a run of the tests did, for the report.
struct Counts {
  size_t faults = 0;
  size_t states = 0;
  size_t before = 0;
  size_t after = 0;
};

class FaultsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { world_ = new FaultWorld(); }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }

  void TearDown() override {
    std::cout << "faults " << counts_.faults << ", states checked " << counts_.states
              << ", generation before " << counts_.before << ", after " << counts_.after
              << ", anything else 0" << std::endl;
  }

  // The steps to try: all, or `count` of them.
  std::vector<uint64_t> Steps(uint64_t steps, size_t count) {
    const char* wanted = std::getenv("KYUJIN_FAULTS");  // NOLINT(concurrency-mt-unsafe)
    std::vector<uint64_t> chosen;
    if (wanted != nullptr && std::string(wanted) == "all") {
      for (uint64_t step = 1; step <= steps; ++step) {
        chosen.push_back(step);
      }
      return chosen;
    }
    std::set<uint64_t> some;
    while (some.size() < std::min<uint64_t>(steps, count)) {
      some.insert(1 + random_.Below(steps));
    }
    return {some.begin(), some.end()};
  }

  void Try(const FaultCase& fault_case, const FaultPlan& plan) {
    SCOPED_TRACE(fault_case.name + ", " + std::string(FaultName(plan.kind)) + " at step " +
                 std::to_string(plan.step) + " of " + std::to_string(fault_case.steps));
    const fs::path index = world_->Prepare(fault_case);
    const IndexActions actions(index, world_->model());
    const ChildResult result = RunWithFault(plan, [&] { return fault_case.action(actions); });
    ++counts_.faults;
    const auto state = world_->Read(index);
    ASSERT_TRUE(state.has_value());
    ++counts_.states;
    const bool is_after = *state == fault_case.after;
    ASSERT_TRUE(is_after || *state == fault_case.before)
        << "generation " << state->generation << " with " << state->contents.size();
    (is_after ? counts_.after : counts_.before) += 1;
    EXPECT_TRUE(is_after || !result.is_done) << "said to be done";
    // The next writer finds its way, and what was left behind is gone.
    EXPECT_TRUE(fault_case.action(actions));
    const auto healed = world_->Read(index);
    ASSERT_TRUE(healed.has_value());
    ++counts_.states;
    EXPECT_EQ(healed->contents, fault_case.after.contents);
    EXPECT_EQ(Rubbish(index), std::set<std::string>());
  }

  void TryAll(FaultKind kind, size_t few) {
    for (const FaultCase& fault_case : world_->cases()) {
      for (const uint64_t step : Steps(fault_case.steps, few)) {
        ASSERT_NO_FATAL_FAILURE(Try(fault_case, {kind, step}));
      }
    }
  }

  // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): made once, it is slow
  static inline FaultWorld* world_ = nullptr;
  RandomSource random_{RandomSeed()};
  Counts counts_;
};

TEST_F(FaultsTest, AProcessKilledAtAnyStepLeavesOneOfTheTwo) {
  TryAll(FaultKind::kKill, 6);
}

TEST_F(FaultsTest, AWriteTornByAKillLeavesOneOfTheTwo) {
  TryAll(FaultKind::kTorn, 3);
}

TEST_F(FaultsTest, AnErrorOfTheDiskAtAnyStepIsToldAndHarmless) {
  TryAll(FaultKind::kIoError, 6);
}

TEST_F(FaultsTest, ADiskThatFillsAtAnyStepIsToldAndHarmless) {
  TryAll(FaultKind::kDiskFull, 6);
}

TEST_F(FaultsTest, ShortWritesAreWrittenOn) {
  for (const FaultCase& fault_case : world_->cases()) {
    Try(fault_case, {FaultKind::kShort, 1});
  }
  EXPECT_EQ(counts_.after, world_->cases().size());
}

// The last steps decide; none of them may be missed by chance.
TEST_F(FaultsTest, EveryStepOfThePublishIsTried) {
  constexpr uint64_t kPublishSteps = 16;
  const FaultCase& apply = world_->cases().at(3);
  ASSERT_EQ(apply.name, "apply");
  for (uint64_t step = apply.steps - std::min(apply.steps, kPublishSteps) + 1; step <= apply.steps;
       ++step) {
    for (const FaultKind kind : {FaultKind::kKill, FaultKind::kIoError}) {
      ASSERT_NO_FATAL_FAILURE(Try(apply, {kind, step}));
    }
  }
  EXPECT_GT(counts_.before, 0U);
  EXPECT_GT(counts_.after, 0U);
}

TEST_F(FaultsTest, DamageOfAnyPublishedFileIsFound) {
  const FaultCase& apply = world_->cases().at(3);
  const fs::path index = world_->Prepare(apply);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(index)) {
    const std::string name = entry.path().filename().string();
    const bool is_old = name == "manifest-00000002.json" || name.starts_with("tombstones-00000002");
    if (entry.is_regular_file() && name != "writer.lock" && name != "rejects.jsonl" && !is_old) {
      files.push_back(entry.path());
    }
  }
  EXPECT_GE(files.size(), 13U);
  for (const fs::path& file : files) {
    const std::string sound = ReadBytes(file);
    for (int i = 0; i < 6; ++i) {
      std::string bytes = sound;
      if (i < 3) {
        bytes[random_.Below(bytes.size())] ^= static_cast<char>(1U << random_.Below(8));
      } else {
        bytes.resize(i == 3 ? 0 : random_.Below(bytes.size()));
      }
      WriteBytes(file, bytes);
      ++counts_.faults;
      const auto state = ReadVerified(index, world_->model()->version());
      ++counts_.states;
      // A line feed less in CURRENT is no damage, and another digit may name the generation before.
      if (state.has_value()) {
        EXPECT_EQ(file.filename(), "CURRENT");
        EXPECT_GE(state->generation + 1, apply.before.generation);
        EXPECT_TRUE(state->generation != apply.before.generation || *state == apply.before);
      }
    }
    WriteBytes(file, sound);
  }
  EXPECT_TRUE(ReadVerified(index, world_->model()->version()).has_value());
}

}  // namespace
}  // namespace kyujin::test

// kyujin-bench from end to end: a corpus, its index, the standard mix drawn from it, and every
// request of the mix answered by the engine.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "bench/mix/mix_query.h"
#include "tests/testing/child_process.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {
namespace {

using ::testing::HasSubstr;

std::string Program(std::string_view name) {
  return fmt::format("{}/bin/{}", KYUJIN_BINARY_DIR, name);
}

class BenchTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder();
    ASSERT_EQ(Run({Program("kyujin-bench"),
                   "corpus",
                   "--count",
                   "2000",
                   "--seed",
                   "5",
                   "--as-of",
                   "2026-11-22",
                   "--output",
                   Feed()}),
              0);
    ASSERT_EQ(Run({Program("kyujin-index"),
                   "build",
                   "--input",
                   Feed(),
                   "--index",
                   Index(),
                   "--as-of",
                   "2026-11-22T05:00:00+09:00"}),
              0);
  }
  static void TearDownTestSuite() { delete folder_; }

  static int Run(const std::vector<std::string>& arguments) {
    const Outcome outcome = RunProgram(arguments);
    if (outcome.status != 0) {
      ADD_FAILURE() << outcome.output;
    }
    return outcome.status;
  }
  static std::string Feed() { return *folder_ / "feed"; }
  static std::string Index() { return *folder_ / "index"; }

  static std::string Queries(const std::string& seed) {
    return RunProgram({Program("kyujin-bench"),
                       "queries",
                       "--index",
                       Index(),
                       "--count",
                       "100",
                       "--seed",
                       seed})
        .output;
  }

  static TemporaryFolder* folder_;
};

TemporaryFolder* BenchTest::folder_ = nullptr;

TEST_F(BenchTest, TheMixHasItsSharesAndIsTheSameForTheSameSeed) {
  const std::string first = Queries("1");
  EXPECT_EQ(first, Queries("1"));
  EXPECT_NE(first, Queries("2"));
  std::map<std::string, size_t> classes;
  std::map<std::string, size_t> targets;
  std::istringstream lines(first);
  for (std::string line; std::getline(lines, line);) {
    const auto query = mix::ParseQueryLine(line);
    ASSERT_TRUE(query.has_value());
    ++classes[query->query_class];
    EXPECT_EQ(++targets[query->target], 1U) << query->target;
  }
  for (const mix::QueryClassSpec& spec : mix::kQueryClasses) {
    EXPECT_EQ(classes[std::string(spec.name)], spec.share) << spec.name;
  }
}

TEST_F(BenchTest, TheEngineAnswersEveryRequestOfTheMix) {
  const auto file = *folder_ / "queries.tsv";
  WriteBytes(file, Queries("1"));
  const Outcome outcome = RunProgram({Program("kyujin-bench"),
                                      "engine",
                                      "--index",
                                      Index(),
                                      "--queries",
                                      file,
                                      "--threads",
                                      "2",
                                      "--",
                                      "--benchmark_format=json",
                                      "--benchmark_min_time=0.001"});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("\"executable\": \"kyujin-bench\""));
  EXPECT_THAT(outcome.output, HasSubstr("\"class/phrase"));
  EXPECT_THAT(outcome.output, HasSubstr("threads:2"));
  EXPECT_THAT(outcome.output, HasSubstr("\"p99_us\""));
  EXPECT_THAT(outcome.output, Not(HasSubstr("error_occurred")));
}

TEST_F(BenchTest, ARequestThatFailsEndsTheRun) {
  const auto file = *folder_ / "wrong.tsv";
  WriteBytes(file, "filters\t/v1/jobs?pref=99\n");
  const Outcome outcome =
      RunProgram({Program("kyujin-bench"), "engine", "--index", Index(), "--queries", file});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("pref=99"));
}

}  // namespace
}  // namespace kyujin::test

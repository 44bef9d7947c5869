#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "bench/command.h"
#include "bench/corpus/corpus_writer.h"
#include "engine/base/clock.h"
#include "engine/base/date.h"

namespace kyujin::bench {
namespace {

constexpr Date kFirstDay = Date::FromDays(366);    // 2001-01-01
constexpr Date kLastDay = Date::FromDays(65'000);  // 2177-12-18

struct CorpusArguments {
  uint64_t count = 0;
  uint64_t seed = 1;
  std::string output;
  std::string as_of;
};

int RunCorpus(const CorpusArguments& arguments) {
  kyujin::corpus::CorpusOptions options;
  options.count = arguments.count;
  options.seed = arguments.seed;
  options.as_of = kyujin::Date::InJapan(kyujin::SystemClock().Now());
  if (!arguments.as_of.empty()) {
    const auto date = kyujin::Date::Parse(arguments.as_of);
    if (!date.has_value()) {
      std::fprintf(stderr, "kyujin-bench: --as-of: %s\n", date.error().message.c_str());
      return kWrongUsage;
    }
    options.as_of = *date;
  }
  // Months before and after the day must be dates too.
  if (options.as_of < kFirstDay || options.as_of > kLastDay) {
    std::fprintf(stderr,
                 "kyujin-bench: --as-of: %s is outside %s ... %s\n",
                 options.as_of.ToString().c_str(),
                 kFirstDay.ToString().c_str(),
                 kLastDay.ToString().c_str());
    return kWrongUsage;
  }
  const auto summary = kyujin::corpus::WriteCorpus(options, arguments.output);
  if (!summary.has_value()) {
    std::fprintf(stderr, "kyujin-bench: %s\n", summary.error().message.c_str());
    return kFailed;
  }
  std::printf("%llu records, %llu pages, %llu bytes in %s, as of %s\n",
              static_cast<unsigned long long>(arguments.count),
              static_cast<unsigned long long>(summary->pages),
              static_cast<unsigned long long>(summary->bytes),
              arguments.output.c_str(),
              options.as_of.ToString().c_str());
  return kDone;
}

}  // namespace

void AddCorpusCommand(CLI::App* app, Command* chosen) {
  const auto shared = std::make_shared<CorpusArguments>();
  CorpusArguments& arguments = *shared;
  CLI::App* corpus = app->add_subcommand(
      "corpus", "write made-up postings as feed pages (DIR/M100/1.xml, 2.xml, ...)");
  corpus->add_option("--count", arguments.count, "number of records")
      ->required()
      ->check(CLI::Range(uint64_t{0}, kyujin::corpus::kMaxCount));
  corpus->add_option("--seed", arguments.seed, "same seed and options, same bytes")->required();
  corpus->add_option("--output", arguments.output, "folder to write to; made when missing")
      ->required();
  corpus->add_option("--as-of",
                     arguments.as_of,
                     "the day the feed was taken, e.g. 2026-11-22 "
                     "(default: today in Japan)");
  corpus->callback([shared, chosen] { *chosen = [shared] { return RunCorpus(*shared); }; });
}

}  // namespace kyujin::bench

// kyujin-index: wiring only. Exit status 0 done, 1 failed, 2 wrong usage.
#include <fmt/format.h>
#include <unistd.h>

#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "engine/base/clock.h"
#include "engine/base/date.h"
#include "engine/base/file.h"
#include "engine/index/index_publisher.h"
#include "engine/index/segment_writer.h"
#include "engine/schema/place_resolver.h"
#include "engine/schema/position.h"
#include "engine/schema/posting_deriver.h"
#include "engine/text/analyzer.h"
#include "indexer/build_pipeline.h"
#include "indexer/memory_size.h"
#include "indexer/places_file.h"
#include "indexer/progress.h"
#include "indexer/signal_watcher.h"

namespace kyujin::indexer {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
constexpr unsigned kMaxThreads = 256;
constexpr size_t kShownSkippedFiles = 10;
constexpr std::string_view kPlacesName = "places.csv";

// The options of `build` as they were given.
struct BuildArguments {
  std::vector<std::string> inputs;
  std::string index;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::string memory = "4G";
  std::string as_of;
  std::string places;
  double max_rejects = 5.0;
};

// Makes a check for CLI11 from one of our parsers, so that a bad value is wrong usage.
template <class Parse>
CLI::Validator Check(Parse parse, const std::string& form) {
  return {[parse](const std::string& text) {
            const auto value = parse(text);
            return value.has_value() ? std::string() : value.error().message;
          },
          form};
}

void AddBuild(CLI::App& app, BuildArguments& arguments) {
  CLI::App* const build =
      app.add_subcommand("build", "Build an index from feed files and publish it");
  build
      ->add_option("--input",
                   arguments.inputs,
                   "Feed pages (.xml) or JSON Lines (.jsonl .ndjson .json), each also .gz or .zst; "
                   "files or folders")
      ->required()
      ->type_name("PATH");
  build->add_option("--index", arguments.index, "Folder of the index; made if it is missing")
      ->required()
      ->type_name("DIR");
  build->add_option("--threads", arguments.threads, "Threads of analysis (default: all cores)")
      ->check(CLI::Range(1U, kMaxThreads))
      ->type_name("N");
  build->add_option("--memory", arguments.memory, "Memory to use, e.g. 4G")
      ->check(Check(&ParseMemorySize, "SIZE"))
      ->capture_default_str();
  build->add_option("--as-of", arguments.as_of, "Time of the feed, RFC 3339 (default: now)")
      ->check(Check(&ParseTime, "TIME"));
  build
      ->add_option(
          "--places", arguments.places, "CSV code,lat,lon with positions of municipalities")
      ->type_name("FILE");
  build
      ->add_option("--max-rejects",
                   arguments.max_rejects,
                   "Publish nothing when more than this percentage of records is rejected")
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("PERCENT")
      ->capture_default_str();
}

// Reads --places into `table`; returns its normal form, or nothing when the option is not given.
Result<std::optional<std::string>> ReadPlaces(const std::string& path,
                                              schema::PositionTable* table) {
  if (path.empty()) {
    return std::optional<std::string>();
  }
  KYUJIN_ASSIGN_OR_RETURN(const std::string csv, ReadFile(path));
  const auto places = ParsePlaces(csv);
  if (!places.has_value()) {
    return WithContext(path, places.error());
  }
  std::string text = "code,lat,lon\n";
  for (const PlacePosition& place : *places) {
    text += fmt::format("{:05},{},{}\n", place.code, place.latitude, place.longitude);
    if (const auto position = schema::MakePosition(place.latitude, place.longitude)) {
      table->Set(static_cast<uint16_t>(place.code), *position);
    }
  }
  std::cout << fmt::format("places: {} positions in {}\n", places->size(), path);
  return std::optional(std::move(text));
}

void ShowSkipped(const InputFiles& inputs) {
  for (size_t i = 0; i < inputs.skipped.size() && i < kShownSkippedFiles; ++i) {
    std::cerr << fmt::format("kyujin-index: skipped, neither .xml nor .jsonl: {}\n",
                             inputs.skipped[i].string());
  }
}

Result<BuildOptions> MakeOptions(const BuildArguments& arguments) {
  BuildOptions options;
  options.index = arguments.index;
  options.threads = arguments.threads;
  options.max_rejects = arguments.max_rejects;
  KYUJIN_ASSIGN_OR_RETURN(options.memory, ParseMemorySize(arguments.memory));
  options.as_of = SystemClock().Now();
  if (!arguments.as_of.empty()) {
    KYUJIN_ASSIGN_OR_RETURN(options.as_of, ParseTime(arguments.as_of));
  }
  return options;
}

Status RunBuild(const BuildArguments& arguments) {
  const SignalWatcher signals;
  KYUJIN_ASSIGN_OR_RETURN(BuildOptions options, MakeOptions(arguments));
  schema::PositionTable positions;
  KYUJIN_ASSIGN_OR_RETURN(const auto places_text, ReadPlaces(arguments.places, &positions));
  KYUJIN_ASSIGN_OR_RETURN(const InputFiles inputs,
                          ExpandInputs(std::vector<std::filesystem::path>(arguments.inputs.begin(),
                                                                          arguments.inputs.end())));
  ShowSkipped(inputs);
  KYUJIN_ASSIGN_OR_RETURN(const auto analyzer, text::AnalyzerModel::Load());
  options.analyzer_version = analyzer->version();
  KYUJIN_ASSIGN_OR_RETURN(const auto publisher, index::IndexPublisher::Open(options.index));

  const schema::PlaceResolver places;
  const schema::PostingDeriver deriver(places, std::move(positions));
  const auto style = ::isatty(STDERR_FILENO) != 0 ? ConsoleProgress::Style::kTerminal
                                                  : ConsoleProgress::Style::kLines;
  ConsoleProgress progress(std::cerr, style);
  BuildPipeline pipeline(
      options,
      *publisher,
      [&analyzer](const std::filesystem::path& folder, size_t shards) {
        return index::SegmentWriter::Create({folder, shards, analyzer});
      },
      [&deriver](
          schema::FeedRecord feed, schema::JobPosting* posting, schema::Rejection* rejection) {
        return deriver.Derive(std::move(feed), posting, rejection);
      },
      progress);
  const auto manifest = pipeline.Run(inputs, signals.token());
  std::cout << pipeline.report().ToText() << std::flush;
  if (!manifest.has_value()) {
    return manifest.error();
  }
  if (places_text) {
    KYUJIN_RETURN_IF_ERROR(ReplaceFile(options.index / kPlacesName, *places_text));
  }
  std::cout << fmt::format("generation {} of {} is live: {} postings\n",
                           manifest->generation,
                           options.index.string(),
                           manifest->documents);
  return {};
}

int Main(int argc, char** argv) {
  CLI::App app("kyujin-index: makes the search index of kyujin");
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* /*app*/, const CLI::Error& error) {
    return fmt::format("kyujin-index: {}: run with --help to see the usage\n", error.what());
  });
  BuildArguments arguments;
  AddBuild(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kWrongUsage;
  }
  const Status status = RunBuild(arguments);
  if (!status.has_value()) {
    std::cerr << "kyujin-index: " << status.error().message << '\n';
    return kFailed;
  }
  return kDone;
}

}  // namespace
}  // namespace kyujin::indexer

int main(int argc, char** argv) {
  try {
    return kyujin::indexer::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "kyujin-index: " << error.what() << '\n';
    return 1;
  }
}

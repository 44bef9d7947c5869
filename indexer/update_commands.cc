#include "indexer/update_commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "engine/base/clock.h"
#include "engine/base/date.h"
#include "engine/base/file.h"
#include "engine/index/index_publisher.h"
#include "engine/index/segment_writer.h"
#include "engine/schema/place_resolver.h"
#include "engine/schema/position.h"
#include "engine/schema/posting_deriver.h"
#include "engine/text/analyzer.h"
#include "indexer/apply_pipeline.h"
#include "indexer/build_pipeline.h"
#include "indexer/memory_size.h"
#include "indexer/merge_pipeline.h"
#include "indexer/places_file.h"
#include "indexer/progress.h"
#include "indexer/signal_watcher.h"

namespace kyujin::indexer {
namespace {

namespace fs = std::filesystem;

constexpr size_t kShownSkippedFiles = 10;
constexpr std::string_view kPlacesName = "places.csv";
// A change file is small and somebody waits for it, so it is worth more threads than a feed's.
constexpr size_t kMinShardChanges = 250;

// Standard input as it is. Confined to one thread.
class StandardInput final : public ByteSource {
 public:
  Result<size_t> Read(std::span<char> buffer) override {
    for (;;) {
      const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
      if (count >= 0) {
        position_ += static_cast<uint64_t>(count);
        return static_cast<size_t>(count);
      }
      if (errno != EINTR) {
        return SystemError("cannot read", "standard input", errno);
      }
    }
  }
  [[nodiscard]] uint64_t file_position() const override { return position_; }

 private:
  uint64_t position_ = 0;
};

Result<std::unique_ptr<ByteSource>> OpenChanges(const std::string& path) {
  if (path == "-") {
    return std::unique_ptr<ByteSource>(std::make_unique<StandardInput>());
  }
  const std::string extension = fs::path(path).extension().string();
  return OpenByteSource(path,
                        extension == ".gz"    ? Compression::kGzip
                        : extension == ".zst" ? Compression::kZstd
                                              : Compression::kNone);
}

// A file of --places: its normal form, and the positions in it.
struct Places {
  std::string text;
  schema::PositionTable positions;
  size_t count = 0;
};

Result<Places> ReadPlaces(const fs::path& path) {
  KYUJIN_ASSIGN_OR_RETURN(const std::string csv, ReadFile(path));
  const auto rows = ParsePlaces(csv);
  if (!rows.has_value()) {
    return WithContext(path.string(), rows.error());
  }
  Places places{"code,lat,lon\n", {}, rows->size()};
  for (const PlacePosition& place : *rows) {
    places.text += fmt::format("{:05},{},{}\n", place.code, place.latitude, place.longitude);
    if (const auto position = schema::MakePosition(place.latitude, place.longitude)) {
      places.positions.Set(static_cast<uint16_t>(place.code), *position);
    }
  }
  return places;
}

// What every command needs: the model, the lock of the directory, the deriver. Confined to one
// thread.
class Workshop {
 public:
  static Result<std::unique_ptr<Workshop>> Open(const UpdateArguments& arguments) {
    std::unique_ptr<Workshop> workshop(new Workshop());
    BuildOptions& options = workshop->options_;
    options.index = arguments.index;
    options.threads = arguments.threads;
    options.max_rejects = arguments.max_rejects;
    options.max_removals = arguments.max_removals;
    KYUJIN_ASSIGN_OR_RETURN(options.memory, ParseMemorySize(arguments.memory));
    options.as_of = SystemClock().Now();
    if (!arguments.as_of.empty()) {
      KYUJIN_ASSIGN_OR_RETURN(options.as_of, ParseTime(arguments.as_of));
    }
    KYUJIN_ASSIGN_OR_RETURN(workshop->analyzer_, text::AnalyzerModel::Load());
    options.analyzer_version = workshop->analyzer_->version();
    KYUJIN_ASSIGN_OR_RETURN(workshop->publisher_, index::IndexPublisher::Open(options.index));
    return workshop;
  }

  // From now on postings without coordinates of their own get those of `positions`.
  void LearnPositions(schema::PositionTable positions) {
    deriver_.emplace(places_, std::move(positions));
  }
  // The same with what the build of the live index was given, if it was.
  Status RememberPositions() {
    const fs::path path = options_.index / kPlacesName;
    std::error_code missing;
    if (!fs::exists(path, missing)) {
      return {};
    }
    KYUJIN_ASSIGN_OR_RETURN(Places places, ReadPlaces(path));
    LearnPositions(std::move(places.positions));
    return {};
  }

  [[nodiscard]] BuildOptions& options() { return options_; }
  [[nodiscard]] index::IndexPublisher& publisher() { return *publisher_; }
  [[nodiscard]] Progress& progress() { return progress_; }
  [[nodiscard]] SegmentFactory segment_factory() const {
    return [analyzer = analyzer_, memory = options_.memory](const fs::path& folder, size_t shards) {
      return index::SegmentWriter::Create({folder, shards, analyzer, ShardMemory(memory, shards)});
    };
  }
  [[nodiscard]] PipelineParts parts() {
    SegmentFactory segments = segment_factory();
    DeriveFunction derive = derive_function();
    return {*publisher_, std::move(segments), std::move(derive), progress_};
  }
  [[nodiscard]] DeriveFunction derive_function() const {
    return
        [this](schema::FeedRecord feed, schema::JobPosting* posting, schema::Rejection* rejection) {
          return deriver_->Derive(std::move(feed), posting, rejection);
        };
  }

 private:
  Workshop() = default;

  BuildOptions options_;
  std::shared_ptr<const text::AnalyzerModel> analyzer_;
  std::unique_ptr<index::IndexPublisher> publisher_;
  const schema::PlaceResolver places_;
  std::optional<schema::PostingDeriver> deriver_ = schema::PostingDeriver(places_);
  ConsoleProgress progress_{std::cerr,
                            ::isatty(STDERR_FILENO) != 0 ? ConsoleProgress::Style::kTerminal
                                                         : ConsoleProgress::Style::kLines};
};

void ShowLive(const index::Manifest& manifest, const fs::path& index) {
  std::cout << fmt::format("generation {} of {} is live: {} postings\n",
                           manifest.generation,
                           index.string(),
                           manifest.documents)
            << std::flush;
}

void ShowSkipped(const InputFiles& inputs) {
  for (size_t i = 0; i < inputs.skipped.size() && i < kShownSkippedFiles; ++i) {
    std::cerr << fmt::format("kyujin-index: skipped, neither .xml nor .jsonl: {}\n",
                             inputs.skipped[i].string());
  }
}

// What apply and sync published is live already: a merge that fails takes nothing back.
Status MergeByPolicy(Workshop& workshop, const std::stop_token& stop) {
  const uint64_t before = workshop.publisher().live()->generation;
  MergePipeline merge(
      workshop.options(), workshop.publisher(), workshop.segment_factory(), workshop.progress());
  KYUJIN_ASSIGN_OR_RETURN(const index::Manifest manifest, merge.MergeByPolicy(stop));
  if (manifest.generation != before) {
    std::cout << fmt::format("merged to {} segments\n", manifest.segments.size());
    ShowLive(manifest, workshop.options().index);
  }
  return {};
}

Status RunFeed(const UpdateArguments& arguments, FeedMode mode) {
  const SignalWatcher signals;
  std::optional<Places> places;
  if (!arguments.places.empty()) {
    KYUJIN_ASSIGN_OR_RETURN(places, ReadPlaces(arguments.places));
    std::cout << fmt::format("places: {} positions in {}\n", places->count, arguments.places);
  }
  KYUJIN_ASSIGN_OR_RETURN(
      const InputFiles inputs,
      ExpandInputs(std::vector<fs::path>(arguments.inputs.begin(), arguments.inputs.end())));
  ShowSkipped(inputs);
  KYUJIN_ASSIGN_OR_RETURN(const auto workshop, Workshop::Open(arguments));
  workshop->options().mode = mode;
  if (places) {
    workshop->LearnPositions(std::move(places->positions));
  } else if (mode == FeedMode::kSync) {
    KYUJIN_RETURN_IF_ERROR(workshop->RememberPositions());
  }
  BuildPipeline pipeline(workshop->options(), workshop->parts());
  const auto manifest = pipeline.Run(inputs, signals.token());
  std::cout << pipeline.report().ToText() << std::flush;
  if (!manifest.has_value()) {
    return manifest.error();
  }
  if (places) {
    KYUJIN_RETURN_IF_ERROR(ReplaceFile(workshop->options().index / kPlacesName, places->text));
  }
  ShowLive(*manifest, workshop->options().index);
  return mode == FeedMode::kSync ? MergeByPolicy(*workshop, signals.token()) : Status();
}

}  // namespace

Status RunBuild(const UpdateArguments& arguments) {
  return RunFeed(arguments, FeedMode::kBuild);
}

Status RunSync(const UpdateArguments& arguments) {
  return RunFeed(arguments, FeedMode::kSync);
}

Status RunApply(const UpdateArguments& arguments) {
  const SignalWatcher signals;
  KYUJIN_ASSIGN_OR_RETURN(const auto changes, OpenChanges(arguments.changes));
  KYUJIN_ASSIGN_OR_RETURN(const auto workshop, Workshop::Open(arguments));
  workshop->options().min_shard_records = kMinShardChanges;
  KYUJIN_RETURN_IF_ERROR(workshop->RememberPositions());
  ApplyPipeline pipeline(workshop->options(), workshop->parts());
  const auto manifest = pipeline.Run(*changes, arguments.changes, signals.token());
  std::cout << pipeline.report().ToText() << std::flush;
  if (!manifest.has_value()) {
    return manifest.error();
  }
  ShowLive(*manifest, workshop->options().index);
  return MergeByPolicy(*workshop, signals.token());
}

Status RunMerge(const UpdateArguments& arguments) {
  const SignalWatcher signals;
  KYUJIN_ASSIGN_OR_RETURN(const auto workshop, Workshop::Open(arguments));
  MergePipeline merge(workshop->options(),
                      workshop->publisher(),
                      workshop->segment_factory(),
                      workshop->progress());
  KYUJIN_ASSIGN_OR_RETURN(const index::Manifest manifest, merge.MergeAll(signals.token()));
  ShowLive(manifest, workshop->options().index);
  return {};
}

}  // namespace kyujin::indexer

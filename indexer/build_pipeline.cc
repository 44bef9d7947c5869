#include "indexer/build_pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "indexer/input_reader.h"
#include "indexer/record_collector.h"

namespace kyujin::indexer {
namespace {

// What one thread of analysis and its shard may take.
constexpr uint64_t kMemoryPerThread = uint64_t{256} << 20;

// Removes a folder unless it is released: an unfinished segment is worth nothing.
class FolderGuard {
 public:
  explicit FolderGuard(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~FolderGuard() {
    if (!folder_.empty()) {
      std::error_code ignored;  // the next writer removes what is left
      std::filesystem::remove_all(folder_, ignored);
    }
  }
  FolderGuard(const FolderGuard&) = delete;
  FolderGuard& operator=(const FolderGuard&) = delete;
  FolderGuard(FolderGuard&&) = delete;
  FolderGuard& operator=(FolderGuard&&) = delete;

  void Release() { folder_.clear(); }

 private:
  std::filesystem::path folder_;
};

std::vector<std::string> NamesOf(const InputFiles& inputs) {
  std::vector<std::string> names;
  names.reserve(inputs.files.size());
  for (const auto& file : inputs.files) {
    names.push_back(file.path.string());
  }
  return names;
}

uint64_t TotalSize(const InputFiles& inputs) {
  uint64_t total = 0;
  for (const auto& file : inputs.files) {
    total += file.size;
  }
  return total;
}

}  // namespace

BuildPipeline::BuildPipeline(BuildOptions options,
                             index::IndexPublisher& publisher,
                             SegmentFactory create_segment,
                             DeriveFunction derive,
                             Progress& progress)
    : options_(std::move(options)),
      publisher_(publisher),
      create_segment_(std::move(create_segment)),
      derive_(std::move(derive)),
      progress_(progress) {}

Result<index::Manifest> BuildPipeline::Run(const InputFiles& inputs, const std::stop_token& stop) {
  report_.files = inputs.files.size();
  report_.skipped_files = inputs.skipped.size();
  KYUJIN_ASSIGN_OR_RETURN(const auto rejects, RejectLog::Create(options_.index, NamesOf(inputs)));
  auto manifest = RunWith(inputs, *rejects, stop);
  report_.rejects = rejects->summary();
  // The input was judged and found wanting: its log says why.
  if (!manifest.has_value() && manifest.error().code == ErrorCode::kInvalidArgument) {
    KYUJIN_RETURN_IF_ERROR(rejects->Publish());
  }
  return manifest;
}

Result<index::Manifest> BuildPipeline::RunWith(const InputFiles& inputs,
                                               RejectLog& rejects,
                                               const std::stop_token& stop) {
  KYUJIN_ASSIGN_OR_RETURN(const auto spool, RecordSpool::Create(options_.index));
  KYUJIN_RETURN_IF_ERROR(FillSpool(inputs, *spool, rejects, stop));
  // What comes can only add to the rejects: no need to analyse words for nothing.
  KYUJIN_RETURN_IF_ERROR(CheckRejects());
  if (spool->size() == 0) {
    return InvalidArgument("no postings in the input: nothing is published");
  }

  FolderGuard guard(publisher_.NextSegmentDirectory());
  KYUJIN_ASSIGN_OR_RETURN(index::SegmentInfo segment, BuildSegment(*spool, rejects, stop));
  report_.rejects = rejects.summary();
  KYUJIN_RETURN_IF_ERROR(CheckRejects());
  if (segment.documents == 0) {
    return InvalidArgument("no postings in the input: nothing is published");
  }
  if (stop.stop_requested()) {
    return Unavailable("interrupted: nothing is published");
  }
  KYUJIN_RETURN_IF_ERROR(rejects.Publish());
  // From here on the folder may be part of the live index even if publishing reports an error; what
  // is not is removed by the next writer.
  guard.Release();
  KYUJIN_ASSIGN_OR_RETURN(
      auto manifest,
      publisher_.Publish({std::move(segment)}, options_.as_of, options_.analyzer_version));
  report_.documents = manifest.documents;
  return manifest;
}

Status BuildPipeline::FillSpool(const InputFiles& inputs,
                                RecordSpool& spool,
                                RejectLog& rejects,
                                const std::stop_token& stop) {
  RecordCollector collector(spool, rejects, options_.memory / RecordSpool::kEntryBytes);
  progress_.BeginStage("reading", TotalSize(inputs));
  const Status status = ReadInputs(inputs, collector, progress_, stop, options_.threads);
  progress_.EndStage();
  report_.records_read = collector.records_read();
  report_.unknown_tags = collector.unknown_tags();
  report_.rejects = rejects.summary();
  if (!status.has_value()) {
    return status.error();
  }
  KYUJIN_ASSIGN_OR_RETURN(report_.duplicates, spool.Seal());
  return {};
}

Result<index::SegmentInfo> BuildPipeline::BuildSegment(const RecordSpool& spool,
                                                       RejectLog& rejects,
                                                       const std::stop_token& stop) {
  KYUJIN_ASSIGN_OR_RETURN(
      const auto writer,
      create_segment_(publisher_.NextSegmentDirectory(), ShardCount(spool.size())));
  progress_.BeginStage("indexing", spool.size());
  const auto documents = BuildShards({spool, derive_, rejects, progress_}, *writer, stop);
  progress_.EndStage();
  if (!documents.has_value()) {
    return documents.error();
  }
  progress_.BeginStage("joining", 0);
  auto segment = writer->Finish();
  progress_.EndStage();
  return segment;
}

Status BuildPipeline::CheckRejects() const {
  if (!report_.RejectsAbove(options_.max_rejects)) {
    return {};
  }
  return InvalidArgument(fmt::format(
      "{} of {} records rejected, more than {} %: nothing is published; see {} or raise "
      "--max-rejects",
      report_.rejects.total,
      report_.records_read,
      options_.max_rejects,
      (options_.index / kRejectLogName).string()));
}

size_t BuildPipeline::ShardCount(size_t records) const {
  const size_t by_memory = std::max<size_t>(1, options_.memory / kMemoryPerThread);
  const size_t by_records = std::max<size_t>(1, records / options_.min_shard_records);
  return std::max<size_t>(1, std::min({options_.threads, by_memory, by_records}));
}

}  // namespace kyujin::indexer

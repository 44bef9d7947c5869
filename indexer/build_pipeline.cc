#include "indexer/build_pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/base/date.h"
#include "indexer/disk_space.h"
#include "indexer/input_reader.h"
#include "indexer/record_collector.h"

namespace kyujin::indexer {
namespace {

std::vector<std::string> NamesOf(const InputFiles& inputs) {
  std::vector<std::string> names;
  names.reserve(inputs.files.size());
  for (const auto& file : inputs.files) {
    names.push_back(file.path.string());
  }
  return names;
}

// What the records of the inputs take in the spool, roughly: as much as the text that they are read
// from, of which a packed file has several times its own size.
uint64_t BytesToSpool(const InputFiles& inputs) {
  constexpr uint64_t kPacked = 6;
  uint64_t bytes = 0;
  for (const auto& file : inputs.files) {
    bytes += file.compression == Compression::kNone ? file.size : file.size * kPacked;
  }
  return bytes;
}

uint64_t TotalSize(const InputFiles& inputs) {
  uint64_t total = 0;
  for (const auto& file : inputs.files) {
    total += file.size;
  }
  return total;
}

}  // namespace

BuildPipeline::BuildPipeline(BuildOptions options, PipelineParts parts)
    : options_(std::move(options)), parts_(std::move(parts)) {}

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
  KYUJIN_RETURN_IF_ERROR(CheckDiskSpace(options_.index, BytesToSpool(inputs), "reading the feed"));
  KYUJIN_RETURN_IF_ERROR(FillSpool(inputs, *spool, rejects, stop));
  // What comes can only add to the rejects: no need to analyse words for nothing.
  KYUJIN_RETURN_IF_ERROR(CheckRejects());
  if (spool->size() == 0) {
    return InvalidArgument("no postings in the input: nothing is published");
  }

  KYUJIN_RETURN_IF_ERROR(OpenLive());
  if (options_.mode == FeedMode::kSync) {
    KYUJIN_RETURN_IF_ERROR(DropUnchanged(*spool));
  }
  FolderGuard guard(parts_.publisher.NextSegmentDirectory());
  KYUJIN_ASSIGN_OR_RETURN(index::SegmentInfo segment, BuildSpooled(*spool, rejects, stop));
  report_.rejects = rejects.summary();
  KYUJIN_RETURN_IF_ERROR(CheckRejects());
  if (options_.mode == FeedMode::kBuild && segment.documents == 0) {
    return InvalidArgument("no postings in the input: nothing is published");
  }
  if (stop.stop_requested()) {
    return Unavailable("interrupted: nothing is published");
  }
  KYUJIN_RETURN_IF_ERROR(rejects.Publish());
  KYUJIN_ASSIGN_OR_RETURN(auto draft, MakeDraft(std::move(segment)));
  // From here on the folder may be part of the live index even if publishing reports an error; what
  // is not is removed by the next writer.
  guard.Release();
  KYUJIN_ASSIGN_OR_RETURN(auto manifest, parts_.publisher.PublishDraft(std::move(draft)));
  report_.documents = manifest.documents;
  return manifest;
}

// A build replaces whatever there is, also what cannot be read; a sync goes on from it.
Status BuildPipeline::OpenLive() {
  const auto& live = parts_.publisher.live();
  if (!live) {
    return {};
  }
  if (options_.mode == FeedMode::kSync) {
    KYUJIN_RETURN_IF_ERROR(index::CheckCompatible(*live, options_.analyzer_version));
  }
  auto edit = index::GenerationEdit::Open(options_.index, *live);
  if (edit.has_value()) {
    edit_ = std::move(*edit);
    return {};
  }
  return options_.mode == FeedMode::kSync ? Status(edit.error()) : Status();
}

// Leaves the records that are new or say something else, and declares dead what they replace and
// what the feed does not have.
Status BuildPipeline::DropUnchanged(RecordSpool& spool) {
  if (edit_ == nullptr) {
    return {};
  }
  const uint64_t before = edit_->documents();
  std::vector<uint64_t> kept;
  uint64_t replaced = 0;
  spool.KeepIf([&](uint64_t number, uint64_t content_hash) {
    const auto live = edit_->Find(number);
    if (!live) {
      return true;
    }
    if (live->content_hash == content_hash) {
      kept.push_back(number);
      return false;
    }
    edit_->Remove(*live);
    ++replaced;
    return true;
  });
  const uint64_t gone = before - replaced - kept.size();
  if (static_cast<double>(gone) * 100.0 > options_.max_removals * static_cast<double>(before)) {
    return InvalidArgument(fmt::format(
        "{} of {} live postings are not in this feed, more than {} %: nothing is published; when "
        "the feed is whole, raise --max-removals",
        gone,
        before,
        options_.max_removals));
  }
  edit_->ForEach([&](const index::LiveDocument& document) {
    if (!std::binary_search(kept.begin(), kept.end(), document.number)) {
      edit_->Remove(document);
    }
  });
  return {};
}

Result<index::SegmentInfo> BuildPipeline::BuildSpooled(const RecordSpool& spool,
                                                       RejectLog& rejects,
                                                       const std::stop_token& stop) {
  if (spool.size() == 0) {
    return index::SegmentInfo();
  }
  KYUJIN_RETURN_IF_ERROR(
      CheckDiskSpace(options_.index, SegmentBytes(spool.bytes()), "indexing what was read"));
  return BuildSegment({spool, parts_.derive, rejects, parts_.progress},
                      parts_.create_segment,
                      {options_.threads, options_.memory, options_.min_shard_records},
                      parts_.publisher.NextSegmentDirectory(),
                      stop);
}

Result<index::GenerationDraft> BuildPipeline::MakeDraft(index::SegmentInfo segment) {
  index::GenerationDraft draft;
  if (edit_ != nullptr) {
    if (options_.mode == FeedMode::kBuild) {
      edit_->ForEach([&](const index::LiveDocument& document) { edit_->Remove(document); });
    }
    KYUJIN_RETURN_IF_ERROR(edit_->Add(std::move(segment)));
    draft = edit_->Finish();
    report_.CountChanges(*draft.changes);
  } else if (segment.documents > 0) {
    draft.segments.push_back(std::move(segment));
  }
  draft.as_of = FormatTimeInJapan(options_.as_of);
  draft.analyzer_version = options_.analyzer_version;
  return draft;
}

Status BuildPipeline::FillSpool(const InputFiles& inputs,
                                RecordSpool& spool,
                                RejectLog& rejects,
                                const std::stop_token& stop) {
  RecordCollector collector(spool, rejects, MostRecords(options_.memory));
  parts_.progress.BeginStage("reading", TotalSize(inputs));
  const Status status = ReadInputs(inputs, collector, parts_.progress, stop, options_.threads);
  parts_.progress.EndStage();
  report_.records_read = collector.records_read();
  report_.unknown_tags = collector.unknown_tags();
  report_.rejects = rejects.summary();
  if (!status.has_value()) {
    return status.error();
  }
  KYUJIN_ASSIGN_OR_RETURN(report_.duplicates, spool.Seal());
  return {};
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

}  // namespace kyujin::indexer

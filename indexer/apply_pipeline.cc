#include "indexer/apply_pipeline.h"

#include <fmt/format.h>

#include <utility>

#include "engine/base/date.h"

namespace kyujin::indexer {

ApplyPipeline::ApplyPipeline(BuildOptions options, PipelineParts parts)
    : options_(std::move(options)), parts_(std::move(parts)) {}

Result<index::Manifest> ApplyPipeline::Run(ByteSource& changes,
                                           const std::string& name,
                                           const std::stop_token& stop) {
  const auto& live = parts_.publisher.live();
  if (!live) {
    return Unavailable(
        fmt::format("no index in {} to apply changes to; make one: kyujin-index build --input FEED "
                    "--index {}",
                    options_.index.string(),
                    options_.index.string()));
  }
  KYUJIN_RETURN_IF_ERROR(index::CheckCompatible(*live, options_.analyzer_version));
  KYUJIN_ASSIGN_OR_RETURN(edit_, index::GenerationEdit::Open(options_.index, *live));
  report_.files = 1;
  KYUJIN_ASSIGN_OR_RETURN(const auto rejects, RejectLog::Create(options_.index, {name}));
  KYUJIN_ASSIGN_OR_RETURN(const auto spool, RecordSpool::Create(options_.index));
  KYUJIN_RETURN_IF_ERROR(ReadChanges(changes, *spool, *rejects, stop));
  KYUJIN_RETURN_IF_ERROR(rejects->Publish());
  if (report_.RejectsAbove(options_.max_rejects)) {
    return InvalidArgument(fmt::format("{} of {} lines rejected: nothing is published",
                                       report_.rejects.total,
                                       report_.records_read));
  }
  if (spool->size() == 0 && edit_->is_unchanged()) {
    report_.CountChanges({});
    report_.documents = live->documents;
    return *live;
  }
  return Publish(*spool, *rejects, stop);
}

Status ApplyPipeline::ReadChanges(ByteSource& changes,
                                  RecordSpool& spool,
                                  RejectLog& rejects,
                                  const std::stop_token& stop) {
  ChangeReader reader(spool, rejects, parts_.derive);
  parts_.progress.BeginStage("reading", 0);
  const Status status = reader.Read(changes, stop);
  parts_.progress.EndStage();
  report_.records_read = reader.lines();
  report_.unknown_tags = reader.unknown_tags();
  report_.rejects = rejects.summary();
  KYUJIN_RETURN_IF_ERROR(status);
  KYUJIN_ASSIGN_OR_RETURN(report_.duplicates, spool.Seal(RecordSpool::Winner::kAppendedLast));
  Edit(reader, spool);
  return {};
}

void ApplyPipeline::Edit(const ChangeReader& reader, RecordSpool& spool) {
  for (const auto& [number, wish] : reader.wishes()) {
    const auto live = wish == ChangeWish::kDelete ? edit_->Find(number) : std::nullopt;
    if (live) {
      edit_->Remove(*live);
    }
  }
  spool.KeepIf([&](uint64_t number, uint64_t content_hash) {
    if (reader.wishes().at(number) == ChangeWish::kDelete) {
      return false;
    }
    const auto live = edit_->Find(number);
    if (live && live->content_hash == content_hash) {
      return false;
    }
    if (live) {
      edit_->Remove(*live);
    }
    return true;
  });
}

Result<index::Manifest> ApplyPipeline::Publish(const RecordSpool& spool,
                                               RejectLog& rejects,
                                               const std::stop_token& stop) {
  FolderGuard guard(parts_.publisher.NextSegmentDirectory());
  if (spool.size() > 0) {
    KYUJIN_ASSIGN_OR_RETURN(
        index::SegmentInfo segment,
        BuildSegment({spool, parts_.derive, rejects, parts_.progress},
                     parts_.create_segment,
                     {options_.threads, options_.memory, options_.min_shard_records},
                     parts_.publisher.NextSegmentDirectory(),
                     stop));
    KYUJIN_RETURN_IF_ERROR(edit_->Add(std::move(segment)));
  }
  if (stop.stop_requested()) {
    return Unavailable("interrupted: nothing is published");
  }
  index::GenerationDraft draft = edit_->Finish();
  report_.CountChanges(*draft.changes);
  draft.as_of = FormatTimeInJapan(options_.as_of);
  draft.analyzer_version = options_.analyzer_version;
  guard.Release();
  KYUJIN_ASSIGN_OR_RETURN(auto manifest, parts_.publisher.PublishDraft(std::move(draft)));
  report_.documents = manifest.documents;
  return manifest;
}

}  // namespace kyujin::indexer

// BuildPipeline: `kyujin-index build` and `sync`, from the files of a whole feed to a published
// generation. Files → sources → spool (sorted, without duplicates) → shards → segment → publish. A
// build indexes everything anew; a sync only what the live generation has not or has otherwise, and
// declares dead what the feed does not have any more. Until the publish nothing of the live index
// is touched; whatever ends a run early leaves it as it was.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/base/result.h"
#include "engine/index/generation_edit.h"
#include "engine/index/index_publisher.h"
#include "engine/index/manifest.h"
#include "engine/index/segment_writer.h"
#include "indexer/input_files.h"
#include "indexer/progress.h"
#include "indexer/run_report.h"
#include "indexer/segment_build.h"
#include "indexer/shard_builder.h"

namespace kyujin::indexer {

enum class FeedMode : uint8_t { kBuild, kSync };

struct BuildOptions {
  std::filesystem::path index;
  size_t threads = 1;
  uint64_t memory = uint64_t{4} << 30;  // bounds records, threads, and what each of these holds
  double max_rejects = 5.0;             // percent of the records read
  double max_removals = 20.0;           // sync: percent of the live postings
  FeedMode mode = FeedMode::kBuild;
  std::chrono::system_clock::time_point as_of;
  std::string analyzer_version;
  size_t min_shard_records = 1000;  // fewer are not worth a shard of their own
};

// What a pipeline works with; publisher and progress must outlive it.
struct PipelineParts {
  index::IndexPublisher& publisher;
  SegmentFactory create_segment;
  DeriveFunction derive;
  Progress& progress;
};

// Confined to one thread.
class BuildPipeline {
 public:
  BuildPipeline(BuildOptions options, PipelineParts parts);

  // Builds and publishes; returns the manifest that is live now. Called once.
  // Errors: kInvalidArgument when there is no posting, too many rejects or, in a sync, too many
  // postings gone; kUnavailable when `stop` was asked for or the live generation is of another
  // version than a sync can go on from; else those of the parts. After any error the index is as it
  // was, but rejects.jsonl is that of this run (not after kUnavailable and full disks).
  Result<index::Manifest> Run(const InputFiles& inputs, const std::stop_token& stop);

  // What is known so far, after Run also when it failed.
  [[nodiscard]] const RunReport& report() const { return report_; }

 private:
  Result<index::Manifest> RunWith(const InputFiles& inputs,
                                  RejectLog& rejects,
                                  const std::stop_token& stop);
  Status FillSpool(const InputFiles& inputs,
                   RecordSpool& spool,
                   RejectLog& rejects,
                   const std::stop_token& stop);
  Status OpenLive();
  Status DropUnchanged(RecordSpool& spool);
  Result<index::SegmentInfo> BuildSpooled(const RecordSpool& spool,
                                          RejectLog& rejects,
                                          const std::stop_token& stop);
  Result<index::GenerationDraft> MakeDraft(index::SegmentInfo segment);
  [[nodiscard]] Status CheckRejects() const;

  BuildOptions options_;
  PipelineParts parts_;
  std::unique_ptr<index::GenerationEdit> edit_;  // of the live generation, when it can be read
  RunReport report_;
};

}  // namespace kyujin::indexer

// BuildPipeline: `kyujin-index build`, from input files to a published generation. Files → sources
// → spool (sorted, without duplicates) → shards → segment → publish. Until the publish nothing of
// the live index is touched; whatever ends a run early leaves it as it was.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/base/result.h"
#include "engine/index/index_publisher.h"
#include "engine/index/manifest.h"
#include "engine/index/segment_writer.h"
#include "indexer/input_files.h"
#include "indexer/progress.h"
#include "indexer/run_report.h"
#include "indexer/shard_builder.h"

namespace kyujin::indexer {

struct BuildOptions {
  std::filesystem::path index;
  size_t threads = 1;
  uint64_t memory = uint64_t{4} << 30;  // bounds the spool's entries and the number of threads
  double max_rejects = 5.0;             // percent of the records read
  std::chrono::system_clock::time_point as_of;
  std::string analyzer_version;
  size_t min_shard_records = 1000;  // fewer are not worth a shard of their own
};

// Creates the writer of a segment: folder, number of shards.
using SegmentFactory = std::function<Result<std::unique_ptr<index::SegmentWriter>>(
    const std::filesystem::path&, size_t)>;

// Confined to one thread. Holds references to publisher and progress, which must outlive it.
class BuildPipeline {
 public:
  BuildPipeline(BuildOptions options,
                index::IndexPublisher& publisher,
                SegmentFactory create_segment,
                DeriveFunction derive,
                Progress& progress);

  // Builds and publishes; returns the manifest that is live now. Called once.
  // Errors: kInvalidArgument when there is no posting or too many rejects, kUnavailable when `stop`
  // was asked for, else those of the parts. After any error the index is as it was, but
  // rejects.jsonl is that of this run (not after kUnavailable and full disks).
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
  Result<index::SegmentInfo> BuildSegment(const RecordSpool& spool,
                                          RejectLog& rejects,
                                          const std::stop_token& stop);
  [[nodiscard]] Status CheckRejects() const;
  [[nodiscard]] size_t ShardCount(size_t records) const;

  BuildOptions options_;
  index::IndexPublisher& publisher_;
  SegmentFactory create_segment_;
  DeriveFunction derive_;
  Progress& progress_;
  RunReport report_;
};

}  // namespace kyujin::indexer

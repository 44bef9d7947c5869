// ApplyPipeline: `kyujin-index apply`, from a file of changes to a published generation: the live
// segments with more dead, and one small segment of what is new or changed.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "engine/base/byte_source.h"
#include "engine/base/result.h"
#include "engine/index/generation_edit.h"
#include "engine/index/index_publisher.h"
#include "engine/index/manifest.h"
#include "indexer/build_pipeline.h"
#include "indexer/change_reader.h"
#include "indexer/progress.h"
#include "indexer/run_report.h"
#include "indexer/segment_build.h"

namespace kyujin::indexer {

// Confined to one thread.
class ApplyPipeline {
 public:
  ApplyPipeline(BuildOptions options, PipelineParts parts);

  // Applies the lines of `changes`, called `name` in messages, and publishes; returns the manifest
  // that is live now: the one before when the changes change nothing. Called once.
  // Errors: kUnavailable when there is no index, it is of another version, or `stop` was asked for;
  // kInvalidArgument when too many lines are bad; else those of the parts. After any error the
  // index is as it was.
  Result<index::Manifest> Run(ByteSource& changes,
                              const std::string& name,
                              const std::stop_token& stop);

  // What is known so far, after Run also when it failed.
  [[nodiscard]] const RunReport& report() const { return report_; }

 private:
  Status ReadChanges(ByteSource& changes,
                     RecordSpool& spool,
                     RejectLog& rejects,
                     const std::stop_token& stop);
  void Edit(const ChangeReader& reader, RecordSpool& spool);
  Result<index::Manifest> Publish(const RecordSpool& spool,
                                  RejectLog& rejects,
                                  const std::stop_token& stop);

  BuildOptions options_;
  PipelineParts parts_;
  std::unique_ptr<index::GenerationEdit> edit_;
  RunReport report_;
};

}  // namespace kyujin::indexer

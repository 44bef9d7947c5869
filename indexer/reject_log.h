// RejectLog: rejects.jsonl, one line for each record that did not become a document. It replaces
// the log of the run before when the run ends, whether or not anything was published.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "indexer/output_file.h"
#include "indexer/record_sink.h"

namespace kyujin::indexer {

inline constexpr std::string_view kRejectLogName = "rejects.jsonl";

// Thread-safe.
class RejectLog {
 public:
  // What the report says of the rejects.
  struct Summary {
    uint64_t total = 0;
    uint64_t broken_pages = 0;
    std::map<std::string, uint64_t> by_field;  // "" = the record as a whole
    // The first few of each, as `file:line (byte n): number: field: reason`.
    std::vector<std::string> first_rejects;
    std::vector<std::string> first_broken_pages;
  };

  // Begins a log in `folder`. `files` are the names that Reject::place.file counts.
  // Errors: kInternal (a full disk included), as for all methods.
  static Result<std::unique_ptr<RejectLog>> Create(const std::filesystem::path& folder,
                                                   std::vector<std::string> files);

  Status Add(const Reject& reject);
  Status AddBrokenPage(const Reject& reject);
  // Makes the log the folder's rejects.jsonl. Called once, last.
  Status Publish();
  [[nodiscard]] Summary summary() const;

 private:
  RejectLog(std::filesystem::path folder,
            std::vector<std::string> files,
            std::unique_ptr<OutputFile> file);
  Status Write(const Reject& reject, std::vector<std::string>* first) KYUJIN_REQUIRES(mutex_);

  std::filesystem::path folder_;
  std::vector<std::string> files_;
  mutable Mutex mutex_;
  std::unique_ptr<OutputFile> file_ KYUJIN_GUARDED_BY(mutex_);
  Summary summary_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::indexer

// IndexActions: what kyujin-index does to an index directory, in process: each call opens the
// directory as a command does and closes it again. And what a suspicious reader finds in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "engine/base/result.h"
#include "engine/index/manifest.h"
#include "engine/schema/place_resolver.h"
#include "engine/schema/posting_deriver.h"
#include "engine/text/analyzer.h"
#include "indexer/build_pipeline.h"

namespace kyujin::test {

// Confined to one thread.
class IndexActions {
 public:
  IndexActions(std::filesystem::path index, std::shared_ptr<const text::AnalyzerModel> model)
      : index_(std::move(index)), model_(std::move(model)) {}

  [[nodiscard]] const std::filesystem::path& path() const { return index_; }
  // Each returns what is live then. Errors: those of the pipelines.
  Result<index::Manifest> RunFeed(const std::filesystem::path& feed,
                                  indexer::FeedMode mode,
                                  double max_removals = 100.0) const;
  Result<index::Manifest> Apply(const std::string& lines) const;
  Result<index::Manifest> MergeAll() const;
  Result<index::Manifest> MergeByPolicy() const;

 private:
  [[nodiscard]] indexer::BuildOptions Options() const;
  [[nodiscard]] indexer::SegmentFactory Factory() const;
  [[nodiscard]] indexer::DeriveFunction Deriver() const;

  std::filesystem::path index_;
  std::shared_ptr<const text::AnalyzerModel> model_;
  const schema::PlaceResolver places_;
  const schema::PostingDeriver deriver_{places_};
};

// Lines of a change file.
std::string UpsertLine(const std::map<std::string, std::string>& feed);
std::string DeleteLine(uint64_t number);

// What an index holds. Thread rule: Thread-compatible.
struct IndexState {
  uint64_t generation = 0;
  std::map<uint64_t, uint64_t> contents;  // number and content hash of every live posting
  friend bool operator==(const IndexState&, const IndexState&) = default;
};

// Opens the live generation and reads every byte of it: hashes of all files, cards against columns,
// lists of changes. Errors: whatever is not as it must be; kNotFound when there is no index.
Result<IndexState> ReadVerified(const std::filesystem::path& index,
                                std::string_view analyzer_version);

// The files and folders directly in `index` that no manifest there names and no writer needs.
std::set<std::string> Rubbish(const std::filesystem::path& index);

}  // namespace kyujin::test

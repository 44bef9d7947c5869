// Real indexes of made-up postings, in a folder that goes when the test ends.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/index/index_publisher.h"
#include "engine/index/segment_writer.h"
#include "engine/index/snapshot.h"
#include "engine/text/analyzer.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {

// The model of the build's own dictionary, loaded once a program.
const std::shared_ptr<const text::AnalyzerModel>& SharedModel();
std::string AnalyzerVersion();

// Writes a segment of `shards` runs of postings; some runs may be empty. Requires: numbers ascend.
Result<index::SegmentInfo> WriteSegment(const std::filesystem::path& directory,
                                        const std::vector<schema::JobPosting>& postings,
                                        size_t shards);

// An index directory and its writer. Confined to one thread.
class TestIndex {
 public:
  TestIndex();

  [[nodiscard]] std::filesystem::path path() const { return folder_ / "index"; }
  [[nodiscard]] index::IndexPublisher& publisher() { return *publisher_; }
  // Publishes a generation of one new segment, or of the live ones and a new one.
  void Publish(const std::vector<schema::JobPosting>& postings, size_t shards = 1);
  void AddSegment(const std::vector<schema::JobPosting>& postings, size_t shards = 1);
  // Publishes a generation of `segments`, which are live, and a new one.
  void PublishBeside(const std::vector<index::SegmentInfo>& segments,
                     const std::vector<schema::JobPosting>& postings) {
    PublishWith(segments, postings, 1);
  }
  // Stops writing, so that another writer may begin.
  void Close() { publisher_.reset(); }
  [[nodiscard]] std::shared_ptr<const index::Snapshot> Open() const;

 private:
  void PublishWith(std::vector<index::SegmentInfo> segments,
                   const std::vector<schema::JobPosting>& postings,
                   size_t shards);

  TemporaryFolder folder_;
  std::unique_ptr<index::IndexPublisher> publisher_;
};

}  // namespace kyujin::test

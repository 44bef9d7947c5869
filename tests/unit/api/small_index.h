// A real index in a temporary folder, small enough to build in a test.
#pragma once

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/index/index_publisher.h"
#include "engine/index/snapshot.h"
#include "tests/unit/api/example_posting.h"

namespace kyujin::api {

// Confined to one thread. Removes its folder at the end.
class SmallIndex {
 public:
  SmallIndex() {
    auto loaded = text::AnalyzerModel::Load();
    KYUJIN_CHECK(loaded.has_value());
    model_ = *loaded;
    std::string name = (std::filesystem::temp_directory_path() / "kyujin-api-XXXXXX").string();
    KYUJIN_CHECK(mkdtemp(name.data()) != nullptr);
    directory_ = name;
  }
  ~SmallIndex() { std::filesystem::remove_all(directory_); }
  SmallIndex(const SmallIndex&) = delete;
  SmallIndex& operator=(const SmallIndex&) = delete;

  // Publishes a generation of `postings`.
  void Publish(std::vector<schema::JobPosting> postings) {
    std::sort(postings.begin(), postings.end(), [](const auto& a, const auto& b) {
      return a.number < b.number;
    });
    auto publisher = index::IndexPublisher::Open(directory_);
    KYUJIN_CHECK(publisher.has_value());
    auto writer = index::SegmentWriter::Create(
        {.directory = (*publisher)->NextSegmentDirectory(), .shards = 1, .analyzer = model_});
    KYUJIN_CHECK(writer.has_value());
    for (const schema::JobPosting& posting : postings) {
      KYUJIN_CHECK((*writer)->shard(0).Add(posting).has_value());
    }
    KYUJIN_CHECK((*writer)->shard(0).Finish().has_value());
    auto segment = (*writer)->Finish();
    KYUJIN_CHECK(segment.has_value());
    KYUJIN_CHECK((*publisher)
                     ->Publish({*segment},
                               *ParseTime("2026-11-22T05:10:00+09:00"),
                               std::string(model_->version()))
                     .has_value());
  }

  [[nodiscard]] std::shared_ptr<const index::Snapshot> Open() const {
    auto snapshot = index::Snapshot::Open(directory_, model_->version());
    KYUJIN_CHECK(snapshot.has_value());
    return *snapshot;
  }

  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
  [[nodiscard]] const std::shared_ptr<const text::AnalyzerModel>& model() const { return model_; }

 private:
  std::shared_ptr<const text::AnalyzerModel> model_;
  std::filesystem::path directory_;
};

}  // namespace kyujin::api

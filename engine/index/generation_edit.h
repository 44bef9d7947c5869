// GenerationEdit: what a writer does to the live generation: looks up which postings are alive and
// what they say, declares some dead, adds segments, and hands the publisher the next generation
// with its list of changes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/column_file.h"
#include "engine/index/index_publisher.h"
#include "engine/index/manifest.h"

namespace kyujin::index {

// A live posting as the writer sees it.
struct LiveDocument {
  uint32_t segment = 0;  // position in the live manifest
  DocId doc = 0;
  uint64_t number = 0;
  uint64_t content_hash = 0;
};

// Confined to one thread.
class GenerationEdit {
 public:
  // Reads numbers and hashes only, so an index of another schema, analyzer or dictionary can be
  // edited too. Errors: kCorruption, kUnavailable (another format), kNotFound.
  static Result<std::unique_ptr<GenerationEdit>> Open(const std::filesystem::path& directory,
                                                      const Manifest& live);

  // Live postings that have not been removed.
  [[nodiscard]] uint64_t documents() const;
  // O(segments × log documents).
  [[nodiscard]] std::optional<LiveDocument> Find(uint64_t number) const;
  // Visits the live postings segment by segment, in order of number inside each. `visit` may remove
  // the posting it is given.
  template <class Visitor>
  void ForEach(Visitor&& visit) {
    for (uint32_t i = 0; i < segments_.size(); ++i) {
      for (DocId doc = 0; doc < segments_[i].numbers.size(); ++doc) {
        if (!segments_[i].dead.Test(doc)) {
          visit(LiveDocument{i, doc, segments_[i].numbers[doc], segments_[i].hashes[doc]});
        }
      }
    }
  }

  // Requires: `document` is alive.
  void Remove(const LiveDocument& document);
  // Takes up a finished segment; one without documents is left out. Requires: no number of it is
  // alive once all edits are done.
  Status Add(SegmentInfo info);
  // Puts `merged`, which holds the live documents of the segments at `places` and nothing else, in
  // their place: no posting changes. Requires: nothing was removed or added.
  void Replace(const std::vector<uint32_t>& places, SegmentInfo merged);

  // Whether the next generation has the same postings as the live one.
  [[nodiscard]] bool is_unchanged() const { return removed_.empty() && added_.empty(); }
  // The next generation, without time and analyzer. Called once, last. A posting that is removed
  // and added with the same content is no change.
  GenerationDraft Finish();

 private:
  struct Segment {
    SegmentInfo info;
    std::unique_ptr<const ColumnFile> file;
    std::span<const uint64_t> numbers;
    std::span<const uint64_t> hashes;
    std::span<const uint64_t> versions;
    Bitmap dead;
    bool is_changed = false;
  };
  // What the list of changes is made of.
  struct Entry {
    uint64_t number = 0;
    uint64_t content_hash = 0;
    uint64_t version = 0;
  };
  explicit GenerationEdit(std::filesystem::path directory) : directory_(std::move(directory)) {}
  [[nodiscard]] Result<Segment> Read(SegmentInfo info) const;
  std::vector<Change> Changes();

  std::filesystem::path directory_;
  std::vector<Segment> segments_;
  std::vector<SegmentInfo> new_segments_;
  std::vector<Entry> removed_;
  std::vector<Entry> added_;
};

}  // namespace kyujin::index

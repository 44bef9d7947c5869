// IndexPublisher: the only writer of an index directory. It holds the directory's lock, hands out a
// fresh segment folder, and publishes a generation: manifest, then CURRENT by rename, each synced
// (FORMAT.md 2). A crash at any instant leaves the previous or the next generation.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/date.h"
#include "engine/base/result.h"
#include "engine/index/change_list.h"
#include "engine/index/manifest.h"
#include "engine/index/segment_writer.h"

namespace kyujin::index {

// The next generation, as a writer wants it. Thread rule: Thread-compatible.
struct GenerationDraft {
  std::vector<SegmentInfo> segments;  // in the order in which they are searched
  // All dead documents of each segment whose dead are other than before, by its name.
  std::map<std::string, Bitmap> dead;
  // Nothing: it is not known what changed, so the change feed begins anew after this generation.
  std::optional<std::vector<Change>> changes;
  std::string as_of;  // RFC 3339
  std::string analyzer_version;
};

// Confined to one thread.
class IndexPublisher {
 public:
  // Creates the directory if need be, takes its writer lock and removes what an interrupted writer
  // left behind. Errors: kUnavailable when another writer holds the lock (names its process),
  // kCorruption when CURRENT or the manifest it names cannot be read, kInternal for I/O.
  static Result<std::unique_ptr<IndexPublisher>> Open(const std::filesystem::path& directory);
  virtual ~IndexPublisher() = default;

  // The manifest that is live now; nothing before the first publish.
  [[nodiscard]] virtual const std::optional<Manifest>& live() const = 0;
  // The folder in which the next segment must be written; it does not exist yet.
  [[nodiscard]] virtual std::filesystem::path NextSegmentDirectory() const = 0;
  // Makes the draft live and returns its manifest. Files that the live generation does not have are
  // read back and verified first. Old generations that no reader holds are removed, the newest two
  // are kept; so are the newest lists of changes. Errors: kCorruption when a file is not what was
  // written, kInternal; whether or not it is live after an error is seen by opening the directory.
  virtual Result<Manifest> PublishDraft(GenerationDraft draft) = 0;

  // The same for segments that replace everything, when nobody asks what changed.
  Result<Manifest> Publish(std::vector<SegmentInfo> segments,
                           std::chrono::system_clock::time_point as_of,
                           const std::string& analyzer_version) {
    GenerationDraft draft;
    draft.segments = std::move(segments);
    draft.as_of = FormatTimeInJapan(as_of);
    draft.analyzer_version = analyzer_version;
    return PublishDraft(std::move(draft));
  }
};

}  // namespace kyujin::index

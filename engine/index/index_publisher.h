// IndexPublisher: the only writer of an index directory. It holds the directory's lock, hands out a
// fresh segment folder, and publishes a generation: manifest, then CURRENT by rename, each synced
// (FORMAT.md 2). A crash at any instant leaves the previous or the next generation.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "engine/base/result.h"
#include "engine/index/manifest.h"
#include "engine/index/segment_writer.h"

namespace kyujin::index {

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
  // Makes a generation of the given segments live and returns its manifest. Old generations that no
  // reader holds are removed, the newest two are kept.
  virtual Result<Manifest> Publish(std::vector<SegmentInfo> segments,
                                   std::chrono::system_clock::time_point as_of,
                                   const std::string& analyzer_version) = 0;
};

}  // namespace kyujin::index

// Manifest: what one generation of an index consists of (FORMAT.md 2). Written once, never changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/segment_writer.h"

namespace kyujin::index {

// Raised with every change of columns.bin, positions.bin, cards.bin or the terms of
// text.glass.
inline constexpr uint32_t kFormatVersion = 2;

struct Manifest {
  uint32_t format_version = kFormatVersion;
  std::string schema_version;    // hash of the field, column and condition tables
  std::string analyzer_version;  // text::AnalyzerModel::version()
  uint64_t index_id = 0;         // random, for the life of the directory
  uint64_t generation = 0;       // 1, 2, …
  std::string as_of;             // RFC 3339, the feed's time
  uint64_t documents = 0;
  bool verified = false;  // the writer has read every file back and compared its checksum
  std::vector<SegmentInfo> segments;
};

// Returns the JSON text of `manifest` with its own checksum as the last member.
std::string SerializeManifest(const Manifest& manifest);
// Errors: kCorruption when bytes, checksum or members are wrong. Any version can be parsed.
Result<Manifest> ParseManifest(std::string_view text);
// Errors: kUnavailable when this program cannot read what `manifest` names, with the command that
// rebuilds the index.
Status CheckCompatible(const Manifest& manifest, std::string_view analyzer_version);

// File names inside an index directory: manifest-00000042.json, seg-00000042.
std::string ManifestFileName(uint64_t generation);
std::string SegmentFolderName(uint64_t generation);

}  // namespace kyujin::index

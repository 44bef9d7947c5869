// Manifest: what one generation of an index consists of (FORMAT.md 2). Written once, never changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/segment_writer.h"

namespace kyujin::index {

// Raised with every change of a file's bytes or of the terms of text.glass.
inline constexpr uint32_t kFormatVersion = 7;

struct Manifest {
  uint32_t format_version = kFormatVersion;
  std::string schema_version;    // hash of the field, column and condition tables
  std::string analyzer_version;  // text::AnalyzerModel::version()
  uint64_t index_id = 0;         // random, for the life of the directory
  uint64_t generation = 0;       // 1, 2, …
  std::string as_of;             // RFC 3339, the feed's time
  uint64_t documents = 0;        // live ones, of all segments
  bool verified = false;         // the writer has read every file back and compared its checksum
  // What changed since the generation before is listed in a file of each generation; the oldest
  // list kept is that of `changes_from`, and there is none when that is generation + 1.
  uint64_t changes_from = 1;
  std::optional<FileEntry> changes{};  // this generation's list, in the index directory
  std::vector<SegmentInfo> segments;
};

// Returns the JSON text of `manifest` with its own checksum as the last member.
std::string SerializeManifest(const Manifest& manifest);
// Errors: kCorruption when bytes, checksum or members are wrong. Any version can be parsed.
Result<Manifest> ParseManifest(std::string_view text);
// Errors: kUnavailable when this program cannot read what `manifest` names, with the command that
// rebuilds the index.
Status CheckCompatible(const Manifest& manifest, std::string_view analyzer_version);

// File names inside an index directory: manifest-00000042.json, seg-00000042,
// changes-00000042.bin, tombstones-00000043-seg-00000042.bin.
std::string ManifestFileName(uint64_t generation);
std::string SegmentFolderName(uint64_t generation);
std::string ChangeFileName(uint64_t generation);
std::string TombstoneFileName(uint64_t generation, std::string_view segment);

}  // namespace kyujin::index

// ExpandInputs: from the paths of a command line to the files to read, each with its form. It looks
// at names, and at the first character of a file only when the name of a named file says nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "engine/base/byte_source.h"
#include "engine/base/result.h"

namespace kyujin::indexer {

enum class InputFormat : uint8_t { kTeikyoXml, kJsonLines };

struct InputFile {
  std::filesystem::path path;
  InputFormat format = InputFormat::kTeikyoXml;
  Compression compression = Compression::kNone;
  uint64_t size = 0;  // of the file itself
};

struct InputFiles {
  std::vector<InputFile> files;                // in order of the arguments, a folder's by path
  std::vector<std::filesystem::path> skipped;  // files of a folder that are no input by their name
};

// `.xml` is a feed page, `.jsonl`, `.ndjson` and `.json` are JSON Lines, each also with `.gz` or
// `.zst`. A folder is read with all below it. A path given twice is read once.
// Errors: kNotFound and kInvalidArgument naming the path: missing, neither file nor folder, or a
// named file that begins with neither `<` nor `{`; kInternal when a folder cannot be read.
Result<InputFiles> ExpandInputs(std::span<const std::filesystem::path> paths);

}  // namespace kyujin::indexer

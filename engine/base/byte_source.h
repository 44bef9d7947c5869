// ByteSource: the bytes of a file from start to end, decompressed on the way (plain, gzip, zstd).
// Memory is constant whatever the file's size. It knows nothing of what the bytes mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "engine/base/result.h"

namespace kyujin {

// Confined to one thread.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills the beginning of `buffer` and returns how many bytes it wrote; 0 only at the end.
  // Requires: `buffer` is not empty.
  // Errors: kCorruption when compressed data are broken or end early, naming file and byte (of the
  // file, not of the text); kInternal when the file cannot be read. Nothing can be read after one.
  virtual Result<size_t> Read(std::span<char> buffer) = 0;
  // Bytes of the file itself consumed so far.
  [[nodiscard]] virtual uint64_t file_position() const = 0;
};

enum class Compression : uint8_t { kNone, kGzip, kZstd };

// Opens `path`. Errors: kNotFound or kInternal naming the path and the reason.
Result<std::unique_ptr<ByteSource>> OpenByteSource(const std::filesystem::path& path,
                                                   Compression compression);

// Decompresses `compressed`; `name` is used in messages. Several members or frames may follow one
// another. A zstd window above 128 MiB is refused.
std::unique_ptr<ByteSource> MakeGzipSource(std::unique_ptr<ByteSource> compressed,
                                           std::string name);
std::unique_ptr<ByteSource> MakeZstdSource(std::unique_ptr<ByteSource> compressed,
                                           std::string name);

}  // namespace kyujin

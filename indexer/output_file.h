// OutputFile: a buffered file that is written once from start to end, and either kept under its
// final name when it is complete or gone without a trace.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kyujin::indexer {

// Appending is confined to one thread; ReadAt is thread-safe once Flush has been called and nothing
// is appended any more.
class OutputFile {
 public:
  // Creates or empties `path`. The file is removed again unless PublishAs succeeds.
  // Errors: kInternal naming path and reason, as for all methods (a full disk included).
  static Result<std::unique_ptr<OutputFile>> Create(const std::filesystem::path& path);
  // Creates a file in `folder` that has no name: it goes when the program goes.
  static Result<std::unique_ptr<OutputFile>> CreateUnlinked(const std::filesystem::path& folder);

  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  OutputFile(OutputFile&&) = delete;
  OutputFile& operator=(OutputFile&&) = delete;

  Status Append(std::string_view bytes);
  Status Flush();
  // Flushes, syncs and renames to `path`, which must be in the same folder.
  Status PublishAs(const std::filesystem::path& path);

  // Fills `buffer` with the bytes from `offset` on. Requires: they have been flushed.
  [[nodiscard]] Status ReadAt(uint64_t offset, std::span<char> buffer) const;

  // Bytes appended so far.
  [[nodiscard]] uint64_t size() const { return written_ + buffer_.size(); }

 private:
  OutputFile(int descriptor, std::filesystem::path path, bool has_name);
  [[nodiscard]] Error IoError(std::string_view action) const;

  int descriptor_;
  std::filesystem::path path_;
  bool has_name_;
  std::string buffer_;
  uint64_t written_ = 0;
};

}  // namespace kyujin::indexer

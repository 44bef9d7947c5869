// Files as the index needs them: written whole and synced, mapped read-only, replaced by rename.
// Every error names the path and what the system said.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/hash.h"
#include "engine/base/result.h"

namespace kyujin {

// A file that only this process reads, and the hash of what was written to it.
struct ScratchFile {
  std::filesystem::path path;
  uint64_t checksum = 0;
};

// A read-only view of a whole file. The bytes live as long as the object; the file must not be
// changed meanwhile. Thread rule: Immutable.
class MappedFile {
 public:
  // Errors: kNotFound, kInternal.
  static Result<std::shared_ptr<const MappedFile>> Open(const std::filesystem::path& path);
  // Reads it once. Errors: as above, and kCorruption when it is not what was written.
  static Result<std::shared_ptr<const MappedFile>> Open(const ScratchFile& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  MappedFile(MappedFile&&) = delete;
  MappedFile& operator=(MappedFile&&) = delete;

  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  MappedFile(std::filesystem::path path, std::string_view bytes)
      : path_(std::move(path)), bytes_(bytes) {}
  std::filesystem::path path_;
  std::string_view bytes_;
};

// Appends to a new file through a buffer, hashing on the way. Nothing counts until Finish has said
// yes. Thread rule: Confined to one thread.
class FileWriter {
 public:
  // Errors: kInternal when the file exists already or cannot be made.
  static Result<std::unique_ptr<FileWriter>> Create(const std::filesystem::path& path);
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;
  FileWriter(FileWriter&&) = delete;
  FileWriter& operator=(FileWriter&&) = delete;

  Status Append(std::string_view bytes);
  // Writes zero bytes up to a multiple of `alignment`.
  Status AlignTo(size_t alignment);
  // Flushes, syncs to disk and closes.
  Status Finish();
  // Flushes and closes without a sync, for what is worth nothing after this process. What a late
  // error of the disk takes shows when it is opened.
  Result<ScratchFile> FinishScratch();
  [[nodiscard]] uint64_t size() const { return size_; }
  // Checksum of everything appended.
  [[nodiscard]] uint64_t checksum() const { return hash_.Digest(); }

 private:
  FileWriter(std::filesystem::path path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}
  Status Flush();
  Status Close();
  Status WriteAll(std::string_view bytes);

  std::filesystem::path path_;
  int descriptor_;
  std::string buffer_;
  uint64_t size_ = 0;
  StreamHash64 hash_;
};

// Reads a whole file. Errors: kNotFound, kInternal, kResourceExhausted above `max_bytes`.
Result<std::string> ReadFile(const std::filesystem::path& path, uint64_t max_bytes = 64U << 20);

// Replaces `path` by `bytes` so that any reader at any instant sees the old or the new content,
// also after a crash: temporary file, sync, rename, sync of the folder.
Status ReplaceFile(const std::filesystem::path& path, std::string_view bytes);

// Syncs the file's content to disk. fsync errors are final: the caller must give the file up
// (R-ST3).
Status SyncFile(const std::filesystem::path& path);
// Makes creations, renames and removals inside `folder` durable.
Status SyncFolder(const std::filesystem::path& folder);

// Returns XXH3-64 of the file's bytes, read in blocks.
Result<uint64_t> ChecksumFile(const std::filesystem::path& path);

// An error of kind kInternal with path and errno's text.
Error SystemError(std::string_view what, const std::filesystem::path& path, int error_number);

}  // namespace kyujin

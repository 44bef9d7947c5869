// FileLock: an advisory lock on a file (flock), held as long as the object lives and released by
// the system when the process dies. Writers take the directory's lock file alone; readers share the
// manifest they read from.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "engine/base/result.h"

namespace kyujin::index {

// Thread rule: Thread-compatible.
class FileLock {
 public:
  enum class Mode { kShared, kExclusive };

  // Returns nothing when somebody else holds it; never waits. With `create`, makes the file if need
  // be. Errors: kNotFound, kInternal.
  static Result<std::unique_ptr<FileLock>> TryLock(const std::filesystem::path& path,
                                                   Mode mode,
                                                   bool create);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  FileLock(FileLock&&) = delete;
  FileLock& operator=(FileLock&&) = delete;

  // Replaces the file's content (the owner's name for whoever finds it locked).
  Status WriteOwner(std::string_view owner);

 private:
  FileLock(std::filesystem::path path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}
  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace kyujin::index

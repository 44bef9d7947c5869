#include "engine/index/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "engine/base/file.h"

namespace kyujin::index {

Result<std::unique_ptr<FileLock>> FileLock::TryLock(const std::filesystem::path& path,
                                                    Mode mode,
                                                    bool create) {
  const int flags = (create ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC;
  const int descriptor = ::open(path.c_str(), flags, 0644);
  if (descriptor < 0) {
    const int error_number = errno;
    Error error = SystemError("cannot open", path, error_number);
    error.code = error_number == ENOENT ? ErrorCode::kNotFound : error.code;
    return error;
  }
  if (::flock(descriptor, (mode == Mode::kShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    const int error_number = errno;
    ::close(descriptor);
    if (error_number == EWOULDBLOCK) {
      return std::unique_ptr<FileLock>();
    }
    return SystemError("cannot lock", path, error_number);
  }
  return std::unique_ptr<FileLock>(new FileLock(path, descriptor));
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

Status FileLock::WriteOwner(std::string_view owner) {
  if (::ftruncate(descriptor_, 0) != 0) {
    return SystemError("cannot write", path_, errno);
  }
  for (size_t at = 0; at < owner.size();) {
    const ssize_t written =
        ::pwrite(descriptor_, owner.data() + at, owner.size() - at, static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return SystemError("cannot write", path_, errno);
    }
    at += static_cast<size_t>(written);
  }
  return {};
}

}  // namespace kyujin::index

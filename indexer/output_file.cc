#include "indexer/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "engine/index/format.h"

namespace kyujin::indexer {
namespace {

constexpr size_t kBufferBytes = 1U << 18;
constexpr mode_t kFileMode = 0644;

Error LastError(const std::filesystem::path& path, std::string_view action) {
  const int reason = errno;
  return Internal(path.string() + ": cannot be " + std::string(action) + ": " +
                  std::generic_category().message(reason));
}

}  // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::Create(const std::filesystem::path& path) {
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kFileMode);
  if (descriptor < 0) {
    return LastError(path, "created");
  }
  return std::unique_ptr<OutputFile>(new OutputFile(descriptor, path, true));
}

Result<std::unique_ptr<OutputFile>> OutputFile::CreateUnlinked(
    const std::filesystem::path& folder) {
  std::string name = (folder / (std::string(index::kScratchPrefix) + "XXXXXX")).string();
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return LastError(name, "created");
  }
  ::unlink(name.c_str());
  return std::unique_ptr<OutputFile>(new OutputFile(descriptor, name, false));
}

OutputFile::OutputFile(int descriptor, std::filesystem::path path, bool has_name)
    : descriptor_(descriptor), path_(std::move(path)), has_name_(has_name) {}

OutputFile::~OutputFile() {
  ::close(descriptor_);
  if (has_name_) {
    ::unlink(path_.c_str());
  }
}

Status OutputFile::Append(std::string_view bytes) {
  buffer_.append(bytes);
  return buffer_.size() < kBufferBytes ? Status() : Flush();
}

Status OutputFile::Flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return IoError("written");
    }
    rest.remove_prefix(static_cast<size_t>(count));
    written_ += static_cast<uint64_t>(count);
  }
  buffer_.clear();
  return {};
}

Status OutputFile::PublishAs(const std::filesystem::path& path) {
  KYUJIN_RETURN_IF_ERROR(Flush());
  if (::fsync(descriptor_) != 0) {
    return IoError("written to disk");
  }
  if (::rename(path_.c_str(), path.c_str()) != 0) {
    return IoError("renamed to " + path.string());
  }
  has_name_ = false;
  return {};
}

Status OutputFile::ReadAt(uint64_t offset, std::span<char> buffer) const {
  while (!buffer.empty()) {
    const ssize_t count =
        ::pread(descriptor_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return IoError("read back");
    }
    if (count == 0) {
      return Internal(path_.string() + ": ends before byte " + std::to_string(offset));
    }
    buffer = buffer.subspan(static_cast<size_t>(count));
    offset += static_cast<uint64_t>(count);
  }
  return {};
}

Error OutputFile::IoError(std::string_view action) const {
  return LastError(path_, action);
}

}  // namespace kyujin::indexer

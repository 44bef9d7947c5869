#include "engine/base/byte_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace kyujin {
namespace {

class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  ~FileSource() override { ::close(descriptor_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  FileSource(FileSource&&) = delete;
  FileSource& operator=(FileSource&&) = delete;

  Result<size_t> Read(std::span<char> buffer) override {
    ssize_t count = 0;
    do {
      count = ::read(descriptor_, buffer.data(), buffer.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
      return Internal(name_ + ": cannot be read at byte " + std::to_string(position_) + ": " +
                      std::generic_category().message(errno));
    }
    position_ += static_cast<uint64_t>(count);
    return static_cast<size_t>(count);
  }
  [[nodiscard]] uint64_t file_position() const override { return position_; }

 private:
  int descriptor_;
  std::string name_;
  uint64_t position_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> OpenByteSource(const std::filesystem::path& path,
                                                   Compression compression) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const int reason = errno;
    return Error{reason == ENOENT ? ErrorCode::kNotFound : ErrorCode::kInternal,
                 path.string() + ": cannot be opened: " + std::generic_category().message(reason)};
  }
  // Only a hint: a file system that ignores it reads all the same.
  static_cast<void>(::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL));
  std::unique_ptr<ByteSource> file = std::make_unique<FileSource>(descriptor, path.string());
  switch (compression) {
    case Compression::kGzip:
      return MakeGzipSource(std::move(file), path.string());
    case Compression::kZstd:
      return MakeZstdSource(std::move(file), path.string());
    case Compression::kNone:
      break;
  }
  return file;
}

}  // namespace kyujin

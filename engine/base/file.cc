#include "engine/base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace kyujin {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 20;

// Closes a descriptor at the end of a scope; closing errors are caught by the sync before.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) {
      ::close(value_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

Error OpenError(const std::filesystem::path& path, int error_number) {
  Error error = SystemError("cannot open", path, error_number);
  if (error_number == ENOENT) {
    error.code = ErrorCode::kNotFound;
  }
  return error;
}

Status SyncPath(const std::filesystem::path& path, int flags) {
  const Descriptor file(::open(path.c_str(), flags | O_CLOEXEC));
  if (file.get() < 0) {
    return OpenError(path, errno);
  }
  if (::fsync(file.get()) != 0) {
    return SystemError("cannot sync", path, errno);
  }
  return {};
}

}  // namespace

Error SystemError(std::string_view what, const std::filesystem::path& path, int error_number) {
  return Internal(fmt::format("{} {}: {}",
                              what,
                              path.string(),
                              std::error_code(error_number, std::generic_category()).message()));
}

Result<std::shared_ptr<const MappedFile>> MappedFile::Open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    return OpenError(path, errno);
  }
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) {
    return SystemError("cannot stat", path, errno);
  }
  const auto size = static_cast<size_t>(info.st_size);
  std::string_view bytes;
  if (size > 0) {
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (address == MAP_FAILED) {
      return SystemError("cannot map", path, errno);
    }
    bytes = {static_cast<const char*>(address), size};
  }
  return std::shared_ptr<const MappedFile>(new MappedFile(path, bytes));
}

Result<std::shared_ptr<const MappedFile>> MappedFile::Open(const ScratchFile& file) {
  KYUJIN_ASSIGN_OR_RETURN(auto mapped, Open(file.path));
  if (Hash64(mapped->bytes()) != file.checksum) {
    return Corruption(file.path.string() + ": not as it was written");
  }
  return mapped;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) {
    ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  }
}

Result<std::unique_ptr<FileWriter>> FileWriter::Create(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    return SystemError("cannot create", path, errno);
  }
  return std::unique_ptr<FileWriter>(new FileWriter(path, descriptor));
}

FileWriter::~FileWriter() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

Status FileWriter::Append(std::string_view bytes) {
  hash_.Update(bytes);
  size_ += bytes.size();
  if (buffer_.size() + bytes.size() > kBufferBytes) {
    KYUJIN_RETURN_IF_ERROR(Flush());
    if (bytes.size() > kBufferBytes) {
      return WriteAll(bytes);
    }
  }
  buffer_.append(bytes);
  return {};
}

Status FileWriter::AlignTo(size_t alignment) {
  const size_t missing = (alignment - size_ % alignment) % alignment;
  return Append(std::string(missing, '\0'));
}

Status FileWriter::Flush() {
  KYUJIN_RETURN_IF_ERROR(WriteAll(buffer_));
  buffer_.clear();
  return {};
}

Status FileWriter::WriteAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return SystemError("cannot write", path_, errno);
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

Status FileWriter::Finish() {
  KYUJIN_RETURN_IF_ERROR(Flush());
  if (::fsync(descriptor_) != 0) {
    return SystemError("cannot sync", path_, errno);
  }
  return Close();
}

Result<ScratchFile> FileWriter::FinishScratch() {
  KYUJIN_RETURN_IF_ERROR(Flush());
  KYUJIN_RETURN_IF_ERROR(Close());
  return ScratchFile{path_, checksum()};
}

Status FileWriter::Close() {
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (::close(descriptor) != 0) {
    return SystemError("cannot close", path_, errno);
  }
  return {};
}

Result<std::string> ReadFile(const std::filesystem::path& path, uint64_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    return OpenError(path, errno);
  }
  std::string content;
  std::array<char, 65536> block{};
  while (true) {
    const ssize_t read = ::read(file.get(), block.data(), block.size());
    if (read < 0 && errno == EINTR) {
      continue;
    }
    if (read < 0) {
      return SystemError("cannot read", path, errno);
    }
    if (read == 0) {
      return content;
    }
    content.append(block.data(), static_cast<size_t>(read));
    if (content.size() > max_bytes) {
      return ResourceExhausted(fmt::format("{} is larger than {} bytes", path.string(), max_bytes));
    }
  }
}

namespace {

Status WriteNewFile(const std::filesystem::path& path, std::string_view bytes) {
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<FileWriter> writer, FileWriter::Create(path));
  KYUJIN_RETURN_IF_ERROR(writer->Append(bytes));
  return writer->Finish();
}

}  // namespace

Status ReplaceFile(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path temporary = path;
  temporary += ".tmp";
  if (::unlink(temporary.c_str()) != 0 && errno != ENOENT) {
    return SystemError("cannot remove", temporary, errno);
  }
  if (Status written = WriteNewFile(temporary, bytes); !written.has_value()) {
    ::unlink(temporary.c_str());
    return written;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const Error error = SystemError("cannot rename to", path, errno);
    ::unlink(temporary.c_str());
    return error;
  }
  return SyncFolder(path.parent_path());
}

Status SyncFile(const std::filesystem::path& path) {
  return SyncPath(path, O_RDONLY);
}

Status SyncFolder(const std::filesystem::path& folder) {
  return SyncPath(folder.empty() ? std::filesystem::path(".") : folder, O_RDONLY | O_DIRECTORY);
}

Result<uint64_t> ChecksumFile(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    return OpenError(path, errno);
  }
  StreamHash64 hash;
  std::string block(kBufferBytes, '\0');
  while (true) {
    const ssize_t read = ::read(file.get(), block.data(), block.size());
    if (read < 0 && errno == EINTR) {
      continue;
    }
    if (read < 0) {
      return SystemError("cannot read", path, errno);
    }
    if (read == 0) {
      return hash.Digest();
    }
    hash.Update(std::string_view(block).substr(0, static_cast<size_t>(read)));
  }
}

}  // namespace kyujin

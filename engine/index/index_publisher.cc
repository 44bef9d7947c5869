#include "engine/index/index_publisher.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <random>
#include <set>
#include <system_error>

#include "engine/base/date.h"
#include "engine/base/file.h"
#include "engine/index/file_lock.h"
#include "engine/index/format.h"
#include "engine/schema/schema_version.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;

constexpr size_t kKeptGenerations = 2;

// The generation that a manifest's file name states, or nothing for other names.
std::optional<uint64_t> GenerationOf(const fs::path& file) {
  const std::string name = file.filename().string();
  uint64_t generation = 0;
  constexpr std::string_view kPrefix = "manifest-";
  if (!name.starts_with(kPrefix)) {
    return std::nullopt;
  }
  std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), generation);
  return name == ManifestFileName(generation) ? std::optional(generation) : std::nullopt;
}

class DirectoryPublisher final : public IndexPublisher {
 public:
  explicit DirectoryPublisher(fs::path directory) : directory_(std::move(directory)) {}

  Status Open() {
    std::error_code error;
    fs::create_directories(directory_, error);
    if (error) {
      return SystemError("cannot create", directory_, error.value());
    }
    KYUJIN_RETURN_IF_ERROR(TakeLock());
    KYUJIN_RETURN_IF_ERROR(ReadLive());
    return RemoveDead();
  }

  [[nodiscard]] const std::optional<Manifest>& live() const override { return live_; }

  [[nodiscard]] fs::path NextSegmentDirectory() const override {
    return directory_ / SegmentFolderName(NextGeneration());
  }

  Result<Manifest> Publish(std::vector<SegmentInfo> segments,
                           std::chrono::system_clock::time_point as_of,
                           const std::string& analyzer_version) override {
    Manifest manifest;
    manifest.schema_version = schema::SchemaVersion();
    manifest.analyzer_version = analyzer_version;
    manifest.index_id = live_ ? live_->index_id : NewIndexId();
    manifest.generation = NextGeneration();
    manifest.as_of = FormatTimeInJapan(as_of);
    for (const SegmentInfo& segment : segments) {
      KYUJIN_RETURN_IF_ERROR(VerifyFiles(segment));
      manifest.documents += segment.documents;
    }
    manifest.verified = true;
    manifest.segments = std::move(segments);
    KYUJIN_RETURN_IF_ERROR(SyncFolder(directory_));
    const std::string name = ManifestFileName(manifest.generation);
    KYUJIN_RETURN_IF_ERROR(ReplaceFile(directory_ / name, SerializeManifest(manifest)));
    KYUJIN_RETURN_IF_ERROR(ReplaceFile(directory_ / kCurrentFile, name + "\n"));
    live_ = manifest;
    KYUJIN_RETURN_IF_ERROR(RemoveDead());
    return manifest;
  }

 private:
  [[nodiscard]] uint64_t NextGeneration() const { return live_ ? live_->generation + 1 : 1; }

  static uint64_t NewIndexId() {
    std::random_device source;
    return uint64_t{source()} << 32 | source();
  }

  Status TakeLock() {
    const fs::path path = directory_ / kLockFile;
    KYUJIN_ASSIGN_OR_RETURN(lock_, FileLock::TryLock(path, FileLock::Mode::kExclusive, true));
    if (lock_ == nullptr) {
      const Result<std::string> owner = ReadFile(path);
      return Unavailable(fmt::format("{} is being written by {}; wait for it to end",
                                     directory_.string(),
                                     owner.has_value() ? *owner : "another process"));
    }
    return lock_->WriteOwner(fmt::format("process {}", ::getpid()));
  }

  Status ReadLive() {
    const Result<std::string> current = ReadFile(directory_ / kCurrentFile);
    if (!current.has_value()) {
      return current.error().code == ErrorCode::kNotFound ? RestoreCurrent()
                                                          : Status(current.error());
    }
    const std::string name = current->substr(0, current->find('\n'));
    const Result<std::string> text = ReadFile(directory_ / fs::path(name).filename());
    const Result<Manifest> manifest =
        text.has_value() ? ParseManifest(*text) : Result<Manifest>(text.error());
    if (!manifest.has_value()) {
      Error error = manifest.error();
      error.code = error.code == ErrorCode::kNotFound ? ErrorCode::kCorruption : error.code;
      return WithContext(
          fmt::format(
              "{}: the live generation cannot be read; move the directory away and build afresh",
              (directory_ / name).string()),
          std::move(error));
    }
    live_ = *manifest;
    return {};
  }

  // Without CURRENT, the newest manifest whose files are all there is taken up again: it was synced
  // to disk with everything it names before CURRENT was to be written, or CURRENT was lost. Without
  // it nothing was published.
  Status RestoreCurrent() {
    for (const uint64_t generation : Generations()) {
      const std::string name = ManifestFileName(generation);
      const Result<std::string> text = ReadFile(directory_ / name);
      const Result<Manifest> manifest =
          text.has_value() ? ParseManifest(*text) : Result<Manifest>(text.error());
      if (manifest.has_value() && manifest->verified && HasFiles(*manifest)) {
        live_ = *manifest;
        return ReplaceFile(directory_ / kCurrentFile, name + "\n");
      }
    }
    return {};
  }

  [[nodiscard]] bool HasFiles(const Manifest& manifest) const {
    for (const SegmentInfo& segment : manifest.segments) {
      for (const FileEntry& file : segment.files) {
        std::error_code error;
        if (fs::file_size(directory_ / segment.name / file.name, error) != file.size || error) {
          return false;
        }
      }
    }
    return true;
  }

  // The generations that have a manifest, newest first.
  [[nodiscard]] std::vector<uint64_t> Generations() const {
    std::vector<uint64_t> generations;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory_, error)) {
      if (const auto generation = GenerationOf(entry.path())) {
        generations.push_back(*generation);
      }
    }
    std::sort(generations.rbegin(), generations.rend());
    return generations;
  }

  [[nodiscard]] Status VerifyFiles(const SegmentInfo& segment) const {
    for (const FileEntry& file : segment.files) {
      const fs::path path = directory_ / segment.name / file.name;
      KYUJIN_ASSIGN_OR_RETURN(const uint64_t checksum, ChecksumFile(path));
      std::error_code error;
      if (checksum != file.checksum || fs::file_size(path, error) != file.size || error) {
        return Corruption(
            fmt::format("{}: what was read back is not what was written", path.string()));
      }
    }
    return {};
  }

  // Removes manifests that are neither kept nor held by a reader, then every segment that no
  // manifest names. A manifest newer than CURRENT was never published.
  Status RemoveDead() {
    const std::vector<uint64_t> generations = Generations();
    std::error_code error;
    std::set<std::string> used;
    size_t kept = 0;
    for (const uint64_t generation : generations) {
      const bool published = live_ && generation <= live_->generation;
      if (published && (kept < kKeptGenerations || !RemoveManifest(generation))) {
        ++kept;
        KYUJIN_RETURN_IF_ERROR(AddSegments(generation, &used));
      } else if (!published) {
        fs::remove(directory_ / ManifestFileName(generation), error);
      }
    }
    return RemoveUnused(used);
  }

  // Returns false when a reader still holds the manifest.
  [[nodiscard]] bool RemoveManifest(uint64_t generation) const {
    const fs::path path = directory_ / ManifestFileName(generation);
    const auto lock = FileLock::TryLock(path, FileLock::Mode::kExclusive, false);
    if (!lock.has_value() || *lock == nullptr) {
      return false;
    }
    std::error_code error;
    return fs::remove(path, error);
  }

  Status AddSegments(uint64_t generation, std::set<std::string>* used) const {
    if (live_ && generation == live_->generation) {
      for (const SegmentInfo& segment : live_->segments) {
        used->insert(segment.name);
      }
      return {};
    }
    KYUJIN_ASSIGN_OR_RETURN(const std::string text,
                            ReadFile(directory_ / ManifestFileName(generation)));
    const Result<Manifest> manifest = ParseManifest(text);
    // A broken old manifest keeps nothing alive but must not stop a new generation either.
    if (manifest.has_value()) {
      for (const SegmentInfo& segment : manifest->segments) {
        used->insert(segment.name);
      }
    }
    return {};
  }

  [[nodiscard]] Status RemoveUnused(const std::set<std::string>& used) const {
    std::vector<fs::path> dead;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory_, error)) {
      const std::string name = entry.path().filename().string();
      const bool ours = name.starts_with("manifest-") || name.starts_with(kCurrentFile);
      if ((name.starts_with("seg-") && !used.contains(name)) || (ours && name.ends_with(".tmp"))) {
        dead.push_back(entry.path());
      }
    }
    for (const fs::path& path : dead) {
      fs::remove_all(path, error);
      if (error) {
        return SystemError("cannot remove", path, error.value());
      }
    }
    return {};
  }

  fs::path directory_;
  std::unique_ptr<FileLock> lock_;
  std::optional<Manifest> live_;
};

}  // namespace

Result<std::unique_ptr<IndexPublisher>> IndexPublisher::Open(const fs::path& directory) {
  auto publisher = std::make_unique<DirectoryPublisher>(directory);
  KYUJIN_RETURN_IF_ERROR(publisher->Open());
  return std::unique_ptr<IndexPublisher>(std::move(publisher));
}

}  // namespace kyujin::index

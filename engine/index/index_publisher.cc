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
#include "engine/index/tombstones.h"
#include "engine/schema/schema_version.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;

constexpr size_t kKeptGenerations = 2;
constexpr uint64_t kKeptChangeLists = 2'000;
constexpr uint64_t kKeptChangeBytes = uint64_t{256} << 20;

// The generation that the name of a manifest or of a list of changes states, or nothing for other
// names.
std::optional<uint64_t> GenerationOf(const std::string& name,
                                     std::string_view prefix,
                                     std::string (*file_name)(uint64_t)) {
  uint64_t generation = 0;
  if (!name.starts_with(prefix)) {
    return std::nullopt;
  }
  std::from_chars(name.data() + prefix.size(), name.data() + name.size(), generation);
  return name == file_name(generation) ? std::optional(generation) : std::nullopt;
}

// The day that an RFC 3339 time of Japan begins with.
Date DateOf(const std::string& as_of) {
  constexpr size_t kDateChars = 10;
  const auto date = Date::Parse(std::string_view(as_of).substr(0, kDateChars));
  return date.has_value() ? *date : Date();
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

  Result<Manifest> PublishDraft(GenerationDraft draft) override {
    Manifest manifest;
    manifest.schema_version = schema::SchemaVersion();
    manifest.analyzer_version = std::move(draft.analyzer_version);
    manifest.index_id = live_ ? live_->index_id : NewIndexId();
    manifest.generation = NextGeneration();
    manifest.as_of = std::move(draft.as_of);
    manifest.segments = std::move(draft.segments);
    for (const SegmentInfo& segment : manifest.segments) {
      KYUJIN_RETURN_IF_ERROR(IsLive(segment) ? Status() : VerifySegment(segment));
    }
    KYUJIN_RETURN_IF_ERROR(WriteDead(draft.dead, &manifest));
    KYUJIN_RETURN_IF_ERROR(WriteChanges(std::move(draft.changes), &manifest));
    for (const SegmentInfo& segment : manifest.segments) {
      manifest.documents += segment.documents - segment.dead;
    }
    manifest.verified = true;
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

  [[nodiscard]] bool HasFile(const fs::path& folder, const FileEntry& file) const {
    std::error_code error;
    return fs::file_size(folder / file.name, error) == file.size && !error;
  }

  [[nodiscard]] bool HasFiles(const Manifest& manifest) const {
    for (const SegmentInfo& segment : manifest.segments) {
      for (const FileEntry& file : segment.files) {
        if (!HasFile(directory_ / segment.name, file)) {
          return false;
        }
      }
      if (segment.tombstones && !HasFile(directory_, *segment.tombstones)) {
        return false;
      }
    }
    return true;
  }

  // The generations that have a manifest, newest first.
  [[nodiscard]] std::vector<uint64_t> Generations() const {
    std::vector<uint64_t> generations;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory_, error)) {
      if (const auto generation =
              GenerationOf(entry.path().filename().string(), "manifest-", &ManifestFileName)) {
        generations.push_back(*generation);
      }
    }
    std::sort(generations.rbegin(), generations.rend());
    return generations;
  }

  // Whether the live generation has the segment, whose files were verified then.
  [[nodiscard]] bool IsLive(const SegmentInfo& segment) const {
    return live_ && live_->verified &&
           std::any_of(
               live_->segments.begin(), live_->segments.end(), [&](const SegmentInfo& other) {
                 return other.name == segment.name && other.files == segment.files;
               });
  }

  [[nodiscard]] static Status VerifyFile(const fs::path& path, const FileEntry& file) {
    KYUJIN_ASSIGN_OR_RETURN(const uint64_t checksum, ChecksumFile(path));
    std::error_code error;
    if (checksum != file.checksum || fs::file_size(path, error) != file.size || error) {
      return Corruption(
          fmt::format("{}: what was read back is not what was written", path.string()));
    }
    return {};
  }

  [[nodiscard]] Status VerifySegment(const SegmentInfo& segment) const {
    for (const FileEntry& file : segment.files) {
      KYUJIN_RETURN_IF_ERROR(VerifyFile(directory_ / segment.name / file.name, file));
    }
    return {};
  }

  // A name of the generation to come is nobody's yet, but an attempt before this may have left it.
  [[nodiscard]] Result<fs::path> FreePath(const std::string& name) const {
    std::error_code error;
    fs::remove(directory_ / name, error);
    if (error) {
      return SystemError("cannot remove", directory_ / name, error.value());
    }
    return directory_ / name;
  }

  [[nodiscard]] Status WriteDead(const std::map<std::string, Bitmap>& dead,
                                 Manifest* manifest) const {
    for (SegmentInfo& segment : manifest->segments) {
      const auto found = dead.find(segment.name);
      if (found == dead.end()) {
        continue;
      }
      FileEntry entry{TombstoneFileName(manifest->generation, segment.name)};
      KYUJIN_ASSIGN_OR_RETURN(const fs::path path, FreePath(entry.name));
      KYUJIN_ASSIGN_OR_RETURN(const WrittenFile written, WriteTombstones(path, found->second));
      entry.size = written.size;
      entry.checksum = written.checksum;
      KYUJIN_RETURN_IF_ERROR(VerifyFile(path, entry));
      segment.dead = static_cast<uint32_t>(found->second.Count());
      segment.tombstones = std::move(entry);
    }
    return {};
  }

  // Writes the list of changes and says which lists are kept: the newest, bounded in number and in
  // bytes.
  [[nodiscard]] Status WriteChanges(std::optional<std::vector<Change>> changes,
                                    Manifest* manifest) const {
    manifest->changes_from = manifest->generation + 1;
    if (!live_ || !changes) {
      return {};
    }
    FileEntry entry{ChangeFileName(manifest->generation)};
    KYUJIN_ASSIGN_OR_RETURN(const fs::path path, FreePath(entry.name));
    KYUJIN_ASSIGN_OR_RETURN(const WrittenFile written,
                            WriteChangeList(path,
                                            {.index_id = manifest->index_id,
                                             .generation = manifest->generation,
                                             .date = DateOf(manifest->as_of),
                                             .changes = std::move(*changes)}));
    entry.size = written.size;
    entry.checksum = written.checksum;
    KYUJIN_RETURN_IF_ERROR(VerifyFile(path, entry));
    uint64_t bytes = entry.size;
    manifest->changes = std::move(entry);
    manifest->changes_from = manifest->generation;
    while (manifest->changes_from > live_->changes_from &&
           manifest->generation - manifest->changes_from + 1 < kKeptChangeLists) {
      std::error_code error;
      bytes += fs::file_size(directory_ / ChangeFileName(manifest->changes_from - 1), error);
      if (error || bytes > kKeptChangeBytes) {
        break;
      }
      --manifest->changes_from;
    }
    return {};
  }

  // Removes manifests that are neither kept nor held by a reader, then everything that no manifest
  // names. A manifest newer than CURRENT was never published.
  Status RemoveDead() {
    const std::vector<uint64_t> generations = Generations();
    std::error_code error;
    std::set<std::string> used;
    size_t kept = 0;
    for (const uint64_t generation : generations) {
      const bool published = live_ && generation <= live_->generation;
      if (published && (kept < kKeptGenerations || !RemoveManifest(generation))) {
        ++kept;
        KYUJIN_RETURN_IF_ERROR(AddUsed(generation, &used));
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

  // Adds what a kept generation names to `used`.
  Status AddUsed(uint64_t generation, std::set<std::string>* used) const {
    if (live_ && generation == live_->generation) {
      AddNames(*live_, used);
      return {};
    }
    KYUJIN_ASSIGN_OR_RETURN(const std::string text,
                            ReadFile(directory_ / ManifestFileName(generation)));
    const Result<Manifest> manifest = ParseManifest(text);
    // A broken old manifest keeps nothing alive but must not stop a new generation either.
    if (manifest.has_value()) {
      AddNames(*manifest, used);
    }
    return {};
  }

  static void AddNames(const Manifest& manifest, std::set<std::string>* used) {
    for (const SegmentInfo& segment : manifest.segments) {
      used->insert(segment.name);
      if (segment.tombstones) {
        used->insert(segment.tombstones->name);
      }
    }
  }

  // Lists of changes are kept longer than the generations that they belong to.
  [[nodiscard]] bool IsKeptChangeList(const std::string& name) const {
    const auto generation = GenerationOf(name, "changes-", &ChangeFileName);
    return live_ && generation && *generation >= live_->changes_from &&
           *generation <= live_->generation;
  }

  [[nodiscard]] Status RemoveUnused(const std::set<std::string>& used) const {
    std::vector<fs::path> dead;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory_, error)) {
      const std::string name = entry.path().filename().string();
      const bool ours = name.starts_with("manifest-") || name.starts_with(kCurrentFile);
      const bool counted = name.starts_with("seg-") || name.starts_with("tombstones-");
      if ((counted && !used.contains(name)) || (ours && name.ends_with(".tmp")) ||
          (name.starts_with("changes-") && !IsKeptChangeList(name)) ||
          name.starts_with(kScratchPrefix)) {
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

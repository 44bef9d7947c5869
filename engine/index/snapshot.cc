#include "engine/index/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "engine/base/coding.h"
#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/index/card_codec.h"
#include "engine/index/format.h"
#include "engine/index/hit_reader.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;

// A generation can vanish between reading CURRENT and opening it; twice in a row means two
// publishes in a moment.
constexpr int kOpenAttempts = 10;

Status CheckSize(const fs::path& path, uint64_t expected) {
  std::error_code error;
  const uint64_t size = fs::file_size(path, error);
  if (error) {
    return error == std::errc::no_such_file_or_directory
               ? NotFound(path.string() + " is missing")
               : SystemError("cannot stat", path, error.value());
  }
  if (size != expected) {
    return Corruption(fmt::format("{} has {} bytes instead of {}", path.string(), size, expected));
  }
  return {};
}

uint64_t KeyOf(const SegmentInfo& info) {
  std::string bytes;
  for (const FileEntry& file : info.files) {
    AppendBytes(&bytes, file.name);
    AppendFixed(&bytes, file.size);
    AppendFixed(&bytes, file.checksum);
  }
  return Hash64(bytes);
}

}  // namespace

Result<std::shared_ptr<const Segment>> Segment::Open(const fs::path& folder,
                                                     const SegmentInfo& info) {
  for (const FileEntry& file : info.files) {
    KYUJIN_RETURN_IF_ERROR(CheckSize(folder / file.name, file.size));
  }
  std::shared_ptr<Segment> segment(new Segment());
  KYUJIN_ASSIGN_OR_RETURN(segment->columns_, SegmentColumns::Open(folder / kColumnFile));
  KYUJIN_ASSIGN_OR_RETURN(segment->cards_, CardFile::Open(folder / kCardFile, kCardShape));
  KYUJIN_ASSIGN_OR_RETURN(segment->hits_, CardFile::Open(folder / kHitFile, kHitShape));
  segment->text_path_ = folder / kTextFile;
  segment->key_ = KeyOf(info);
  if (segment->columns_->documents() != info.documents ||
      segment->cards_->documents() != info.documents ||
      segment->hits_->documents() != info.documents) {
    return Corruption(fmt::format("{}: columns, cards, hits and manifest count different documents",
                                  folder.string()));
  }
  return std::shared_ptr<const Segment>(std::move(segment));
}

Result<schema::JobPosting> Segment::ReadPosting(DocId doc) const {
  KYUJIN_ASSIGN_OR_RETURN(const std::string hit, hits_->Read(doc));
  KYUJIN_ASSIGN_OR_RETURN(const std::string card, cards_->Read(doc));
  return DecodePosting(hit, card);
}

Result<std::string> ReadCurrent(const fs::path& directory) {
  KYUJIN_ASSIGN_OR_RETURN(const std::string current, ReadFile(directory / kCurrentFile));
  return current.substr(0, current.find('\n'));
}

Result<std::shared_ptr<const Snapshot>> Snapshot::Open(const fs::path& directory,
                                                       std::string_view analyzer_version,
                                                       const Snapshot* previous) {
  Error last;
  for (int attempt = 0; attempt < kOpenAttempts; ++attempt) {
    const Result<std::string> name = ReadCurrent(directory);
    if (!name.has_value()) {
      return name.error().code == ErrorCode::kNotFound
                 ? NotFound(fmt::format(
                       "no index in {}; make one: kyujin-index build --input FEED --index {}",
                       directory.string(),
                       directory.string()))
                 : name.error();
    }
    auto snapshot = OpenGeneration(directory, *name, analyzer_version, previous);
    if (snapshot.has_value() || snapshot.error().code != ErrorCode::kNotFound) {
      return snapshot;
    }
    last = snapshot.error();  // the writer is removing it; CURRENT names a newer one by now
  }
  return Corruption("the live generation is incomplete: " + last.message);
}

Result<std::shared_ptr<const Snapshot>> Snapshot::OpenOlder(const fs::path& directory,
                                                            std::string_view analyzer_version) {
  const Result<std::string> current = ReadCurrent(directory);
  const bool is_named = current.has_value() && current->starts_with("manifest-");
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    // What is newer than CURRENT was never published. Names of a generation sort by it up to
    // 99,999,999.
    if (name.starts_with("manifest-") && name.ends_with(".json") &&
        (!is_named || name <= *current)) {
      names.push_back(name);
    }
  }
  std::sort(names.rbegin(), names.rend());
  for (const std::string& name : names) {
    auto snapshot = OpenGeneration(directory, name, analyzer_version, nullptr);
    if (snapshot.has_value()) {
      return snapshot;
    }
  }
  return NotFound("no generation of " + directory.string() + " can be opened");
}

Result<std::shared_ptr<const Snapshot>> Snapshot::OpenGeneration(const fs::path& directory,
                                                                 std::string_view name,
                                                                 std::string_view analyzer_version,
                                                                 const Snapshot* previous) {
  const fs::path path = directory / fs::path(name).filename();
  std::shared_ptr<Snapshot> snapshot(new Snapshot());
  KYUJIN_ASSIGN_OR_RETURN(snapshot->lock_, FileLock::TryLock(path, FileLock::Mode::kShared, false));
  if (snapshot->lock_ == nullptr) {
    return NotFound(path.string() + " is being removed");
  }
  KYUJIN_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  auto manifest = ParseManifest(text);
  if (!manifest.has_value()) {
    return WithContext(path.string(), manifest.error());
  }
  if (auto status = CheckCompatible(*manifest, analyzer_version); !status.has_value()) {
    return WithContext(directory.string(), status.error());
  }
  if (!manifest->verified) {
    return Corruption(path.string() + " was never verified by the indexer");
  }
  snapshot->directory_ = directory;
  snapshot->manifest_ = std::move(*manifest);
  const bool is_same_index =
      previous != nullptr && previous->index_id() == snapshot->manifest_.index_id;
  for (const SegmentInfo& info : snapshot->manifest_.segments) {
    KYUJIN_RETURN_IF_ERROR(snapshot->OpenSegment(info, is_same_index ? previous : nullptr));
  }
  return std::shared_ptr<const Snapshot>(std::move(snapshot));
}

Status Snapshot::OpenSegment(const SegmentInfo& info, const Snapshot* previous) {
  std::shared_ptr<const Segment> segment = previous == nullptr ? nullptr : previous->Has(info);
  if (segment == nullptr) {
    KYUJIN_ASSIGN_OR_RETURN(segment, Segment::Open(directory_ / info.name, info));
  }
  std::shared_ptr<const Tombstones> tombstones;
  if (info.tombstones) {
    const fs::path path = directory_ / info.tombstones->name;
    KYUJIN_RETURN_IF_ERROR(CheckSize(path, info.tombstones->size));
    KYUJIN_ASSIGN_OR_RETURN(tombstones, Tombstones::Read(path, info.documents));
    if (tombstones->count() != info.dead) {
      return Corruption(path.string() + " and the manifest count different dead");
    }
  }
  segments_.push_back(std::move(segment));
  tombstones_.push_back(std::move(tombstones));
  return {};
}

std::shared_ptr<const Segment> Snapshot::Has(const SegmentInfo& info) const {
  for (size_t i = 0; i < segments_.size(); ++i) {
    const SegmentInfo& own = manifest_.segments[i];
    if (own.name == info.name && own.documents == info.documents && own.files == info.files) {
      return segments_[i];
    }
  }
  return nullptr;
}

std::optional<DocumentAddress> Snapshot::Find(schema::PostingNumber number) const {
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    const auto doc = segments_[i]->columns().Find(number.value());
    if (doc && (tombstones_[i] == nullptr || !tombstones_[i]->IsDead(*doc))) {
      return DocumentAddress{i, *doc};
    }
  }
  return std::nullopt;
}

Result<schema::JobPosting> Snapshot::ReadPosting(DocumentAddress address) const {
  return segments_.at(address.segment)->ReadPosting(address.doc);
}

Result<schema::JobPosting> Snapshot::ReadHit(DocumentAddress address) const {
  return index::ReadHit(*segments_.at(address.segment), address.doc);
}

std::shared_ptr<const Snapshot> SnapshotHolder::Get() const {
  const MutexLock lock(mutex_);
  return snapshot_;
}

void SnapshotHolder::Set(std::shared_ptr<const Snapshot> snapshot) {
  // The old snapshot, perhaps the last pointer to it, is let go outside the lock.
  const MutexLock lock(mutex_);
  snapshot_.swap(snapshot);
}

}  // namespace kyujin::index

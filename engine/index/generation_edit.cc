#include "engine/index/generation_edit.h"

#include <algorithm>
#include <utility>

#include "engine/index/format.h"
#include "engine/index/tombstones.h"

namespace kyujin::index {

Result<GenerationEdit::Segment> GenerationEdit::Read(SegmentInfo info) const {
  Segment segment;
  KYUJIN_ASSIGN_OR_RETURN(segment.file, ColumnFile::Open(directory_ / info.name / kColumnFile));
  const size_t documents = segment.file->documents();
  if (documents != info.documents) {
    return Corruption((directory_ / info.name).string() +
                      ": columns and manifest count different documents");
  }
  KYUJIN_ASSIGN_OR_RETURN(segment.numbers, segment.file->Values<uint64_t>("number", documents));
  KYUJIN_ASSIGN_OR_RETURN(segment.hashes,
                          segment.file->Values<uint64_t>("content_hash", documents));
  KYUJIN_ASSIGN_OR_RETURN(segment.versions, segment.file->Values<uint64_t>("version", documents));
  segment.dead = Bitmap(documents);
  if (info.tombstones) {
    KYUJIN_ASSIGN_OR_RETURN(const auto tombstones,
                            Tombstones::Read(directory_ / info.tombstones->name, info.documents));
    segment.dead = Bitmap(documents, tombstones->dead());
  }
  segment.info = std::move(info);
  return segment;
}

Result<std::unique_ptr<GenerationEdit>> GenerationEdit::Open(const std::filesystem::path& directory,
                                                             const Manifest& live) {
  std::unique_ptr<GenerationEdit> edit(new GenerationEdit(directory));
  for (const SegmentInfo& info : live.segments) {
    KYUJIN_ASSIGN_OR_RETURN(Segment segment, edit->Read(info));
    edit->segments_.push_back(std::move(segment));
  }
  return edit;
}

uint64_t GenerationEdit::documents() const {
  uint64_t documents = 0;
  for (const Segment& segment : segments_) {
    documents += segment.numbers.size() - segment.dead.Count();
  }
  return documents;
}

std::optional<LiveDocument> GenerationEdit::Find(uint64_t number) const {
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    const auto& numbers = segments_[i].numbers;
    const auto found = std::lower_bound(numbers.begin(), numbers.end(), number);
    const auto doc = static_cast<DocId>(found - numbers.begin());
    if (found != numbers.end() && *found == number && !segments_[i].dead.Test(doc)) {
      return LiveDocument{i, doc, number, segments_[i].hashes[doc]};
    }
  }
  return std::nullopt;
}

void GenerationEdit::Remove(const LiveDocument& document) {
  Segment& segment = segments_.at(document.segment);
  KYUJIN_CHECK(!segment.dead.Test(document.doc));
  segment.dead.Set(document.doc);
  segment.is_changed = true;
  removed_.push_back({document.number, document.content_hash, segment.versions[document.doc]});
}

Status GenerationEdit::Add(SegmentInfo info) {
  if (info.documents == 0) {
    return {};
  }
  KYUJIN_ASSIGN_OR_RETURN(const Segment segment, Read(info));
  for (DocId doc = 0; doc < segment.numbers.size(); ++doc) {
    added_.push_back({segment.numbers[doc], segment.hashes[doc], segment.versions[doc]});
  }
  new_segments_.push_back(std::move(info));
  return {};
}

void GenerationEdit::Replace(const std::vector<uint32_t>& places, SegmentInfo merged) {
  KYUJIN_CHECK(is_unchanged());
  for (size_t i = segments_.size(); i-- > 0;) {
    if (std::find(places.begin(), places.end(), i) != places.end()) {
      segments_.erase(segments_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  if (merged.documents > 0) {
    new_segments_.push_back(std::move(merged));
  }
}

std::vector<Change> GenerationEdit::Changes() {
  const auto by_number = [](const Entry& a, const Entry& b) { return a.number < b.number; };
  std::sort(removed_.begin(), removed_.end(), by_number);
  std::sort(added_.begin(), added_.end(), by_number);
  std::vector<Change> changes;
  auto old = removed_.begin();
  for (const Entry& entry : added_) {
    for (; old != removed_.end() && old->number < entry.number; ++old) {
      changes.push_back({old->number, old->version, ChangeOp::kRemoved});
    }
    if (old == removed_.end() || old->number != entry.number) {
      changes.push_back({entry.number, entry.version, ChangeOp::kAdded});
      continue;
    }
    if (old->content_hash != entry.content_hash) {
      changes.push_back(
          {entry.number,
           entry.version,
           old->version == entry.version ? ChangeOp::kRewritten : ChangeOp::kUpdated});
    }
    ++old;
  }
  for (; old != removed_.end(); ++old) {
    changes.push_back({old->number, old->version, ChangeOp::kRemoved});
  }
  return changes;
}

GenerationDraft GenerationEdit::Finish() {
  GenerationDraft draft;
  draft.changes = Changes();
  for (Segment& segment : segments_) {
    if (!segment.is_changed) {
      draft.segments.push_back(std::move(segment.info));
      continue;
    }
    // A segment in which nobody lives is not worth keeping.
    if (segment.dead.Count() < segment.info.documents) {
      draft.dead.emplace(segment.info.name, std::move(segment.dead));
      draft.segments.push_back(std::move(segment.info));
    }
  }
  for (SegmentInfo& info : new_segments_) {
    draft.segments.push_back(std::move(info));
  }
  return draft;
}

}  // namespace kyujin::index

#include "engine/index/removed_postings.h"

#include <algorithm>

#include "engine/index/change_list.h"
#include "engine/index/manifest.h"

namespace kyujin::index {

Status RemovedPostings::Follow(const Snapshot& snapshot) {
  const MutexLock lock(mutex_);
  if (snapshot.index_id() != index_id_) {
    index_id_ = snapshot.index_id();
    next_ = 0;
    newest_ = Date();
    removed_.clear();
  }
  next_ = std::max(next_, snapshot.manifest().changes_from);
  Date newest = newest_;
  for (; next_ <= snapshot.generation(); ++next_) {
    KYUJIN_RETURN_IF_ERROR(Read(snapshot, next_, &newest));
  }
  // Once a day, because everything has to be looked at.
  if (newest > newest_) {
    newest_ = newest;
    std::erase_if(removed_,
                  [&](const auto& entry) { return entry.second < newest.PlusDays(-kDays); });
  }
  return {};
}

Status RemovedPostings::Read(const Snapshot& snapshot, uint64_t generation, Date* newest) {
  const auto list = ReadChangeList(snapshot.directory() / ChangeFileName(generation));
  if (!list.has_value()) {
    // The writer has removed it meanwhile: it was too old.
    return list.error().code == ErrorCode::kNotFound ? Status() : Status(list.error());
  }
  for (const Change& change : list->changes) {
    if (change.op == ChangeOp::kRemoved) {
      removed_[change.number] = list->date;
    } else {
      removed_.erase(change.number);
    }
  }
  *newest = std::max(*newest, list->date);
  return {};
}

std::optional<Date> RemovedPostings::RemovedOn(uint64_t number) const {
  const MutexLock lock(mutex_);
  const auto found = removed_.find(number);
  return found == removed_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace kyujin::index

#include "server/api/unseen_postings.h"

#include <algorithm>

#include "engine/index/change_feed.h"

namespace kyujin::api {
namespace {

// Of the newest generation; most people looked within the last few.
constexpr size_t kKeptMarks = 32;

Result<std::vector<uint64_t>> Changed(const store::SeenMark& seen,
                                      const index::Snapshot& snapshot) {
  KYUJIN_ASSIGN_OR_RETURN(
      const index::ChangePage page,
      index::ReadChanges(snapshot, {seen.index_id, seen.generation + 1, 0}, SIZE_MAX));
  std::vector<uint64_t> numbers;
  for (const index::ChangePage::Entry& entry : page.entries) {
    if (index::IsNews(entry.change.op)) {
      numbers.push_back(entry.change.number);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace

Result<std::optional<UnseenPostings::Numbers>> UnseenPostings::After(
    const store::SeenMark& seen, const index::Snapshot& snapshot) {
  const Key key{seen.generation, snapshot.generation()};
  {
    const MutexLock lock(mutex_);
    if (index_id_ == snapshot.index_id() && seen.index_id == index_id_) {
      if (const auto found = kept_.find(key); found != kept_.end()) {
        return std::optional(found->second);
      }
    }
  }
  auto changed = Changed(seen, snapshot);
  if (!changed.has_value()) {
    return changed.error().code == ErrorCode::kGone
               ? Result<std::optional<Numbers>>(std::optional<Numbers>())
               : changed.error();
  }
  auto numbers = std::make_shared<const std::vector<uint64_t>>(std::move(*changed));
  const MutexLock lock(mutex_);
  if (index_id_ != snapshot.index_id() || kept_.size() >= kKeptMarks) {
    kept_.clear();
  }
  index_id_ = snapshot.index_id();
  kept_[key] = numbers;
  return std::optional<Numbers>(std::move(numbers));
}

}  // namespace kyujin::api

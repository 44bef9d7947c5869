#include "engine/suggest/name_list.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "engine/text/one_mistake.h"

namespace kyujin::suggest {

void NameList::Add(std::string_view key, uint32_t id) {
  if (!key.empty()) {
    entries_.push_back(
        {static_cast<uint32_t>(bytes_.size()), static_cast<uint32_t>(key.size()), id});
    bytes_ += key;
  }
}

void NameList::Finish() {
  bytes_.shrink_to_fit();
  entries_.shrink_to_fit();
  std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    return std::tuple(KeyOf(a), a.id) < std::tuple(KeyOf(b), b.id);
  });
}

NameList::Iterator NameList::LowerBound(std::string_view key) const {
  return std::lower_bound(
      entries_.begin(), entries_.end(), key, [this](const Entry& entry, std::string_view wanted) {
        return KeyOf(entry) < wanted;
      });
}

void NameList::FindPrefix(std::string_view prefix, std::vector<uint32_t>* ids) const {
  const Iterator first = LowerBound(prefix);
  const Iterator last = std::partition_point(
      first, entries_.end(), [&](const Entry& entry) { return KeyOf(entry).starts_with(prefix); });
  ids->reserve(ids->size() + static_cast<size_t>(last - first));
  std::transform(
      first, last, std::back_inserter(*ids), [](const Entry& entry) { return entry.id; });
}

void NameList::FindNear(std::string_view typed,
                        std::string_view sure,
                        std::vector<uint32_t>* ids) const {
  for (Iterator at = LowerBound(sure); at != entries_.end() && KeyOf(*at).starts_with(sure); ++at) {
    if (text::StartsOneMistakeAway(KeyOf(*at), typed)) {
      ids->push_back(at->id);
    }
  }
}

bool NameList::Has(std::string_view key, uint32_t id) const {
  for (Iterator at = LowerBound(key); at != entries_.end() && KeyOf(*at) == key; ++at) {
    if (at->id == id) {
      return true;
    }
  }
  return false;
}

}  // namespace kyujin::suggest

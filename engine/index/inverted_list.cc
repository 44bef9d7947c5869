#include "engine/index/inverted_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace kyujin::index {

InvertedList Invert(std::span<const uint32_t> ends,
                    std::span<const uint32_t> values,
                    size_t names,
                    unsigned detail_bits) {
  InvertedList list;
  std::vector<uint32_t> next(names + 1);
  for (const uint32_t value : values) {
    ++next[(value >> detail_bits) + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  list.ends.assign(next.begin() + 1, next.end());
  list.documents.resize(values.size());
  list.details.resize(detail_bits == 0 ? 0 : values.size());
  size_t at = 0;
  for (DocId doc = 0; doc < ends.size(); ++doc) {
    for (; at < ends[doc]; ++at) {
      const uint32_t place = next[values[at] >> detail_bits]++;
      list.documents[place] = doc;
      if (detail_bits != 0) {
        list.details[place] = static_cast<uint8_t>(values[at]);
      }
    }
  }
  return list;
}

Status WriteInvertedList(std::string_view name, const InvertedList& list, ColumnFileWriter* file) {
  KYUJIN_RETURN_IF_ERROR(file->AddValues<uint32_t>(fmt::format("docs.{}.ends", name), list.ends));
  KYUJIN_RETURN_IF_ERROR(file->AddValues<DocId>(fmt::format("docs.{}", name), list.documents));
  if (list.details.size() != list.documents.size()) {
    return {};
  }
  return file->AddValues<uint8_t>(fmt::format("docs.{}.minutes", name), list.details);
}

std::vector<DocId> OrderBy(std::span<const uint64_t> keys) {
  std::vector<DocId> order(keys.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](DocId a, DocId b) { return keys[a] < keys[b]; });
  return order;
}

}  // namespace kyujin::index

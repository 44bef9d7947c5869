#include "bench/corpus/alias_table.h"

namespace kyujin::corpus {

AliasTable::AliasTable(std::span<const uint32_t> weights) : columns_(weights.size()) {
  const size_t count = weights.size();
  for (const uint32_t weight : weights) {
    total_ += weight;
  }
  // Scaled so that the mean column holds exactly total_.
  std::vector<uint64_t> scaled(count);
  std::vector<uint32_t> small;
  std::vector<uint32_t> large;
  for (size_t i = 0; i < count; ++i) {
    scaled[i] = uint64_t{weights[i]} * count;
    (scaled[i] < total_ ? small : large).push_back(static_cast<uint32_t>(i));
  }
  while (!small.empty() && !large.empty()) {
    const uint32_t poor = small.back();
    const uint32_t rich = large.back();
    small.pop_back();
    columns_[poor] = {static_cast<uint32_t>(scaled[poor]), rich};
    scaled[rich] -= total_ - scaled[poor];
    if (scaled[rich] < total_) {
      large.pop_back();
      small.push_back(rich);
    }
  }
  for (const uint32_t full : large) {
    columns_[full] = {total_, full};
  }
}

}  // namespace kyujin::corpus

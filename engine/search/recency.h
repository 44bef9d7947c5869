// Recency: the part of a score that a posting has for being new. It counts from the day of the
// feed, not from the clock, so that an index gives the same order on any day.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/date.h"
#include "engine/index/snapshot.h"

namespace kyujin::search {

// A posting received on the day of the feed has kRecencyDays steps, one fewer each day before it,
// and none from the last on. A step is 1/128 of a point: among hits that say the same, the newer
// goes first; half a point at most hardly outweighs a word.
inline constexpr uint32_t kRecencyDays = 64;
inline constexpr uint32_t kRecencyStep = 512;  // in 65536ths
inline constexpr uint32_t kMaxRecency = kRecencyDays * kRecencyStep;

class Recency {
 public:
  // Counts from the date of the snapshot's `as_of`; without one nothing is recent.
  explicit Recency(const index::Snapshot& snapshot);
  explicit Recency(std::optional<Date> as_of) : as_of_(as_of) {}

  // The day it counts from; 0 when nothing is recent.
  [[nodiscard]] uint16_t day() const { return as_of_ ? as_of_->days() : uint16_t{0}; }

  // Returns the contribution in 65536ths. `received`: value of Column::kReceived. Dates in the
  // future count as the day of the feed.
  [[nodiscard]] uint32_t Score(uint16_t received) const {
    if (!as_of_ || received == UINT16_MAX) {
      return 0;
    }
    const uint32_t as_of = as_of_->days();
    const uint32_t age = received < as_of ? as_of - received : 0;
    return age < kRecencyDays ? (kRecencyDays - age) * kRecencyStep : 0;
  }

 private:
  std::optional<Date> as_of_;
};

}  // namespace kyujin::search

// FeedSchedule: when the feed answers (HWIS.md 2.1): not from midnight to six in Japan, and on the
// last day of a month not from half past nine in the evening.
//
// Thread rule: Immutable.
#pragma once

#include <chrono>

namespace kyujin::indexer {

// Returns how long the feed is still closed at `now`; 0 when it is open.
std::chrono::seconds ClosedFor(std::chrono::system_clock::time_point now);

}  // namespace kyujin::indexer

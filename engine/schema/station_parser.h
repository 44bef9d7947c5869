// Stations and the minutes on foot from them (最寄り駅), read from what an employer typed into one
// line.
//
// Thread rule: Immutable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schema/feed_record.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {

struct Access {
  std::vector<StationAccess> stations;
  std::optional<uint8_t> walk_minutes;  // least of all, of stops without a name too
};

// Reads `ＪＲ渋谷駅　から　徒歩8分`, `Ａ駅　又は　Ｂ駅　から　車7分`, `Ａ駅徒歩６分／Ｂ駅徒歩５分`,
// `Ａ駅からバス「Ｂ」下車　徒歩３分`. A way holds for every stop named since the way before; only
// minutes on foot are kept, and a way that begins with a bus leaves its stations without.
Access ParseAccess(std::string_view text);

// Reads the access of `feed`: 最寄り駅, else its bare name; the separate tags of means and minutes
// fill the last stop that has none.
Access ParseAccess(const FeedRecord& feed);

}  // namespace kyujin::schema

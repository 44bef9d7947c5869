// What a posting asks of a person: age, licences and the need of them.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/schema/feed_record.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {

struct AgeRange {
  AgeLimit limit = AgeLimit::kUnknown;
  std::optional<uint8_t> min;
  std::optional<uint8_t> max;
  friend bool operator==(const AgeRange&, const AgeRange&) = default;
};

// Returns the age limit of `feed`; 不問 and なし are no limit.
AgeRange ParseAge(const FeedRecord& feed);

// Appends the keys of the licences of `feed`, none twice. 不問 and 未選択 are no licence.
void ParseLicences(const FeedRecord& feed, std::vector<std::string>* licences);

// Returns the strongest need of any licence; kNone when the tags are filled and ask for none.
LicenceNeed ParseLicenceNeed(const FeedRecord& feed);

}  // namespace kyujin::schema

// The classes a posting belongs to: kind, employment, occupation, industry, insurances.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/schema/feed_record.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {

// Returns the place, from 1, of what the feed writes as `text` in the code table called `table`; 0
// when it is not there. The table's order is that of the numbers in JobPosting.
uint8_t ParseEnumeration(std::string_view table, std::string_view text);

// Reads `067-01`, `06701`, `067` and `12`; the classes above follow from the tables. Nothing known
// is {}.
Occupation ParseOccupation(std::string_view code);

// Returns the occupation of `feed`: its full code, else that of the 大分類, in which clients have
// seen 中分類 too.
Occupation ParseOccupation(const FeedRecord& feed);

// Returns the industry of `feed` as in JobPosting, by code, else by name.
uint16_t ParseIndustry(const FeedRecord& feed);

Dispatch ParseDispatch(uint8_t employment);
Renewal ParseRenewal(const FeedRecord& feed);

// Returns Insurance bits: 加入保険等, else the flags of the four.
uint8_t ParseInsurances(const FeedRecord& feed);
// Whether `feed` says anything of insurances.
bool HasInsurances(const FeedRecord& feed);

}  // namespace kyujin::schema

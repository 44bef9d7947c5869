// What a hit shows of a posting's texts. The index keeps these apart (hits.bin), so that a page of
// hits does not unpack whole postings.
//
// Thread rule: **Immutable.**
#pragma once

#include <string>
#include <string_view>

#include "engine/schema/job_posting.h"

namespace kyujin::schema {

// Returns the first 90 characters of 仕事の内容, runs of U+3000 (how the feed lays out lines) as
// one.
std::string Summary(std::string_view description);
// Returns how many bytes at the front of `description` its summary is made of.
size_t SummaryBytes(std::string_view description);

// Returns the station that `walk_minutes` is counted from, else the first one; nullptr without
// stations.
const StationAccess* ShownStation(const JobPosting& posting);

// Returns the text that a hit shows as the place of work: the whole address, else the first line.
Tag WorkplaceTag(const FeedRecord& feed);

}  // namespace kyujin::schema

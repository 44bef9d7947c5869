// Identities of what a posting says: the content hash, by which sync tells a changed record from
// one it has, and the version, by which an alert or a favourite tells whether a person would see a
// difference (API.md 7).
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>

#include "engine/schema/feed_record.h"

namespace kyujin::schema {

// Returns a hash of every tag and text, known or not. The order in which the feed gave them does
// not count.
uint64_t ContentHash(const FeedRecord& feed);

// Returns a hash of the tags of the feed table and their texts: what a job page can show. A tag
// that the table does not know changes the content hash, never the version.
uint64_t PostingVersion(const FeedRecord& feed);

}  // namespace kyujin::schema

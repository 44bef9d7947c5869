#include "engine/schema/posting_version.h"

#include "engine/base/hash.h"

namespace kyujin::schema {

uint64_t PostingVersion(const FeedRecord& feed) {
  uint64_t hash = 0;
  for (const FeedRecord::Value& value : feed.values()) {
    hash = Hash64(value.text, Hash64(GetFeedField(value.tag).tag, hash));
  }
  return hash;
}

uint64_t ContentHash(const FeedRecord& feed) {
  uint64_t unknown = 0;
  for (const FeedRecord::UnknownValue& value : feed.unknown()) {
    unknown += Hash64(value.text, Hash64(value.tag));
  }
  return PostingVersion(feed) ^ unknown;
}

}  // namespace kyujin::schema

// The one table of the feed's tags: what each is called, what it holds, and where its words are
// searched. Reader, cards, words, dump and docs follow from it; a new tag is one row in
// feed_fields.inc.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace kyujin::schema {

// One of the nine places where words are looked for (API.md 2, q_in). The order is that of the term
// prefixes and of the field-length columns in the index.
enum class SearchField : uint8_t {
  kTitle,
  kEmployer,
  kDescription,
  kStation,
  kWorkplace,
  kBusiness,
  kLicence,
  kExperience,
  kOther,
  kNone,  // not searched by words
};
inline constexpr size_t kSearchFieldCount = 9;

struct SearchFieldSpec {
  SearchField id;
  std::string_view name;   // value of q_in
  std::string_view label;  // Japanese
  char term_prefix;        // first byte of every term of the field in text.glass
  uint8_t weight;          // factor of the field's words in relevance
};
std::span<const SearchFieldSpec> SearchFields();
// Returns nullptr for a name that is not a value of q_in.
const SearchFieldSpec* FindSearchField(std::string_view name);

// What a tag's text is meant to be.
enum class FeedType : uint8_t {
  kText,
  kCode,
  kCount,
  kYen,
  kMinutes,
  kHours,
  kDate,
  kTime,
  kFlag,
  kUrl
};

// How sure we are of a tag (HWIS.md 2.1).
enum class Evidence : uint8_t { kSeen, kNamed };

enum class Tag : uint16_t {
#define KYUJIN_FEED_FIELD(id, ...) id,
#include "engine/schema/feed_fields.inc"
#undef KYUJIN_FEED_FIELD
};
inline constexpr size_t kTagCount =
    std::initializer_list<Tag>{
#define KYUJIN_FEED_FIELD(id, ...) Tag::id,
#include "engine/schema/feed_fields.inc"
#undef KYUJIN_FEED_FIELD
    }
        .size();

struct FeedField {
  Tag id;
  std::string_view tag;        // element name in the feed, e.g. "sksu"
  std::string_view json_name;  // the member of a posting object that shows it or is derived from
                               // it; may be empty
  std::string_view label;      // Japanese, as on the job sheet
  FeedType type;
  SearchField search_field;
  Evidence evidence;
};

// All tags, in the order of Tag.
std::span<const FeedField> FeedFields();
inline const FeedField& GetFeedField(Tag tag) {
  return FeedFields()[static_cast<size_t>(tag)];
}
// Returns the tag called `name`, or nothing. O(log n).
std::optional<Tag> FindTag(std::string_view name);

}  // namespace kyujin::schema

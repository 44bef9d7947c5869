#include "engine/schema/feed_field.h"

#include <algorithm>
#include <array>

namespace kyujin::schema {
namespace {

using enum FeedType;
using enum Evidence;

constexpr auto kFields = [] {
  using enum SearchField;
  return std::to_array<FeedField>({
#define KYUJIN_FEED_FIELD(id, tag, json_name, label, type, search_field, evidence) \
  {Tag::id, tag, json_name, label, type, search_field, evidence},
#include "engine/schema/feed_fields.inc"
#undef KYUJIN_FEED_FIELD
  });
}();
static_assert(kFields.size() == kTagCount);

constexpr auto kTagsByName = [] {
  std::array<Tag, kTagCount> tags{};
  for (size_t i = 0; i < kTagCount; ++i) {
    tags[i] = kFields[i].id;
  }
  std::sort(tags.begin(), tags.end(), [](Tag a, Tag b) {
    return kFields[static_cast<size_t>(a)].tag < kFields[static_cast<size_t>(b)].tag;
  });
  return tags;
}();

// Titles say most in the fewest words, free text least.
constexpr std::array<SearchFieldSpec, kSearchFieldCount> kSearchFields{{
    {SearchField::kTitle, "title", "職種", 'T', 8},
    {SearchField::kEmployer, "employer", "事業所名", 'E', 5},
    {SearchField::kDescription, "description", "仕事の内容", 'D', 2},
    {SearchField::kStation, "station", "最寄り駅", 'S', 4},
    {SearchField::kWorkplace, "workplace", "就業場所", 'W', 4},
    {SearchField::kBusiness, "business", "事業内容", 'B', 1},
    {SearchField::kLicence, "licence", "必要な免許・資格", 'L', 4},
    {SearchField::kExperience, "experience", "必要な経験", 'X', 2},
    {SearchField::kOther, "other", "その他", 'O', 1},
}};

}  // namespace

std::span<const SearchFieldSpec> SearchFields() {
  return kSearchFields;
}

const SearchFieldSpec* FindSearchField(std::string_view name) {
  const auto* found =
      std::find_if(kSearchFields.begin(), kSearchFields.end(), [&](const SearchFieldSpec& field) {
        return field.name == name;
      });
  return found == kSearchFields.end() ? nullptr : found;
}

std::span<const FeedField> FeedFields() {
  return kFields;
}

std::optional<Tag> FindTag(std::string_view name) {
  const auto* found = std::lower_bound(
      kTagsByName.begin(), kTagsByName.end(), name, [](Tag tag, std::string_view wanted) {
        return kFields[static_cast<size_t>(tag)].tag < wanted;
      });
  if (found == kTagsByName.end() || GetFeedField(*found).tag != name) {
    return std::nullopt;
  }
  return *found;
}

}  // namespace kyujin::schema

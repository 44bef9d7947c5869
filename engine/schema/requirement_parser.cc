#include "engine/schema/requirement_parser.h"

#include <algorithm>
#include <array>

#include "engine/schema/name_key.h"
#include "engine/schema/value_reader.h"

namespace kyujin::schema {
namespace {

constexpr uint64_t kMaxAge = 99;
constexpr std::array kLicenceTags{
    Tag::kMenkyoSkku1N, Tag::kMenkyoSkku2N, Tag::kMenkyoSkku3N, Tag::kHynamenkyoSnta};
constexpr std::array kNeedTags{
    Tag::kMenkyoSkkuyohi1N, Tag::kMenkyoSkkuyohi2N, Tag::kMenkyoSkkuyohi3N};

bool IsUnlimited(std::string_view text) {
  return Contains(text, "不問") || Contains(text, "制限なし") || (!text.empty() && SaysNo(text));
}

std::optional<uint8_t> ParseBound(std::string_view text) {
  const auto age = FirstNumber(text, kMaxAge);
  return age && *age > 0 ? std::optional(static_cast<uint8_t>(*age)) : std::nullopt;
}

// `18歳～59歳`, `～59歳`, `59歳以下`, `18歳以上` in one tag.
void AddStatedRange(std::string_view text, AgeRange* range) {
  ValueReader reader(text);
  bool is_upper = false;
  while (!reader.AtEnd()) {
    const auto age = reader.TakeNumber();
    if (!age) {
      is_upper = reader.Next() == U'~' || is_upper;
      continue;
    }
    reader.Take("歳");
    reader.SkipSpaces();
    if (*age == 0 || *age > kMaxAge) {
      continue;
    }
    const bool is_max = is_upper || reader.Take("以下") || reader.Take("まで");
    (is_max ? range->max : range->min) = static_cast<uint8_t>(*age);
  }
}

bool IsRange(std::string_view text) {
  return Contains(text, "～") || Contains(text, "〜") || Contains(text, "~") ||
         Contains(text, "以下") || Contains(text, "以上");
}

bool IsLicence(std::string_view text) {
  return !text.empty() && !Contains(text, "不問") && !Contains(text, "未選択") && !SaysNo(text);
}

}  // namespace

AgeRange ParseAge(const FeedRecord& feed) {
  AgeRange range;
  const std::string_view min = feed.Get(Tag::kNenreisegnariKagen);
  const std::string_view max = feed.Get(Tag::kNenreisegnariJgn);
  for (const std::string_view text : {min, max}) {
    if (IsRange(text)) {
      AddStatedRange(text, &range);
    }
  }
  if (!min.empty() && !IsRange(min) && !IsUnlimited(min)) {
    range.min = ParseBound(min);
  }
  if (!max.empty() && !IsRange(max) && !IsUnlimited(max)) {
    range.max = ParseBound(max);
  }
  if (range.min || range.max) {
    range.limit = AgeLimit::kLimited;
  } else if (IsUnlimited(min) || IsUnlimited(max)) {
    range.limit = AgeLimit::kNone;
  }
  return range;
}

void ParseLicences(const FeedRecord& feed, std::vector<std::string>* licences) {
  for (const Tag tag : kLicenceTags) {
    const std::string_view text = TrimValue(feed.Get(tag));
    if (!IsLicence(text)) {
      continue;
    }
    std::string key = NameKey(text);
    if (!key.empty() && std::find(licences->begin(), licences->end(), key) == licences->end()) {
      licences->push_back(std::move(key));
    }
  }
}

LicenceNeed ParseLicenceNeed(const FeedRecord& feed) {
  LicenceNeed need = LicenceNeed::kUnknown;
  for (const Tag tag : kNeedTags) {
    const std::string_view text = feed.Get(tag);
    if (Contains(text, "必須")) {
      return LicenceNeed::kRequired;
    }
    if (Contains(text, "尚可") || Contains(text, "なお可")) {
      need = LicenceNeed::kPreferred;
    } else if (!text.empty() && need == LicenceNeed::kUnknown) {
      need = LicenceNeed::kNone;
    }
  }
  return need;
}

}  // namespace kyujin::schema

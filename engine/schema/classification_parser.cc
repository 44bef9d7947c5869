#include "engine/schema/classification_parser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "engine/schema/code_table.h"
#include "engine/schema/value_reader.h"
#include "engine/text/normalizer.h"

namespace kyujin::schema {
namespace {

constexpr uint16_t kDivision = 10;  // 小分類 of an industry below one 中分類
constexpr uint8_t kMajors = 15;

uint8_t ToNumber(std::string_view digits) {
  uint8_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// The ASCII letters and digits of a code, folded; empty when there is anything else but hyphens and
// spaces.
std::string CodeCharacters(std::string_view text) {
  std::string code;
  ValueReader reader(text);
  while (!reader.AtEnd()) {
    const char32_t next = reader.Next();
    const bool is_code = (next >= U'0' && next <= U'9') || (next >= U'A' && next <= U'Z');
    if (is_code) {
      code.push_back(static_cast<char>(next));
    } else if (next != U'-' && next != U' ') {
      return {};
    }
  }
  return code;
}

// 大 and 中 of the table; {} when the 中分類 is not in it.
Occupation FromMiddle(std::string_view middle) {
  const Code* code = OccupationTable().Find(middle);
  return code == nullptr ? Occupation{} : Occupation{ToNumber(code->parent), ToNumber(middle), 0};
}

struct InsuranceWord {
  Insurance insurance;
  std::string_view word;
  Tag flag;
};
constexpr std::array<InsuranceWord, 4> kInsurances{
    {{Insurance::kEmployment, "雇用", Tag::kKnyhknKoyo},
     {Insurance::kAccident, "労災", Tag::kKnyhknRosai},
     {Insurance::kHealth, "健康", Tag::kKnyhknKenko},
     {Insurance::kPension, "厚生", Tag::kKnyhknKosei}}};

}  // namespace

uint8_t ParseEnumeration(std::string_view table, std::string_view text) {
  const std::string_view value = TrimValue(text);
  const CodeTable* codes = FindCodeTable(table);
  if (value.empty() || codes == nullptr) {
    return 0;
  }
  const Code* code = codes->FindFeedValue(value);
  if (code == nullptr) {
    code = codes->FindFeedValue(text::FoldWidth(value));
  }
  return code == nullptr ? uint8_t{0} : static_cast<uint8_t>(code - codes->codes.data() + 1);
}

Occupation ParseOccupation(std::string_view text) {
  constexpr size_t kMinorDigits = 5;
  const std::string code = CodeCharacters(text);
  if (code.size() <= 2) {
    const uint8_t major = code.empty() ? uint8_t{0} : ToNumber(code);
    return major <= kMajors ? Occupation{major, 0, 0} : Occupation{};
  }
  if (code.size() == 3) {
    return FromMiddle(code);
  }
  if (code.size() != kMinorDigits) {
    return {};
  }
  Occupation occupation = FromMiddle(std::string_view(code).substr(0, 3));
  if (occupation.middle != 0) {
    occupation.minor = ToNumber(std::string_view(code).substr(3));
  }
  return occupation;
}

Occupation ParseOccupation(const FeedRecord& feed) {
  const Occupation occupation = ParseOccupation(feed.Get(Tag::kSkgybrui1C));
  return occupation.major != 0 ? occupation : ParseOccupation(feed.Get(Tag::kSkgybruicode1DaiC));
}

uint16_t ParseIndustry(const FeedRecord& feed) {
  std::string code = CodeCharacters(feed.Get(Tag::kSngbruiC));
  // The letter of the 大分類 may stand in front, and digits of the 細分類 behind.
  if (!code.empty() && code.front() >= 'A') {
    code.erase(0, 1);
  }
  const Code* industry = nullptr;
  for (size_t digits = std::min<size_t>(code.size(), 3); digits >= 2 && industry == nullptr;
       --digits) {
    industry = IndustryTable().Find(std::string_view(code).substr(0, digits));
  }
  if (industry == nullptr) {
    industry = FindIndustryOfFeed(TrimValue(feed.Get(Tag::kSngbruiN)));
  }
  if (industry == nullptr) {
    return 0;
  }
  uint16_t number = 0;
  std::from_chars(industry->code.data(), industry->code.data() + industry->code.size(), number);
  return industry->code.size() == 2 ? static_cast<uint16_t>(number * kDivision) : number;
}

Dispatch ParseDispatch(uint8_t employment) {
  // Only the kinds of employment by a dispatching agency tell; no known tag tells 請負 or its
  // absence.
  constexpr std::array<uint8_t, 4> kDispatched{3, 4, 6, 7};
  return std::find(kDispatched.begin(), kDispatched.end(), employment) == kDispatched.end()
             ? Dispatch::kUnknown
             : Dispatch::kDispatch;
}

Renewal ParseRenewal(const FeedRecord& feed) {
  for (const Tag tag : {Tag::kKoyokikan, Tag::kKoyokikanSadameN}) {
    const std::string_view text = feed.Get(tag);
    if (Contains(text, "原則更新")) {
      return Renewal::kAlways;
    }
    if (Contains(text, "条件付") || Contains(text, "条件あり")) {
      return Renewal::kConditional;
    }
    if (Contains(text, "更新なし") || Contains(text, "更新の可能性なし")) {
      return Renewal::kNone;
    }
  }
  return Renewal::kUnknown;
}

uint8_t ParseInsurances(const FeedRecord& feed) {
  const std::string_view text = feed.Get(Tag::kKnyhkn);
  unsigned bits = 0;
  for (const InsuranceWord& entry : kInsurances) {
    const bool has = text.empty() ? SaysYes(feed.Get(entry.flag)) : Contains(text, entry.word);
    bits |= has ? static_cast<unsigned>(entry.insurance) : 0U;
  }
  return static_cast<uint8_t>(bits);
}

bool HasInsurances(const FeedRecord& feed) {
  return !feed.Get(Tag::kKnyhkn).empty() ||
         std::any_of(kInsurances.begin(), kInsurances.end(), [&](const InsuranceWord& entry) {
           return !feed.Get(entry.flag).empty();
         });
}

}  // namespace kyujin::schema

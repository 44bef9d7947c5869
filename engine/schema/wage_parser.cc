#include "engine/schema/wage_parser.h"

#include <array>

#include "engine/schema/value_reader.h"

namespace kyujin::schema {
namespace {

// The form's own limit; more is a mistake, and sums of six parts still fit 32 bits.
constexpr uint64_t kMaxYen = 99'999'999;
constexpr uint64_t kMaxFixedHours = 300;
constexpr uint64_t kManYen = 10'000;

struct BoundTags {
  Tag min;
  Tag max;
  Tag text;
};
constexpr BoundTags kBase{Tag::kKhkykagen, Tag::kKhkyjgn, Tag::kKhky};
constexpr BoundTags kFixedOvertime{Tag::kKtizangydiKagen, Tag::kKtizangydiJgn, Tag::kKtizangydi};
constexpr std::array<BoundTags, 4> kAllowances{{
    {Tag::kTgktat1Kagen, Tag::kTgktat1Jgn, Tag::kTgktat1},
    {Tag::kTgktat2Kagen, Tag::kTgktat2Jgn, Tag::kTgktat2},
    {Tag::kTgktat3Kagen, Tag::kTgktat3Jgn, Tag::kTgktat3},
    {Tag::kTgktat4Kagen, Tag::kTgktat4Jgn, Tag::kTgktat4},
}};

// Reads `1,800円`, `20万円`, `20万5千円`, `1800`. Zero and absurd amounts read as 0.
std::optional<uint32_t> TakeYen(ValueReader* reader) {
  auto amount = reader->TakeNumber();
  if (!amount) {
    return std::nullopt;
  }
  if (*amount <= kMaxYen && reader->Take("万")) {
    *amount *= kManYen;
    ValueReader ahead = *reader;
    if (const auto rest = ahead.TakeNumber(); rest && *rest < kManYen) {
      *amount += ahead.Take("千") ? *rest * 1000 : *rest;
      *reader = ahead;
    }
  }
  reader->SkipSpaces();
  reader->Take("円");
  return *amount <= kMaxYen ? static_cast<uint32_t>(*amount) : 0;
}

bool TakeRangeMark(ValueReader* reader) {
  reader->SkipSpaces();
  const bool found = reader->Take("~") || reader->Take("-") || reader->Take("から");
  reader->SkipSpaces();
  return found;
}

std::optional<YenRange> MakeRange(uint32_t min, uint32_t max) {
  if (min == 0 && max == 0) {
    return std::nullopt;
  }
  return YenRange{min == 0 ? max : min, max == 0 ? min : max};
}

YenRange Sum(YenRange a, YenRange b) {
  return {a.min + b.min, a.max + b.max};
}

std::optional<YenRange> ParseBounds(const FeedRecord& feed, Tag min_tag, Tag max_tag) {
  ValueReader min(TrimValue(feed.Get(min_tag)));
  ValueReader max(TrimValue(feed.Get(max_tag)));
  return MakeRange(TakeYen(&min).value_or(0), TakeYen(&max).value_or(0));
}

std::optional<YenRange> ParsePart(const FeedRecord& feed, const BoundTags& tags) {
  const auto bounds = ParseBounds(feed, tags.min, tags.max);
  return bounds ? bounds : ParseYenRange(feed.Get(tags.text));
}

WageType ParseWageType(std::string_view text) {
  const std::string_view value = TrimValue(text);
  if (value.empty()) {
    return WageType::kUnknown;
  }
  if (value.starts_with("月給")) {
    return WageType::kMonthly;
  }
  if (value.starts_with("時給") || value.starts_with("時間給")) {
    return WageType::kHourly;
  }
  if (value.starts_with("日給")) {
    return WageType::kDaily;
  }
  return value.starts_with("年俸") ? WageType::kYearly : WageType::kOther;
}

}  // namespace

std::optional<YenRange> ParseYenRange(std::string_view text) {
  ValueReader reader(text);
  while (!reader.AtEnd()) {
    ValueReader ahead = reader;
    if (TakeRangeMark(&ahead)) {
      if (const auto max = TakeYen(&ahead)) {
        return MakeRange(0, *max);
      }
    }
    if (const auto min = TakeYen(&reader)) {
      const auto max = TakeRangeMark(&reader) ? TakeYen(&reader) : std::nullopt;
      return MakeRange(*min, max.value_or(0));
    }
    reader.Next();
  }
  return std::nullopt;
}

std::optional<uint16_t> ParseFixedOvertimeHours(std::string_view text) {
  std::optional<uint16_t> exceeded;
  ValueReader reader(text);
  while (reader.SkipToDigit()) {
    const auto hours = reader.TakeNumber();
    if (reader.Take(".")) {
      reader.TakeNumber();
    }
    reader.SkipSpaces();
    if (!hours || *hours == 0 || *hours > kMaxFixedHours ||
        !(reader.Take("時間") || reader.Take("h") || reader.Take("H"))) {
      continue;
    }
    reader.SkipSpaces();
    const auto value = static_cast<uint16_t>(*hours);
    // `２０時間を超える時間外労働は追加で支給` names the hours too, yet a plain statement elsewhere
    // is surer.
    if (!reader.Take("を超") && !reader.Take("超")) {
      return value;
    }
    if (!exceeded) {
      exceeded = value;
    }
  }
  return exceeded;
}

Wage ParseWage(const FeedRecord& feed) {
  Wage wage;
  wage.base = ParsePart(feed, kBase);
  if (!wage.base) {
    return wage;
  }
  wage.type = ParseWageType(feed.Get(Tag::kChgnkeitaiN));
  wage.fixed_allowances = ParseBounds(feed, Tag::kSikgAplusbkagen, Tag::kSikgAplusbjgn);
  if (!wage.fixed_allowances) {
    YenRange sum = *wage.base;
    for (const BoundTags& allowance : kAllowances) {
      sum = Sum(sum, ParsePart(feed, allowance).value_or(YenRange{}));
    }
    wage.fixed_allowances = sum;
  }
  wage.fixed_overtime = ParsePart(feed, kFixedOvertime);
  wage.with_fixed_overtime = Sum(*wage.fixed_allowances, wage.fixed_overtime.value_or(YenRange{}));
  if (ParseFixedOvertime(feed) == Tristate::kYes) {
    wage.fixed_overtime_hours = ParseFixedOvertimeHours(feed.Get(Tag::kKtizangydaitkjk));
  }
  return wage;
}

Tristate ParseFixedOvertime(const FeedRecord& feed) {
  if (ParsePart(feed, kFixedOvertime)) {
    return Tristate::kYes;
  }
  const std::string_view text = feed.Get(Tag::kKtizangydi);
  if (!text.empty()) {
    return SaysNo(text) || !Contains(text, "あり") ? Tristate::kNo : Tristate::kYes;
  }
  const bool is_given =
      !feed.Get(Tag::kKtizangydiKagen).empty() || !feed.Get(Tag::kKtizangydiJgn).empty();
  return is_given ? Tristate::kNo : Tristate::kUnknown;
}

}  // namespace kyujin::schema

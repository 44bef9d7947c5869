#include "engine/query/filter_builder.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "engine/query/parameter_choices.h"
#include "engine/schema/code_table.h"
#include "engine/schema/hit_field.h"
#include "engine/schema/municipality.h"

namespace kyujin::query {
namespace {

using schema::Column;
using schema::FilterGroup;

// Requires: `digits` are decimal digits of a number below 2^32.
uint32_t ToNumber(std::string_view digits) {
  uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::vector<ValueRange> Joined(std::vector<ValueRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const ValueRange& a, const ValueRange& b) {
    return a.min != b.min ? a.min < b.min : a.max < b.max;
  });
  std::vector<ValueRange> joined;
  for (const ValueRange& range : ranges) {
    if (!joined.empty() && range.min <= joined.back().max + 1) {
      joined.back().max = std::max(joined.back().max, range.max);
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

// Calls `visit` with the codes right below `parent`.
template <class Visit>
void ForEachChild(const schema::CodeTable& table, std::string_view parent, Visit visit) {
  for (const schema::Code& code : table.codes) {
    if (code.parent == parent) {
      visit(code.code);
    }
  }
}

constexpr size_t kOccupationMajorDigits = 2;
constexpr size_t kOccupationMiddleDigits = 3;

ValueRange OccupationMiddle(std::string_view code) {
  const uint32_t middle = ToNumber(code);
  return {middle * 100, middle * 100 + 99};
}

ValueRange OccupationMinor(std::string_view code) {
  const uint32_t value = ToNumber(code.substr(0, kOccupationMiddleDigits)) * 100 +
                         ToNumber(code.substr(kOccupationMiddleDigits + 1));
  return {value, value};
}

// Of a 中分類 with two digits all its 小分類, of one with three digits itself.
ValueRange IndustryRange(std::string_view code) {
  const uint32_t number = ToNumber(code);
  return code.size() == 2 ? ValueRange{number * 10, number * 10 + 9} : ValueRange{number, number};
}

NumberFilter Numbers(ParameterValues values, bool excluded) {
  NumberFilter filter;
  filter.excluded = excluded;
  for (const ParameterValue& value : values) {
    filter.numbers.push_back(value.number);
  }
  std::sort(filter.numbers.begin(), filter.numbers.end());
  return filter;
}

}  // namespace

void ApplyWords(ParameterValues values, RequestDraft* draft) {
  draft->text.words = ParseQuerySyntax(values.front().text);
}

void ApplyExcludedWords(ParameterValues values, RequestDraft* draft) {
  draft->text.excluded_words = ParseExcludedSyntax(values.front().text);
}

void ApplyWordMode(ParameterValues values, RequestDraft* draft) {
  draft->text.joins_words = values.front().number == 1;
}

void ApplySearchFields(ParameterValues values, RequestDraft* draft) {
  draft->text.fields = 0;
  for (const ParameterValue& value : values) {
    draft->text.fields = static_cast<SearchFieldMask>(draft->text.fields | 1U << value.number);
  }
  if (draft->text.fields == kAllSearchFields) {
    draft->canonical.erase("q_in");
  }
}

void ApplyWorkSystem(ParameterValues values, RequestDraft* draft) {
  MaskFilter filter{Column::kWorkSystems};
  for (const ParameterValue& value : values) {
    (value.excluded ? filter.none : filter.any) |= static_cast<uint32_t>(value.number);
  }
  draft->request.filters.push_back({FilterGroup::kNone, filter});
}

void ApplyPrefectures(ParameterValues values, RequestDraft* draft) {
  for (const ParameterValue& value : values) {
    draft->place.prefectures.push_back(static_cast<uint8_t>(ToNumber(value.text)));
  }
}

void ApplyMunicipalities(ParameterValues values, RequestDraft* draft) {
  std::vector<uint16_t>& codes = draft->place.municipalities;
  for (const ParameterValue& value : values) {
    const auto code = static_cast<uint16_t>(ToNumber(value.text));
    codes.push_back(code);
    for (const schema::Municipality& ward : schema::WardsOf(code)) {
      codes.push_back(ward.code);
    }
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

void ApplyOccupation(ParameterValues values, RequestDraft* draft) {
  const bool only_majors =
      std::all_of(values.begin(), values.end(), [](const ParameterValue& value) {
        return value.text.size() == kOccupationMajorDigits;
      });
  if (only_majors) {
    CodeFilter filter{Column::kOccupationMajor, {}};
    for (const ParameterValue& value : values) {
      filter.values.push_back(ToNumber(value.text));
    }
    draft->request.filters.push_back({FilterGroup::kOccupation, std::move(filter)});
    return;
  }
  std::vector<ValueRange> ranges;
  for (const ParameterValue& value : values) {
    if (value.text.size() == kOccupationMajorDigits) {
      // Documents of which no more than the 大分類 is known have it too.
      const uint32_t alone = schema::kMajorOnly + ToNumber(value.text);
      ranges.push_back({alone, alone});
      ForEachChild(schema::OccupationTable(), value.text, [&ranges](std::string_view middle) {
        ranges.push_back(OccupationMiddle(middle));
      });
    } else if (value.text.size() == kOccupationMiddleDigits) {
      ranges.push_back(OccupationMiddle(value.text));
    } else {
      ranges.push_back(OccupationMinor(value.text));
    }
  }
  draft->request.filters.push_back(
      {FilterGroup::kOccupation, RangesFilter{Column::kOccupation, Joined(std::move(ranges))}});
}

void ApplyIndustry(ParameterValues values, RequestDraft* draft) {
  std::vector<ValueRange> ranges;
  for (const ParameterValue& value : values) {
    if (value.text.size() > 1) {
      ranges.push_back(IndustryRange(value.text));
      continue;
    }
    ForEachChild(schema::IndustryTable(), value.text, [&ranges](std::string_view middle) {
      ranges.push_back(IndustryRange(middle));
    });
  }
  draft->request.filters.push_back(
      {FilterGroup::kIndustry, RangesFilter{Column::kIndustry, Joined(std::move(ranges))}});
}

void ApplyAge(ParameterValues values, RequestDraft* draft) {
  draft->request.filters.push_back(
      {FilterGroup::kNone, AgeFilter{static_cast<uint8_t>(values.front().number)}});
}

void ApplyWageBasis(ParameterValues values, RequestDraft* draft) {
  draft->request.wage_basis = static_cast<WageBasis>(values.front().number);
}

void ApplyMonthlyMin(ParameterValues values, RequestDraft* draft) {
  draft->monthly_min = static_cast<uint32_t>(values.front().number);
}

void ApplyHourlyMin(ParameterValues values, RequestDraft* draft) {
  draft->hourly_min = static_cast<uint32_t>(values.front().number);
}

void ApplyReceivedFrom(ParameterValues values, RequestDraft* draft) {
  draft->received.from = Date::FromDays(static_cast<uint16_t>(values.front().number));
}

void ApplyReceivedWithinDays(ParameterValues values, RequestDraft* draft) {
  draft->received.within_days = static_cast<uint32_t>(values.front().number);
}

void ApplyConditions(ParameterValues values, RequestDraft* draft) {
  for (const ParameterValue& value : values) {
    const auto condition = static_cast<schema::Condition>(value.number);
    draft->request.filters.push_back(
        {FilterGroup::kConditions, ConditionFilter{condition, value.excluded}});
  }
}

void ApplyNumbers(ParameterValues values, RequestDraft* draft) {
  draft->request.filters.push_back({FilterGroup::kNone, Numbers(values, false)});
}

void ApplyExcludedNumbers(ParameterValues values, RequestDraft* draft) {
  draft->request.filters.push_back({FilterGroup::kNone, Numbers(values, true)});
}

void ApplySort(ParameterValues values, RequestDraft* draft) {
  draft->sort = static_cast<Sort>(values.front().number);
}

void ApplyLimit(ParameterValues values, RequestDraft* draft) {
  draft->request.limit = static_cast<uint32_t>(values.front().number);
}

void ApplyOffset(ParameterValues values, RequestDraft* draft) {
  draft->request.offset = static_cast<uint32_t>(values.front().number);
  draft->has_offset = true;
}

void ApplyCursor(ParameterValues values, RequestDraft* draft) {
  const Result<Cursor> cursor = DecodeCursor(values.front().text);
  if (cursor.has_value()) {
    draft->request.cursor = *cursor;
  } else {
    draft->errors.Add(MakeParameterError("cursor", values.front().text, cursor.error().message));
  }
}

void ApplyFacets(ParameterValues values, RequestDraft* draft) {
  SearchRequest& request = draft->request;
  for (const ParameterValue& value : values) {
    request.all_facets = request.all_facets || value.number == kAllFacets;
  }
  if (request.all_facets) {
    draft->canonical["facets"] = "all";
    for (const schema::FacetSpec& spec : schema::Facets()) {
      request.facets.push_back(spec.id);
    }
    return;
  }
  for (const ParameterValue& value : values) {
    request.facets.push_back(static_cast<schema::Facet>(value.number));
  }
  std::sort(request.facets.begin(), request.facets.end());
}

void ApplyHitFields(ParameterValues values, RequestDraft* draft) {
  for (const ParameterValue& value : values) {
    draft->request.fields.push_back(value.text);
  }
}

void ApplyHighlight(ParameterValues values, RequestDraft* draft) {
  draft->request.highlights = values.front().number == 1;
}

void ApplyExplain(ParameterValues values, RequestDraft* draft) {
  draft->request.explains = values.front().number == 1;
}

void ApplyPartial(ParameterValues values, RequestDraft* draft) {
  draft->request.partial = static_cast<PartialMode>(values.front().number);
}

std::optional<std::string> ResolvePrefecture(std::string_view text) {
  return schema::PrefectureTable().Find(text) != nullptr ? std::optional<std::string>(text)
                                                         : std::nullopt;
}

std::optional<std::string> ResolveMunicipality(std::string_view text) {
  const std::optional<std::string_view> code = schema::CurrentMunicipality(text);
  return code ? std::optional<std::string>(*code) : std::nullopt;
}

std::optional<std::string> ResolveOccupation(std::string_view text) {
  return schema::IsOccupationCode(text) ? std::optional<std::string>(text) : std::nullopt;
}

std::optional<std::string> ResolveIndustry(std::string_view text) {
  return schema::IndustryTable().Find(text) != nullptr ? std::optional<std::string>(text)
                                                       : std::nullopt;
}

}  // namespace kyujin::query

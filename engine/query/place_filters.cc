// What the parameters of stations, distances, hours, licences and employers mean: a part of
// filter_builder.h.
#include <algorithm>
#include <utility>
#include <vector>

#include "engine/query/filter_builder.h"
#include "engine/schema/code_table.h"
#include "engine/schema/name_key.h"
#include "engine/text/normalizer.h"

namespace kyujin::query {
namespace {

using schema::FilterGroup;

constexpr double kMillionths = 1e6;
constexpr size_t kPrefectureDigits = 2;

bool IsCode(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// Requires: ascending by text, unique.
std::vector<std::string> Keys(ParameterValues values) {
  std::vector<std::string> keys;
  keys.reserve(values.size());
  for (const ParameterValue& value : values) {
    keys.push_back(value.text);
  }
  return keys;
}

EmployerFilter Employers(ParameterValues values, bool excluded) {
  EmployerFilter filter;
  filter.excluded = excluded;
  for (const ParameterValue& value : values) {
    if (value.number != 0) {
      filter.numbers.push_back(value.number);
    } else {
      filter.names.push_back(value.text);
    }
  }
  std::sort(filter.numbers.begin(), filter.numbers.end());
  return filter;
}

}  // namespace

void ApplyPlaces(ParameterValues values, RequestDraft* draft) {
  std::vector<ParameterValue> prefectures;
  std::vector<ParameterValue> municipalities;
  for (const ParameterValue& value : values) {
    if (!IsCode(value.text)) {
      draft->place.stations.push_back(value.text);
    } else if (value.text.size() == kPrefectureDigits) {
      prefectures.push_back(value);
    } else {
      municipalities.push_back(value);
    }
  }
  ApplyPrefectures(prefectures, draft);
  ApplyMunicipalities(municipalities, draft);
}

void ApplyStations(ParameterValues values, RequestDraft* draft) {
  draft->stations = Keys(values);
}

void ApplyWalkMax(ParameterValues values, RequestDraft* draft) {
  draft->walk_max = static_cast<uint32_t>(values.front().number);
}

void ApplyNear(ParameterValues values, RequestDraft* draft) {
  const uint64_t packed = values.front().number;
  draft->request.near =
      schema::Position{static_cast<uint32_t>(packed >> 32U), static_cast<uint32_t>(packed)};
}

void ApplyRadius(ParameterValues values, RequestDraft* draft) {
  draft->radius_km = static_cast<double>(values.front().number) / kMillionths;
}

void ApplyStartFrom(ParameterValues values, RequestDraft* draft) {
  draft->shift = draft->shift.value_or(ShiftFilter{});
  draft->shift->start_from = static_cast<uint16_t>(values.front().number);
}

void ApplyEndBy(ParameterValues values, RequestDraft* draft) {
  draft->shift = draft->shift.value_or(ShiftFilter{});
  draft->shift->end_by = static_cast<uint16_t>(values.front().number);
}

void ApplyLicences(ParameterValues values, RequestDraft* draft) {
  draft->request.filters.push_back({FilterGroup::kNone, LicenceFilter{Keys(values)}});
}

void ApplyEmployers(ParameterValues values, RequestDraft* draft) {
  draft->request.filters.push_back({FilterGroup::kNone, Employers(values, false)});
}

void ApplyExcludedEmployers(ParameterValues values, RequestDraft* draft) {
  draft->request.filters.push_back({FilterGroup::kNone, Employers(values, true)});
}

std::string PlaceKeyOf(std::string_view text) {
  if (IsCode(text)) {
    const auto code =
        text.size() == kPrefectureDigits ? ResolvePrefecture(text) : ResolveMunicipality(text);
    return code.value_or(std::string());
  }
  return StationKeyOf(text);
}

std::string StationKeyOf(std::string_view text) {
  return schema::StationKey(text);
}

std::string LicenceKeyOf(std::string_view text) {
  std::string code = text::FoldWidth(text);
  std::transform(code.begin(), code.end(), code.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  const schema::Code* licence = schema::LicenceTable().Find(code);
  return schema::NameKey(licence == nullptr ? text : licence->label);
}

}  // namespace kyujin::query

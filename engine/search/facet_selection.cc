#include "engine/search/facet_selection.h"

#include <algorithm>

#include "engine/schema/code_table.h"

namespace kyujin::search {
namespace {

using schema::Column;
using schema::Facet;

const query::PlaceFilter* FindPlace(const query::SearchRequest& request) {
  for (const query::Filter& filter : request.filters) {
    if (const auto* place = std::get_if<query::PlaceFilter>(&filter.body)) {
      return place;
    }
  }
  return nullptr;
}

// Whether one of the filters on `column` lets all of [min, max] through.
bool Covers(const query::SearchRequest& request, Column column, uint32_t min, uint32_t max) {
  return std::any_of(
      request.filters.begin(), request.filters.end(), [&](const query::Filter& filter) {
        if (const auto* codes = std::get_if<query::CodeFilter>(&filter.body)) {
          return codes->column == column && min == max &&
                 std::binary_search(codes->values.begin(), codes->values.end(), min);
        }
        const auto* ranges = std::get_if<query::RangesFilter>(&filter.body);
        return ranges != nullptr && ranges->column == column &&
               std::any_of(ranges->ranges.begin(),
                           ranges->ranges.end(),
                           [&](const query::ValueRange& range) {
                             return range.min <= min && max <= range.max;
                           });
      });
}

// Whether every 中分類 of the industry `major` is covered; ten values of the column belong to each.
bool CoversIndustry(const query::SearchRequest& request, std::string_view major) {
  bool any = false;
  for (const schema::Code& code : schema::IndustryTable().codes) {
    if (code.parent == major) {
      const auto number = static_cast<uint32_t>(std::stoul(std::string(code.code)));
      if (!Covers(request, Column::kIndustry, number * 10, number * 10 + 9)) {
        return false;
      }
      any = true;
    }
  }
  return any;
}

// A request of 大分類 alone filters another column than one that names finer codes too.
bool IsOccupationMajorChosen(const query::SearchRequest& request, uint32_t major) {
  const uint32_t alone = schema::kMajorOnly + major;
  return Covers(request, Column::kOccupationMajor, major, major) ||
         Covers(request, Column::kOccupation, alone, alone);
}

// Chosen by itself or with its 大分類.
bool IsOccupationMiddleChosen(const query::SearchRequest& request, schema::FacetValue middle) {
  if (Covers(request, Column::kOccupation, middle * 100U, middle * 100U + 99)) {
    return true;
  }
  const schema::Code* code =
      schema::OccupationTable().Find(schema::FacetValueCode(Facet::kOccupationMiddle, middle));
  if (code == nullptr) {
    return false;
  }
  const auto major = static_cast<uint32_t>(std::stoul(std::string(code->parent)));
  return Covers(request, Column::kOccupationMajor, major, major);
}

}  // namespace

bool HasOwnFilter(const query::SearchRequest& request, Facet facet) {
  const schema::FilterGroup own = schema::GetFacet(facet).own_group;
  return std::any_of(request.filters.begin(),
                     request.filters.end(),
                     [own](const query::Filter& filter) { return filter.group == own; });
}

bool IsSelected(const query::SearchRequest& request, Facet facet, schema::FacetValue value) {
  if (value == schema::kUnknownFacetValue) {
    return false;
  }
  switch (facet) {
    case Facet::kPref: {
      const query::PlaceFilter* place = FindPlace(request);
      return place != nullptr &&
             std::find(place->prefectures.begin(), place->prefectures.end(), value) !=
                 place->prefectures.end();
    }
    case Facet::kOccupationMajor:
      return IsOccupationMajorChosen(request, value);
    case Facet::kOccupationMiddle:
      return IsOccupationMiddleChosen(request, value);
    case Facet::kIndustry:
      return CoversIndustry(request, schema::FacetValueCode(facet, value));
    case Facet::kEmployment:
      return Covers(request, Column::kEmployment, value, value);
    case Facet::kFullPart:
      return Covers(request, Column::kFullPart, value, value);
    case Facet::kWageType:
      return Covers(request, Column::kWageType, value, value);
    default:
      return false;
  }
}

bool IsMunicipalitySelected(const query::SearchRequest& request, uint16_t code) {
  const query::PlaceFilter* place = FindPlace(request);
  return place != nullptr &&
         std::find(place->municipalities.begin(), place->municipalities.end(), code) !=
             place->municipalities.end();
}

ConditionChoice ChoiceOf(const query::SearchRequest& request, schema::Condition condition) {
  ConditionChoice choice = ConditionChoice::kNone;
  for (const query::Filter& filter : request.filters) {
    const auto* wanted = std::get_if<query::ConditionFilter>(&filter.body);
    if (wanted != nullptr && wanted->condition == condition) {
      if (wanted->excluded) {
        return ConditionChoice::kExcluded;
      }
      choice = ConditionChoice::kWanted;
    }
  }
  return choice;
}

std::vector<uint8_t> ChosenPrefectures(const query::SearchRequest& request) {
  std::vector<uint8_t> prefectures;
  if (const query::PlaceFilter* place = FindPlace(request)) {
    prefectures = place->prefectures;
    for (const uint16_t code : place->municipalities) {
      prefectures.push_back(static_cast<uint8_t>(code / 1000));
    }
    std::sort(prefectures.begin(), prefectures.end());
    prefectures.erase(std::unique(prefectures.begin(), prefectures.end()), prefectures.end());
  }
  return prefectures;
}

}  // namespace kyujin::search

#include "tests/testing/oracle_facets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/schema/code_table.h"
#include "engine/schema/condition.h"
#include "engine/schema/municipality.h"
#include "tests/testing/oracle_facet_values.h"
#include "tests/testing/oracle_filters.h"

namespace kyujin::test {
namespace {

// The filter a facet ignores, as FailedFilters calls it.
struct FacetRule {
  std::string_view name;
  std::string_view own_filter;
  bool by_count;  // order: by count descending, else by code
};
constexpr std::array<FacetRule, 13> kRules{{{"pref", "place", false},
                                            {"city", "place", false},
                                            {"occupation_major", "occupation", false},
                                            {"occupation_middle", "occupation", false},
                                            {"industry", "industry", false},
                                            {"employment", "employment", true},
                                            {"full_part", "full_part", true},
                                            {"wage_type", "wage_type", true},
                                            {"conditions", "", true},
                                            {"wage_histogram", "wage_minima", false},
                                            {"walk_minutes", "walk_max", false},
                                            {"holidays", "holidays_min", false},
                                            {"received", "received", false}}};

bool PassesBut(const JudgedJob& judged, std::string_view own_filter) {
  return std::all_of(judged.failed.begin(), judged.failed.end(), [&](const std::string& filter) {
    return filter == own_filter;
  });
}

using Counts = std::map<std::string, uint64_t>;

std::vector<OracleCount> InCodeOrder(const Counts& counts,
                                     const std::vector<std::string>& ranges,
                                     const FacetRule& rule,
                                     const OracleRequest& request) {
  std::vector<OracleCount> result;
  const auto add = [&](const std::string& code, uint64_t count) {
    const bool selected = IsChosen(rule.name, code, request);
    if (count > 0 || selected) {
      result.push_back({code, count, selected, false});
    }
  };
  if (ranges.empty()) {
    for (const auto& [code, count] : counts) {  // the map is ordered by code
      add(code, count);
    }
  }
  for (const std::string& code : ranges) {
    const auto found = counts.find(code);
    add(code, found == counts.end() ? 0 : found->second);
  }
  if (const auto unknown = counts.find(std::string(kUnknown));
      unknown != counts.end() && !ranges.empty()) {
    add(unknown->first, unknown->second);
  }
  return result;
}

// All values of a facet that a request can choose, so that chosen ones without a posting show.
std::vector<std::string_view> ChoosableCodes(std::string_view facet) {
  std::vector<std::string_view> codes;
  const bool is_major = facet == "occupation_major";
  const schema::CodeTable* table = is_major || facet == "occupation_middle"
                                       ? &schema::OccupationTable()
                                       : schema::FindCodeTable(facet);
  for (size_t i = 0; table != nullptr && i < table->codes.size(); ++i) {
    const std::string_view code = table->codes[i].code;
    const bool is_value = facet == "industry"            ? code.size() == 1
                          : is_major                     ? code.size() == 2
                          : facet == "occupation_middle" ? code.size() == 3
                                                         : true;
    if (is_value) {
      codes.push_back(code);
    }
  }
  return codes;
}

// `unknown` last; the rest stays in its order, or by count and then code.
void Order(bool by_count, std::vector<OracleCount>* counts) {
  std::stable_sort(counts->begin(), counts->end(), [&](const OracleCount& a, const OracleCount& b) {
    if ((a.code == kUnknown) != (b.code == kUnknown)) {
      return b.code == kUnknown;
    }
    return by_count && (a.count != b.count ? a.count > b.count : a.code < b.code);
  });
}

std::vector<OracleCount> CountValues(const std::vector<JudgedJob>& judged,
                                     const FacetRule& rule,
                                     const OracleRequest& request,
                                     Date today) {
  Counts counts;
  const std::vector<std::string> ranges = RangeCodes(rule.name);
  if (ranges.empty()) {
    for (const std::string_view code : ChoosableCodes(rule.name)) {
      counts[std::string(code)] = 0;
    }
  }
  for (const JudgedJob& job : judged) {
    if (PassesBut(job, rule.own_filter)) {
      ++counts[FacetCode(*job.job, rule.name, request, today)];
    }
  }
  std::vector<OracleCount> result = InCodeOrder(counts, ranges, rule, request);
  Order(rule.by_count, &result);
  return result;
}

// The prefectures whose municipalities are listed.
std::set<int> ListedPrefectures(const OracleRequest& request) {
  std::set<int> prefectures;
  if (const auto chosen = request.values.find("pref"); chosen != request.values.end()) {
    for (const std::string& code : chosen->second) {
      prefectures.insert(std::stoi(code));
    }
  }
  for (const uint16_t city : ChosenMunicipalities(request)) {
    prefectures.insert(city / 1000);
  }
  return prefectures;
}

std::vector<OracleCount> CountCities(const std::vector<JudgedJob>& judged,
                                     const OracleRequest& request) {
  const std::set<int> prefectures = ListedPrefectures(request);
  const std::vector<uint16_t> chosen = ChosenMunicipalities(request);
  std::map<std::string, OracleCount> counts;
  for (const uint16_t city : chosen) {
    if (!schema::IsDesignatedCity(city)) {
      const std::string code = fmt::format("{:05}", city);
      counts[code] = {code, 0, true, false};
    }
  }
  for (const JudgedJob& judged_job : judged) {
    const schema::JobPosting& job = *judged_job.job;
    if (prefectures.count(job.prefecture) == 0 || !PassesBut(judged_job, "place")) {
      continue;
    }
    const bool is_leaf = job.municipality != 0 && !schema::IsDesignatedCity(job.municipality);
    const std::string code =
        is_leaf ? fmt::format("{:05}", job.municipality) : std::string(kUnknown);
    counts[code].code = code;
    ++counts[code].count;
  }
  std::vector<OracleCount> result;
  result.reserve(counts.size());
  for (const auto& [code, count] : counts) {
    result.push_back(count);
  }
  Order(false, &result);
  return result;
}

std::vector<OracleCount> CountConditions(const std::vector<JudgedJob>& judged,
                                         const OracleRequest& request,
                                         Date today) {
  std::vector<OracleCount> result;
  const auto given = request.values.find("conditions");
  const auto lists = [&](const std::string& value) {
    return given != request.values.end() &&
           std::find(given->second.begin(), given->second.end(), value) != given->second.end();
  };
  for (const schema::ConditionSpec& spec : schema::Conditions()) {
    OracleCount count;
    count.code = spec.code;
    count.selected = lists(count.code);
    count.excluded = lists("-" + count.code);
    for (const JudgedJob& job : judged) {
      const bool passes = PassesBut(job, count.excluded ? "-" + count.code : "");
      count.count += passes && HasCondition(*job.job, spec.code, today) ? 1 : 0;
    }
    if (count.count > 0 || count.selected || count.excluded) {
      result.push_back(count);
    }
  }
  Order(true, &result);
  return result;
}

}  // namespace

OracleFacets CountFacets(const std::vector<JudgedJob>& judged,
                         const OracleRequest& request,
                         Date today) {
  OracleFacets facets;
  const auto given = request.values.find("facets");
  if (given == request.values.end()) {
    return facets;
  }
  const auto asks = [&](std::string_view name) {
    return std::find(given->second.begin(), given->second.end(), name) != given->second.end();
  };
  const bool has_place = request.Has("pref") || request.Has("city");
  for (const FacetRule& rule : kRules) {
    const bool by_all = asks("all") && (rule.name != "city" || has_place);
    if (!by_all && !asks(rule.name)) {
      continue;
    }
    facets[std::string(rule.name)] = rule.name == "city" ? CountCities(judged, request)
                                     : rule.name == "conditions"
                                         ? CountConditions(judged, request, today)
                                         : CountValues(judged, rule, request, today);
  }
  return facets;
}

}  // namespace kyujin::test

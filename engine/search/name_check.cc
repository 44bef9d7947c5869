#include "engine/search/name_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "engine/query/place_lexicon.h"
#include "engine/schema/code_suggestion.h"
#include "engine/schema/code_table.h"
#include "engine/schema/name_key.h"

namespace kyujin::search {
namespace {

constexpr size_t kSuggestions = 3;
// Names with the most documents, among those that share a character with what was typed.
constexpr size_t kMaxCandidates = 3'000;

// How a kind of names is called, kept and folded.
struct NameKind {
  std::string_view parameter;
  const index::NameTable& (index::SegmentColumns::*names)() const;
  const index::InvertedView& (index::SegmentColumns::*documents)() const;
  std::string (*key)(std::string_view);
};

constexpr NameKind kStations{"station",
                             &index::SegmentColumns::station_names,
                             &index::SegmentColumns::station_documents,
                             schema::StationKey};
constexpr NameKind kLicences{"licence",
                             &index::SegmentColumns::licence_names,
                             &index::SegmentColumns::licence_documents,
                             schema::NameKey};

bool IsKnown(const NameKind& kind, const std::string& name, const index::Snapshot& snapshot) {
  if (kind.parameter == kStations.parameter && query::IsStationName(name)) {
    return true;
  }
  const bool is_used =
      std::any_of(snapshot.segments().begin(), snapshot.segments().end(), [&](const auto& segment) {
        return (segment->columns().*kind.names)().Find(name).has_value();
      });
  const schema::CodeTable* table = is_used ? nullptr : schema::FindCodeTable(kind.parameter);
  return is_used ||
         (table != nullptr &&
          std::any_of(table->codes.begin(), table->codes.end(), [&](const schema::Code& code) {
            return kind.key(code.label) == name;
          }));
}

bool SharesCharacter(std::string_view name, std::string_view typed) {
  for (size_t at = 0; at < typed.size();) {
    size_t end = at + 1;
    while (end < typed.size() && (static_cast<uint8_t>(typed[end]) & 0xC0U) == 0x80U) {
      ++end;
    }
    if (name.find(typed.substr(at, end - at)) != std::string_view::npos) {
      return true;
    }
    at = end;
  }
  return false;
}

// The names of the index that may be meant, those with the most documents first.
std::vector<std::string_view> Candidates(const NameKind& kind,
                                         std::string_view typed,
                                         const index::Snapshot& snapshot) {
  std::vector<std::pair<size_t, std::string_view>> counted;
  for (const auto& segment : snapshot.segments()) {
    const index::NameTable& names = (segment->columns().*kind.names)();
    const index::InvertedView& documents = (segment->columns().*kind.documents)();
    for (uint32_t id = 0; id < names.size(); ++id) {
      if (SharesCharacter(names[id], typed)) {
        counted.emplace_back(documents[id].size(), names[id]);
      }
    }
  }
  const size_t kept = std::min(counted.size(), kMaxCandidates);
  std::partial_sort(counted.begin(),
                    counted.begin() + static_cast<std::ptrdiff_t>(kept),
                    counted.end(),
                    [](const auto& a, const auto& b) {
                      return a.first != b.first ? a.first > b.first : a.second < b.second;
                    });
  std::vector<std::string_view> names;
  std::set<std::string_view> seen;
  for (size_t i = 0; i < kept; ++i) {
    if (seen.insert(counted[i].second).second) {
      names.push_back(counted[i].second);
    }
  }
  return names;
}

// dict/ knows codes and readings, so it is asked first.
std::vector<query::Suggestion> Suggest(const NameKind& kind,
                                       const std::string& typed,
                                       const index::Snapshot& snapshot) {
  std::vector<query::Suggestion> suggestions;
  const auto take = [&](const schema::CodeTable& table) {
    for (const schema::Code* code : schema::SuggestCodes(table, typed, kSuggestions)) {
      if (suggestions.size() < kSuggestions) {
        suggestions.push_back({std::string(code->code), std::string(code->label)});
      }
    }
  };
  if (const schema::CodeTable* table = schema::FindCodeTable(kind.parameter)) {
    take(*table);
  }
  std::vector<schema::Code> codes;
  for (const std::string_view name : Candidates(kind, typed, snapshot)) {
    codes.push_back({name, name, {}, {}, {}});
  }
  take({kind.parameter, kind.parameter, codes, {}});
  return suggestions;
}

void Check(const NameKind& kind,
           const std::vector<std::string>& names,
           const index::Snapshot& snapshot,
           std::vector<query::ParameterError>* errors) {
  for (const std::string& name : names) {
    if (IsKnown(kind, name, snapshot)) {
      continue;
    }
    query::ParameterError error = query::MakeParameterError(
        kind.parameter, name, fmt::format("not one of the values of {}", kind.parameter));
    error.fault = query::ParameterFault::kUnknownValue;
    error.suggestions = Suggest(kind, name, snapshot);
    errors->push_back(std::move(error));
  }
}

}  // namespace

std::vector<query::ParameterError> CheckNames(const query::SearchRequest& request,
                                              const index::Snapshot& snapshot) {
  std::vector<query::ParameterError> errors;
  for (const query::Filter& filter : request.filters) {
    const auto* stations = std::get_if<query::StationFilter>(&filter.body);
    if (stations != nullptr && !stations->walk_max) {
      Check(kStations, stations->stations, snapshot, &errors);
    }
    if (const auto* place = std::get_if<query::PlaceFilter>(&filter.body)) {
      Check(kStations, place->stations, snapshot, &errors);
    }
    if (const auto* licences = std::get_if<query::LicenceFilter>(&filter.body)) {
      Check(kLicences, licences->licences, snapshot, &errors);
    }
  }
  return errors;
}

}  // namespace kyujin::search

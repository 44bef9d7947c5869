// SearchRequest: what a caller asks for, typed and validated; the end of parsing and the start of
// searching. It knows no index and no HTTP.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/date.h"
#include "engine/query/cursor.h"
#include "engine/query/interpretation.h"
#include "engine/query/word_query.h"
#include "engine/schema/column.h"
#include "engine/schema/condition.h"
#include "engine/schema/facet.h"
#include "engine/schema/job_posting.h"

namespace kyujin::query {

// Documents whose column holds one of `values` (ascending, unique).
struct CodeFilter {
  schema::Column column;
  std::vector<uint32_t> values;
};

// Documents whose column is given and lies in [min, max].
struct RangeFilter {
  schema::Column column;
  uint32_t min = 0;
  uint32_t max = UINT32_MAX;
};

struct ValueRange {
  uint32_t min = 0;
  uint32_t max = 0;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

// Documents whose column is given and lies in one of `ranges` (ascending, disjoint, not adjacent).
struct RangesFilter {
  schema::Column column;
  std::vector<ValueRange> ranges;
};

// A document passes when its municipality is listed, or its prefecture is listed and no
// municipality of that prefecture is. Municipalities ascending, wards of a listed designated city
// included.
struct PlaceFilter {
  std::vector<uint8_t> prefectures;
  std::vector<uint16_t> municipalities;
  std::vector<std::string> stations = {};  // keys; what has one of them passes, too
};

enum class WageBasis : uint8_t { kBase, kFixedAllowances, kWithFixedOvertime };

// The lower bound under `basis` of a document of that wage type; given both, either suffices.
struct WageFilter {
  WageBasis basis = WageBasis::kFixedAllowances;
  std::optional<uint32_t> monthly_min;
  std::optional<uint32_t> hourly_min;
};

// Received on `from` or later, and on today − `within_days` or later.
struct ReceivedFilter {
  std::optional<Date> from;
  std::optional<uint32_t> within_days;
};

struct ConditionFilter {
  schema::Condition condition;
  bool excluded = false;  // keeps those that do not have it: stated no, or not stated
};

// Ascending, unique.
struct NumberFilter {
  std::vector<uint64_t> numbers;
  bool excluded = false;
};

// No limit stated, or one that admits `years`.
struct AgeFilter {
  uint8_t years = 0;
};

// Documents whose bits in `column` hold all of `all` and none of `none`; missing (0) passes only
// when all == 0.
struct MaskFilter {
  schema::Column column;
  uint32_t all = 0;
  uint32_t any = 0;  // at least one of these, when not 0
  uint32_t none = 0;
};

// Documents that name one of the stations (keys of schema::StationKey, ascending, unique); with
// `walk_max`, at most so many minutes on foot from one of them.
struct StationFilter {
  std::vector<std::string> stations;
  std::optional<uint8_t> walk_max;
};

// Documents that ask for one of the licences (keys of schema::NameKey, ascending, unique).
struct LicenceFilter {
  std::vector<std::string> licences;
};

// Documents with one shift that does both: starts at `start_from` or later, ends at `end_by` or
// earlier. Minutes since midnight, past midnight above 24 × 60.
struct ShiftFilter {
  uint16_t start_from = 0;
  uint16_t end_by = UINT16_MAX;
};

// Documents whose position is given and at most `radius_km` away.
struct NearFilter {
  schema::Position position;
  double radius_km = 0;
};

// Documents of one of the employers, by 事業所番号 or by name (keys of schema::NameKey). Both
// ascending, unique.
struct EmployerFilter {
  std::vector<uint64_t> numbers;
  std::vector<std::string> names;
  bool excluded = false;
};

using FilterBody = std::variant<CodeFilter,
                                RangeFilter,
                                RangesFilter,
                                PlaceFilter,
                                WageFilter,
                                ReceivedFilter,
                                ConditionFilter,
                                NumberFilter,
                                AgeFilter,
                                MaskFilter,
                                StationFilter,
                                LicenceFilter,
                                ShiftFilter,
                                NearFilter,
                                EmployerFilter>;

// All filters of a request hold together (AND).
struct Filter {
  schema::FilterGroup group = schema::FilterGroup::kNone;
  FilterBody body;
};

enum class Sort : uint8_t { kNew, kRelevance, kWageMin, kWageMax, kDeadline, kHolidays, kDistance };
// Returns the value of `sort`, e.g. "wage_min".
std::string_view SortName(Sort sort);

// Whether words may also be found inside longer ones (API.md 3).
enum class PartialMode : uint8_t { kAuto, kNever, kAlways };

inline constexpr uint32_t kDefaultLimit = 30;
inline constexpr uint32_t kMaxLimit = 100;
inline constexpr uint32_t kMaxOffset = 10'000;

// Thread rule: Thread-compatible.
struct SearchRequest {
  WordQuery words;
  PartialMode partial = PartialMode::kAuto;
  std::vector<Filter> filters;
  WageBasis wage_basis = WageBasis::kFixedAllowances;
  // Where distances are measured from.
  std::optional<schema::Position> near;
  // The effective order: relevance is never here without a scoring word, distance never without
  // `near`.
  Sort sort = Sort::kNew;
  uint32_t limit = kDefaultLimit;
  uint32_t offset = 0;
  std::optional<Cursor> cursor;
  std::vector<schema::Facet> facets;  // in the order of Facet, unique
  bool all_facets = false;            // `all`: city is left out without a place
  std::vector<std::string> fields;    // members of a hit to write; empty = all
  bool highlights = false;            // hits show where the words matched
  bool explains = false;              // hits show what their scores are made of
  // Canonical bytes of everything but cursor, limit and offset: equal requests have equal bytes.
  // What ETags, cursors and result caches are keyed by.
  std::string canonical;
  // What was understood of the words, in typed order. Applied ones stand among the filters.
  std::vector<InterpretationChip> interpretation;
  // Canonical bytes of the same request written as parameters with interpret=off; equal to
  // `canonical` when no interpretation was applied.
  std::string as_parameters;
};

}  // namespace kyujin::query

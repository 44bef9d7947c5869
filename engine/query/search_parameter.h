// SearchParameter: the one table of the parameters of a search (API.md 2). Reading from URLs and
// JSON, validation, canonical form and suggestions all follow from its rows; a new parameter is one
// row in search_parameter.cc and one function that adds its meaning to the request
// (request_draft.h).
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/schema/choice.h"

namespace kyujin::query {

struct RequestDraft;

// How the text of a value is read.
enum class ValueKind : uint8_t {
  kWords,           // the syntax of `q` (query_syntax.h)
  kExcludedWords,   // the syntax of `q_not`
  kChoice,          // one of `choices`
  kCode,            // a code of a table of dict/
  kNumber,          // an integer in [min, max]
  kDecimal,         // a number in [0, max], with a fraction or without
  kDate,            // 2026-11-22
  kTime,            // 09:00, past midnight up to 47:59
  kPoint,           // 35.681236,139.767125: degrees north, east
  kName,            // a name of the index; `key` folds it
  kEmployer,        // 1301-123456-7, or the name of an employer
  kEmployerNumber,  // 1301-123456-7, hyphens optional
  kPostingNumber,   // 13010-12345678, hyphen optional
  kCursor,          // cursor.h
};

enum class Cardinality : uint8_t {
  kSingle,
  kList,          // comma-separated or repeated; at most `max`
  kNegatableList  // the same, and `-value` excludes
};

// One word that a kChoice parameter takes.
using schema::Choice;

// One value, read and checked.
struct ParameterValue {
  std::string text;  // canonical, e.g. "-shift", "13010-12345678", "200000"
  // Choice::value, kNumber, days of kDate, minutes of kTime, millionths of kDecimal,
  // PostingNumber::value(), 事業所番号 (0 = a name); of kPoint latitude << 32 | longitude of
  // schema::Position.
  uint64_t number = 0;
  bool excluded = false;
};

struct SearchParameter {
  std::string_view name;
  std::string_view label;  // Japanese
  ValueKind kind = ValueKind::kChoice;
  Cardinality cardinality = Cardinality::kSingle;
  // kNumber: the range of a value. Lists: how many values (max). Words: how many code points as
  // sent (max).
  uint32_t min = 0;
  uint32_t max = 0;
  // kChoice: returns the words.
  std::span<const Choice> (*choices)() = nullptr;
  // kCode: the table of dict/ that suggestions come from, and what finds the code of today for a
  // text.
  std::string_view table = {};
  std::optional<std::string> (*resolve)(std::string_view text) = nullptr;
  // kName: returns the key of a name as typed; empty when it is no name at all.
  std::string (*key)(std::string_view text) = nullptr;
  // The canonical value that means the same as none; may be empty.
  std::string_view default_value = {};
  // Whether it says which part of the answer is wanted: left out of SearchRequest::canonical.
  bool is_page = false;
  // Whether it says how the answer looks, not what is found: with the page parameters left out of
  // frozen queries (frozen_query.h).
  bool is_display = false;
  // Adds the meaning of `values`: not empty, of a list ascending by text and unique. nullptr: none
  // yet.
  void (*apply)(std::span<const ParameterValue> values, RequestDraft* draft) = nullptr;
};

// All parameters, in the order in which they are applied.
std::span<const SearchParameter> SearchParameters();
// Returns nullptr for a name that is no parameter.
const SearchParameter* FindSearchParameter(std::string_view name);

}  // namespace kyujin::query

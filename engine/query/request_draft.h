// RequestDraft: the request while its parameters are applied one after the other. It holds what
// only makes sense together (the place group, the wage minima, the words) until the end joins it.
// Private to engine/query.
//
// Thread rule: **Confined to one thread.**
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/query/canonical_text.h"
#include "engine/query/parameter_error.h"
#include "engine/query/query_parser.h"
#include "engine/query/search_request.h"

namespace kyujin::query {

// What was wrong, in the order found. Beyond kMaxErrors only what changes the fault of the whole is
// kept: a list of thousands of bad numbers needs no answer of thousands.
class ParameterErrors {
 public:
  void Add(ParameterError error);
  [[nodiscard]] bool empty() const { return errors_.empty(); }
  [[nodiscard]] std::vector<ParameterError> Take() { return std::move(errors_); }

 private:
  std::vector<ParameterError> errors_;
  bool has_malformed_ = false;
};

struct RequestDraft {
  // Where the values come from: as people and programs send them, or from canonical bytes.
  enum class Source : uint8_t { kSent, kCanonical };

  Source source = Source::kSent;
  SearchRequest request;
  ParameterErrors errors;
  // Canonical values by parameter name, without defaults and page parameters.
  CanonicalValues canonical;
  // Those that interpretation gave another value; empty ones are gone. Without an applied
  // interpretation there are none.
  CanonicalValues interpreted;

  QueryText text;
  PlaceFilter place;
  std::optional<uint32_t> monthly_min;
  std::optional<uint32_t> hourly_min;
  ReceivedFilter received;
  std::vector<std::string> stations;
  std::optional<uint32_t> walk_max;
  std::optional<double> radius_km;
  std::optional<ShiftFilter> shift;
  std::optional<Sort> sort;
  bool has_offset = false;
};

// Joins what came in parts, settles the order, writes the canonical bytes and checks the cursor
// against them.
void FinishRequest(text::Analyzer* analyzer, RequestDraft* draft);

}  // namespace kyujin::query

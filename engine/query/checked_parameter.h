// CheckedParameter: the values of one parameter between checking (parameter_value.h) and applying
// (filter_builder.h). Private to engine/query.
//
// Thread rule: plain values. **Thread-compatible.**
#pragma once

#include <string>
#include <vector>

#include "engine/query/parameter_value.h"
#include "engine/query/search_parameter.h"

namespace kyujin::query {

struct CheckedParameter {
  const SearchParameter* parameter = nullptr;
  std::vector<ParameterValue> values;  // of a list ascending by text and unique

  // Brings the values into order after some were added.
  void Settle();
  // Returns the value in a canonical request: percent-escaped, commas only between the values of a
  // list.
  [[nodiscard]] std::string CanonicalText() const;
};

}  // namespace kyujin::query

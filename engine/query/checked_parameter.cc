#include "engine/query/checked_parameter.h"

#include <algorithm>

namespace kyujin::query {

void CheckedParameter::Settle() {
  std::sort(
      values.begin(), values.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
  values.erase(std::unique(values.begin(),
                           values.end(),
                           [](const auto& a, const auto& b) { return a.text == b.text; }),
               values.end());
}

std::string CheckedParameter::CanonicalText() const {
  std::string text;
  for (const ParameterValue& value : values) {
    text += text.empty() ? "" : ",";
    text += value.text;
  }
  return text;
}

}  // namespace kyujin::query

#include "engine/query/checked_parameter.h"

#include <algorithm>

#include "engine/query/canonical_text.h"

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
    AppendEscaped(
        value.text,
        parameter->cardinality == Cardinality::kSingle ? Commas::kPlain : Commas::kEscaped,
        &text);
  }
  return text;
}

}  // namespace kyujin::query

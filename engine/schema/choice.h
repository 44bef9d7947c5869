// Choice: one word of a closed list that a parameter takes and a posting's member is written as.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kyujin::schema {

struct Choice {
  std::string_view code;
  std::string_view label;  // Japanese
  uint32_t value = 0;      // what the code means: an enumerator, a bit, a code
};

// What a choice that means `value` has for its value.
template <class Enum>
constexpr uint32_t ChoiceValue(Enum value) {
  return static_cast<uint32_t>(value);
}

// Gives each choice the label that `table` of dict/ has for its code. Requires: it has one.
std::vector<Choice> LabelledChoices(std::string_view table, std::vector<Choice> choices);

// Returns the choice that means `value`, or nullptr.
const Choice* FindChoice(std::span<const Choice> choices, uint32_t value);

}  // namespace kyujin::schema

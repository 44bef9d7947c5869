// Interpretation: what was understood of the words of `q` (API.md 3), to be shown as chips.
//
// Thread rule: **Immutable.**
#pragma once

#include <string>
#include <vector>

namespace kyujin::query {

// A parameter that says the same as the words.
struct InterpretedValue {
  std::string parameter;
  std::string value;  // as the caller could have sent it; a list with commas
  std::string label;  // Japanese
  friend bool operator==(const InterpretedValue&, const InterpretedValue&) = default;
};

struct InterpretationChip {
  std::string text;  // as typed, width folded
  InterpretedValue meaning;
  // Whether it is a filter of the request now. If not, the words are searched as words.
  bool is_applied = false;
  // What else the words may mean; of an ambiguous place each place alone.
  std::vector<InterpretedValue> alternatives;
};

}  // namespace kyujin::query

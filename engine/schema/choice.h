// Choice: one word of a closed list that a parameter takes and a posting's member is written as.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <string_view>

namespace kyujin::schema {

struct Choice {
  std::string_view code;
  std::string_view label;  // Japanese
  uint32_t value = 0;      // what the code means: an enumerator, a bit, a code
};

}  // namespace kyujin::schema

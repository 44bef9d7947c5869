// The texts of dict/condition_patterns.csv as a trie, compiled into the program: what
// condition_reader.h walks. Texts are folded (half width, small letters) and hold no spaces.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/schema/condition.h"

namespace kyujin::schema {

// What a text is (dict/README.md).
enum class PatternKind : uint8_t {
  kSubject,  // something that can be affirmed or denied
  kPhrase,   // says it all by itself
  kWithin,   // a number of minutes follows
  kSkip,     // looks like a subject and is none
  kBefore,   // takes away what is said of the subject behind it
  kAffirm,
  kDeny,
  kLink,    // stands between a subject and what is said of it
  kJoin,    // joins subjects of one group
  kCancel,  // takes back what was said before it
};

inline constexpr uint8_t kAnyGroup = 0;
inline constexpr uint8_t kNoCondition = 0xFF;

struct PatternRule {
  PatternKind kind;
  uint8_t group;      // rules of one group, or of kAnyGroup, belong together
  uint8_t condition;  // a Condition, or kNoCondition
  Tristate affirmed;  // of a subject: what the condition is when it is affirmed,
  Tristate denied;    // denied,
  Tristate said;      // or said and nothing more; of a phrase: what it says
  uint8_t minutes;    // of kWithin: yes up to so many
};

struct PatternNode {
  uint16_t first_edge;
  uint16_t first_rule;
  uint16_t edges;
  uint8_t rules;  // of the text that ends here
};

struct PatternEdge {
  char16_t character;
  uint16_t node;
};

struct ConditionPatterns {
  std::span<const PatternNode> nodes;  // the first is the root
  std::span<const PatternEdge> edges;  // those of one node ascend
  std::span<const PatternRule> rules;
  // Bit PatternPair(a, b): a text that opens something may begin with ab. Bit c of the second: one
  // is c alone.
  std::span<const uint64_t> opening_pairs;
  std::span<const uint64_t> opening_singles;
};

// The same in cmake/generate_condition_patterns.py.
constexpr uint16_t PatternPair(char16_t first, char16_t second) {
  return static_cast<uint16_t>(first * 31U ^ second);
}

ConditionPatterns GetConditionPatterns();
// Names what the patterns say, in ASCII: an index made by others is refused.
std::string_view ConditionPatternsVersion();

}  // namespace kyujin::schema

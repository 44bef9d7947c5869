// Topics: nouns of an occupation's trade (goods, machines, tasks), for the middle and the tail of
// the corpus's vocabulary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bench/corpus/industries.h"
#include "bench/corpus/occupations.h"

namespace kyujin::corpus {

// In the order of the tables.
enum class TopicGroup : uint8_t {
  kFood,
  kMaterial,
  kOffice,
  kMedical,
  kWelfare,
  kChild,
  kShop,
  kMeal,
  kLife,
  kSchool,
  kService,
  kTransport,
};
inline constexpr size_t kTopicGroupCount = 12;

// Returns the nouns of `group`, separated by `|`.
std::string_view Topics(TopicGroup group);
// Returns the nouns that suit an occupation by its hours and the kind of its usual employers.
TopicGroup TopicGroupOf(ShiftPattern shifts, EmployerKind kind);

}  // namespace kyujin::corpus

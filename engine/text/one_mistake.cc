#include "engine/text/one_mistake.h"

#include <algorithm>
#include <cstdint>

#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr size_t kMaxUtf8Bytes = 4;

// Takes off both what they begin with alike.
void DropCommonStart(std::string_view* a, std::string_view* b) {
  while (!a->empty() && !b->empty()) {
    const Utf8Char first = DecodeUtf8Char(*a);
    const Utf8Char second = DecodeUtf8Char(*b);
    if (first.value != second.value) {
      return;
    }
    a->remove_prefix(first.size);
    b->remove_prefix(second.size);
  }
}

std::string_view WithoutFirst(std::string_view text) {
  if (!text.empty()) {
    text.remove_prefix(DecodeUtf8Char(text).size);
  }
  return text;
}

bool AreSwapped(std::string_view a, std::string_view b) {
  const std::string_view second_a = WithoutFirst(a);
  const std::string_view second_b = WithoutFirst(b);
  return !second_a.empty() && !second_b.empty() &&
         DecodeUtf8Char(a).value == DecodeUtf8Char(second_b).value &&
         DecodeUtf8Char(b).value == DecodeUtf8Char(second_a).value;
}

// `matches(rest of a, rest of b)` decides what must hold after the mistake.
template <class Matches>
bool DiffersOnce(std::string_view a, std::string_view b, Matches&& matches) {
  DropCommonStart(&a, &b);
  const std::string_view next_a = WithoutFirst(a);
  const std::string_view next_b = WithoutFirst(b);
  return (!a.empty() && matches(next_a, b)) || (!b.empty() && matches(a, next_b)) ||
         (!a.empty() && !b.empty() && matches(next_a, next_b)) ||
         (AreSwapped(a, b) && matches(WithoutFirst(next_a), WithoutFirst(next_b)));
}

}  // namespace

bool IsOneMistakeAway(std::string_view a, std::string_view b) {
  // A mistake adds, drops or changes one character: most words are told apart by their length.
  const size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  return difference <= kMaxUtf8Bytes && a != b &&
         DiffersOnce(a, b, [](std::string_view x, std::string_view y) { return x == y; });
}

bool StartsOneMistakeAway(std::string_view text, std::string_view typed) {
  return text.starts_with(typed) ||
         DiffersOnce(text, typed, [](std::string_view rest, std::string_view typed_rest) {
           return rest.starts_with(typed_rest);
         });
}

}  // namespace kyujin::text

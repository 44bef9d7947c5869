// ValueReader: reads the value of a feed tag character by character with half and full width alike,
// and the small questions every value parser asks. Copies nothing; used by the parsers beside it,
// never by the query side.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kyujin::schema {

// Returns `code` in the form the parsers compare with: ASCII for its full-width twins, ' ' for
// every space and line break, '~' and '-' for all waves and hyphens, '/' and '・' for their other
// forms.
char32_t FoldChar(char32_t code);

// Reads one code point at the front of `text`, which must not be empty, and drops it. A malformed
// byte reads as U+FFFD.
char32_t TakeChar(std::string_view* text);

// Thread rule: Confined to one thread. Holds a view of the text.
class ValueReader {
 public:
  explicit ValueReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool AtEnd() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  // Returns the next character, folded, or U+0000 at the end.
  [[nodiscard]] char32_t Peek() const;
  char32_t Next();
  void SkipSpaces();
  // Moves behind `literal`, which is in folded form, when it comes next.
  bool Take(std::string_view literal);
  // Reads a number such as `1800`, `1,800` or `１，８００`. Too large ones saturate. Moves only on
  // success.
  std::optional<uint64_t> TakeNumber();
  // Moves to the next digit; returns false when there is none.
  bool SkipToDigit();

 private:
  std::string_view rest_;
};

// `text` without spaces, full-width ones too, at both ends.
std::string_view TrimValue(std::string_view text);

// The first number in `text`, decimals rounded up, if it is at most `limit`.
std::optional<uint64_t> FirstNumber(std::string_view text, uint64_t limit);

// なし, 不可, 無, 否 …: what a yes/no value of the feed says for no. `実費支給（上限なし）` is no
// such value.
bool SaysNo(std::string_view text);
// Everything given that does not say no.
bool SaysYes(std::string_view text);

inline bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace kyujin::schema

// Finds which words of a text are taken back: by a pattern of dict/negation.csv right after them or
// behind a sign (夜勤なし, 夜勤：なし), with a word of little meaning that follows them
// (夜勤業務なし) or together with the next word of their kind (夜勤・残業なし). Used by the token
// writer. Thread rule: **Confined to one thread.** Holds views of the text and of its words.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/text/negation_matcher.h"
#include "engine/text/word_span.h"

namespace kyujin::text {

class NegationFinder {
 public:
  // Both must outlive the finder. Requires: spans lie in the text, in order.
  NegationFinder(std::string_view text, const std::vector<WordSpan>& spans)
      : text_(text), spans_(spans) {}

  // What takes the word at spans[i] back, nothing for no such thing. `size` counts the bytes after
  // the word that say so: 0 when they follow another word.
  [[nodiscard]] std::optional<Negation> Of(size_t i) const;

 private:
  [[nodiscard]] Negation After(size_t i) const;
  [[nodiscard]] Negation Fitting(size_t i, size_t apart) const;
  [[nodiscard]] std::optional<Negation> OfHead(size_t i) const;
  [[nodiscard]] std::optional<Negation> Together(size_t i) const;
  [[nodiscard]] size_t NextOfKind(size_t i, std::string_view* joiner) const;
  [[nodiscard]] size_t SpanAfter(size_t byte, size_t i) const;
  [[nodiscard]] std::string_view TextOf(size_t i) const;

  std::string_view text_;
  const std::vector<WordSpan>& spans_;
};

}  // namespace kyujin::text

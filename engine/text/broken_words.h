// Joins words that a hand-made break cut in two: feeds are typed in lines of fixed width, broken by
// U+3000 wherever the line is full (看護小規模多機　能型居宅介護), and titles are spaced out
// (看　護　師).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/mecab_tokenizer.h"
#include "engine/text/normalizer.h"
#include "engine/text/word_table.h"

namespace kyujin::text {

// **Confined to one thread.** Holds views of both arguments; one per analyzer, for its buffers.
class BrokenWordJoiner {
 public:
  BrokenWordJoiner(const WordTable& words, MecabTokenizer* tokenizer)
      : words_(words), tokenizer_(*tokenizer) {}

  // Removes from `*text` (offsets included, with `*scratch` as a buffer) each single space between
  // two kanji or two katakana that cuts a word: MeCab, without the space, finds a word of the
  // dictionaries across it and prefers it by far; the word begins and ends where words do with the
  // space; and neither piece is a word of two characters or more (営業　所長 stays; of a katakana
  // word one may be).
  void Join(NormalizedText* text, NormalizedText* scratch);

 private:
  void FindCuts(std::string_view text);
  [[nodiscard]] bool MayBeCut(std::string_view text, size_t space) const;
  size_t TryLetters(std::string_view text, size_t space);
  [[nodiscard]] bool IsCut(std::string_view text, size_t space);
  [[nodiscard]] bool AreWords(std::string_view letters);
  [[nodiscard]] bool IsPieceOfWord(std::string_view piece) const;

  const WordTable& words_;
  MecabTokenizer& tokenizer_;
  std::vector<size_t> cuts_;  // spaces to remove, ascending
  std::string joined_;
  std::vector<Morpheme> morphemes_;
  std::vector<Morpheme> spaced_;
};

}  // namespace kyujin::text

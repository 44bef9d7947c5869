// Cuts normalised text into the pieces that MeCab reads one at a time: sentences, and where these
// are too long or too uniform (MeCab is quadratic on runs of one class), parts of them. The cuts
// depend on the text alone, so a posting and a query are cut alike.
// Thread rule: **Confined to one thread.** Holds a view: the text must outlive the splitter.
#pragma once

#include <cstddef>
#include <string_view>

namespace kyujin::text {

// Bytes [begin, end) of the text.
struct Piece {
  size_t begin = 0;
  size_t end = 0;
};

// Returns whether `c`, in normalised text, ends a sentence: 。 ! ? and line breaks.
bool EndsSentence(char32_t c);

// Returns whether `c` is a letter, digit, kana or kanji: what makes a token a word. The marks ー
// and 〇 are not, because text uses them as rulers and bullets.
bool IsWordCharacter(char32_t c);

// Whether `text`, valid UTF-8, holds one.
bool HasWordCharacter(std::string_view text);

class SentenceSplitter {
 public:
  // Requires: `text` is valid UTF-8.
  explicit SentenceSplitter(std::string_view text) : text_(text) {}

  // Sets `*piece` to the next piece that is not empty, of at most kMaxSentenceBytes, in which no
  // run of one class has more than kMaxRunBytes. Classes are ASCII letters, digits, katakana with
  // ー, spaces, and everything else; hiragana and kanji may run as long as the sentence.
  // Returns false at the end of the text. Pieces cover the text without a hole.
  bool Next(Piece* piece);

 private:
  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace kyujin::text

// Turns the morphemes of one text into tokens: drops what is no word, joins ASCII words that MeCab
// took apart, and counts positions (Token says how). The last step of the analyzer.
// Thread rule: **Confined to one thread.** Holds views of the text and of the list for one text.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/text/normalizer.h"
#include "engine/text/token.h"

namespace kyujin::text {

// Bytes [begin, end) of a normalised text that may become a token.
struct WordSpan {
  size_t begin = 0;
  size_t end = 0;
  bool is_zero = false;
};

class TokenWriter {
 public:
  // Both must outlive the writer. Tokens already in `*tokens` are overwritten, so that their
  // memory is used again; Finish() cuts off what is left of them.
  TokenWriter(const NormalizedText& text, std::vector<Token>* tokens)
      : text_(text), tokens_(*tokens) {}

  // Takes the next morpheme. Requires: spans come in order and do not overlap.
  void Add(WordSpan span);

  // Ends a piece: what comes next is not joined to what came before.
  void EndPiece();

  // Requires: nothing is added afterwards.
  void Finish();

 private:
  void Flush();
  void Emit(WordSpan span);
  [[nodiscard]] WordSpan WithSigns(WordSpan span) const;
  [[nodiscard]] uint32_t GapBefore(size_t begin) const;

  const NormalizedText& text_;
  std::vector<Token>& tokens_;
  size_t count_ = 0;        // tokens written
  size_t written_end_ = 0;  // end of the last token in the normalised text
  uint32_t next_position_ = 0;
  WordSpan pending_;  // not yet written, for the next morpheme may belong to it; empty: none
};

}  // namespace kyujin::text

// Turns the morphemes of one text into tokens: drops what is no word, joins ASCII words that MeCab
// took apart, finds canonical terms, parts of compounds and negation, and counts positions (Token
// says how). The last step of the analyzer.
// Thread rule: **Confined to one thread.** Holds views of the text and of the list for one text.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/text/katakana_splitter.h"
#include "engine/text/mecab_tokenizer.h"
#include "engine/text/normalizer.h"
#include "engine/text/token.h"
#include "engine/text/word_span.h"
#include "engine/text/word_table.h"

namespace kyujin::text {

class TokenWriter {
 public:
  // What a writer works with; all of it must outlive the writer.
  struct Context {
    const WordTable* words = nullptr;        // may be null: no dictionary
    std::vector<WordSpan>* spans = nullptr;  // buffers, kept for their memory
    std::vector<KatakanaPiece>* pieces = nullptr;
  };

  // Tokens already in `*tokens` are overwritten, so that their memory is used again; Finish() cuts
  // off what is left of them.
  TokenWriter(const NormalizedText& text, const Context& context, std::vector<Token>* tokens)
      : text_(text),
        words_(context.words),
        spans_(*context.spans),
        pieces_(*context.pieces),
        tokens_(*tokens) {}

  // Takes the morphemes of the piece that begins at byte `begin` of the text. Requires: pieces come
  // in order.
  void WritePiece(size_t begin, std::span<const Morpheme> morphemes);

  // Requires: nothing is added afterwards.
  void Finish();

 private:
  void CollectSpans(size_t begin, std::span<const Morpheme> morphemes);
  void AddMorpheme(WordSpan span);
  void AddSpan(WordSpan span);
  void Resolve(size_t i);
  [[nodiscard]] bool StandsAsNoun(size_t i) const;
  [[nodiscard]] WordSpan WithSigns(WordSpan span) const;
  [[nodiscard]] std::string_view TextOf(const WordSpan& span) const;
  [[nodiscard]] bool AreAdjacent(size_t first, size_t second) const;

  // Each writes what begins at spans_[i] and returns the index after it, or i for nothing.
  size_t WriteNegated(size_t i);
  size_t WriteNumeral(size_t i);
  void WriteWord(const WordSpan& span);

  [[nodiscard]] std::string_view TermOf(const WordSpan& span) const;
  [[nodiscard]] uint32_t GapBefore(size_t begin) const;

  // Begins a token over the bytes [begin, end) of the normalised text; the caller sets its term.
  Token& Begin(size_t begin, size_t end);
  void WriteParts(const WordSpan& span, uint32_t position);
  void WriteKatakanaParts(const WordSpan& span);
  void WriteSequence(const WordSpan& span);

  const NormalizedText& text_;
  const WordTable* words_;
  std::vector<WordSpan>& spans_;
  std::vector<KatakanaPiece>& pieces_;
  std::vector<Token>& tokens_;
  size_t count_ = 0;        // tokens written
  size_t written_end_ = 0;  // end of the last word in the normalised text
  uint32_t next_position_ = 0;
};

}  // namespace kyujin::text

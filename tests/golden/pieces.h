// Pieces of the texts of postings, and whether a partial search must find the posting by them.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/analyzer.h"

namespace kyujin::test {

// Confined to one thread.
class PieceDrawer {
 public:
  PieceDrawer(text::Analyzer* analyzer, uint64_t seed) : analyzer_(*analyzer), random_(seed) {}

  // One or two neighbouring words of `text`, or a stretch inside a word of katakana. Empty for
  // none.
  std::string Findable(std::string_view text);
  // What is left of the name of a place or of a closed compound without its first or last letter,
  // if it stands nowhere else in `text`. Empty for none.
  std::string Hidden(std::string_view text);

 private:
  void Analyze(std::string_view text);
  [[nodiscard]] std::string_view PieceOf(std::string_view text, size_t first, size_t last) const;
  bool IsCutFromClosed(std::string_view text, std::string_view piece);
  size_t Draw(size_t count) { return static_cast<size_t>(random_() % count); }

  text::Analyzer& analyzer_;
  std::mt19937_64 random_;
  std::vector<text::Token> tokens_;  // whole words
  std::vector<text::Token> parts_;
};

}  // namespace kyujin::test

#include "tests/golden/pieces.h"

#include <algorithm>

#include "engine/text/katakana.h"
#include "engine/text/normalizer.h"
#include "engine/text/utf8.h"

namespace kyujin::test {
namespace {

constexpr size_t kFewestLetters = 2;
constexpr size_t kMostLetters = 20;

bool IsLetter(char32_t c) {
  return text::IsKanji(c) || text::IsHiragana(c) || text::IsKatakana(c);
}

bool IsUsable(std::string_view piece) {
  const size_t letters = text::CountCodePoints(piece);
  if (letters < kFewestLetters || letters > kMostLetters) {
    return false;
  }
  for (std::string_view rest = piece; !rest.empty();) {
    if (!IsLetter(text::DecodeUtf8(&rest))) {
      return false;
    }
  }
  return true;
}

size_t LastLetter(std::string_view word) {
  size_t at = word.size();
  do {
    --at;
  } while (at > 0 && (static_cast<uint8_t>(word[at]) & 0xC0U) == 0x80);
  return at;
}

}  // namespace

void PieceDrawer::Analyze(std::string_view text) {
  analyzer_.Analyze(text, &tokens_);
  parts_.clear();
  std::copy_if(tokens_.begin(), tokens_.end(), std::back_inserter(parts_), [](const auto& token) {
    return text::IsPartTerm(token.text);
  });
  std::erase_if(tokens_, [](const auto& token) { return text::IsPartTerm(token.text); });
}

std::string_view PieceDrawer::PieceOf(std::string_view text, size_t first, size_t last) const {
  return text.substr(tokens_[first].begin, tokens_[last].end - tokens_[first].begin);
}

std::string PieceDrawer::Findable(std::string_view text) {
  Analyze(text);
  if (tokens_.empty()) {
    return "";
  }
  const size_t first = Draw(tokens_.size());
  const bool takes_two = first + 1 < tokens_.size() && tokens_[first + 1].follows_directly &&
                         tokens_[first + 1].text.front() != text::kNegationMarker && Draw(2) == 0;
  std::string_view piece = PieceOf(text, first, takes_two ? first + 1 : first);
  constexpr size_t kLongKatakana = 6 * text::kKatakanaBytes;
  if (!takes_two && piece.size() >= kLongKatakana && text::IsAllKatakana(piece) &&
      !analyzer_.IsClosed(piece) && Draw(2) == 0) {
    // Of a word that is known in parts, only a part can be found.
    Analyze(piece);
    if (parts_.empty()) {
      piece.remove_prefix(text::kKatakanaBytes);
    }
  } else if (tokens_[first].text.front() == text::kNegationMarker) {
    return "";
  }
  return IsUsable(piece) ? std::string(piece) : "";
}

std::string PieceDrawer::Hidden(std::string_view text) {
  Analyze(text);
  if (tokens_.empty()) {
    return "";
  }
  const text::Token token = tokens_[Draw(tokens_.size())];
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  if (text::Normalize(word).text != word || !analyzer_.IsClosed(word)) {
    return "";
  }
  const size_t first_letter = text::DecodeUtf8Char(word).size;
  const std::string_view piece =
      Draw(2) == 0 ? word.substr(first_letter) : word.substr(0, LastLetter(word));
  return IsUsable(piece) && IsCutFromClosed(text, piece) ? std::string(piece) : "";
}

// Nowhere else in the text, and no part that may be found.
bool PieceDrawer::IsCutFromClosed(std::string_view text, std::string_view piece) {
  const size_t found = text.find(piece);
  return found != std::string_view::npos && text.find(piece, found + 1) == std::string_view::npos &&
         std::none_of(parts_.begin(), parts_.end(), [&](const text::Token& part) {
           return text.substr(part.begin, part.end - part.begin) == piece;
         });
}

}  // namespace kyujin::test

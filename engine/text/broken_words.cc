#include "engine/text/broken_words.h"

#include <algorithm>
#include <utility>

#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr size_t kSide = 36;           // bytes looked at on each side: twelve characters
constexpr size_t kMaxLetters = 16;     // of a word that is spaced out
constexpr int64_t kPreference = 2000;  // in MeCab's costs: about half a word

// Windows cost two analyses each; texts that are all breaks get few for their size.
constexpr size_t kFreeWindows = 16;
constexpr size_t kBytesPerWindow = 96;

bool IsJoinable(char32_t c) {
  return IsKanji(c) || IsKatakana(c);
}

// The character that ends at byte `end`; 0 for none of three bytes.
char32_t CharacterBefore(std::string_view text, size_t end) {
  if (end < 3) {
    return 0;
  }
  const Utf8Char c = DecodeUtf8Char(text.substr(end - 3));
  return c.size == 3 ? c.value : 0;
}

char32_t CharacterAt(std::string_view text, size_t begin) {
  return begin < text.size() ? DecodeUtf8Char(text.substr(begin)).value : 0;
}

std::string_view RunBefore(std::string_view text, size_t end) {
  size_t begin = end;
  while (end - begin < kSide && IsJoinable(CharacterBefore(text, begin))) {
    begin -= 3;
  }
  return text.substr(begin, end - begin);
}

std::string_view RunAfter(std::string_view text, size_t begin) {
  size_t end = begin;
  while (end - begin < kSide && IsJoinable(CharacterAt(text, end))) {
    end += DecodeUtf8Char(text.substr(end)).size;
  }
  return text.substr(begin, end - begin);
}

bool IsOneLetter(std::string_view run) {
  return !run.empty() && DecodeUtf8Char(run).size == run.size();
}

}  // namespace

void BrokenWordJoiner::Join(NormalizedText* text, NormalizedText* scratch) {
  cuts_.clear();
  FindCuts(text->text);
  if (cuts_.empty()) {
    return;
  }
  scratch->text.clear();
  scratch->offsets.clear();
  size_t begin = 0;
  const auto copy_until = [&](size_t end) {
    scratch->text.append(text->text, begin, end - begin);
    scratch->offsets.insert(scratch->offsets.end(),
                            text->offsets.begin() + static_cast<std::ptrdiff_t>(begin),
                            text->offsets.begin() + static_cast<std::ptrdiff_t>(end));
    begin = end + 1;
  };
  for (const size_t cut : cuts_) {
    copy_until(cut);
  }
  copy_until(text->text.size());
  scratch->offsets.push_back(text->offsets.back());
  std::swap(*text, *scratch);
}

void BrokenWordJoiner::FindCuts(std::string_view text) {
  size_t windows = kFreeWindows + text.size() / kBytesPerWindow;
  size_t from = 0;
  while (windows > 0) {
    const size_t space = text.find(' ', from);
    if (space == std::string_view::npos) {
      return;
    }
    from = space + 1;
    if (!MayBeCut(text, space)) {
      continue;
    }
    --windows;
    const size_t after_letters = TryLetters(text, space);
    if (after_letters > space) {
      from = after_letters;
    } else if (IsCut(text, space)) {
      cuts_.push_back(space);
    }
  }
}

bool BrokenWordJoiner::MayBeCut(std::string_view text, size_t space) const {
  const char32_t before = CharacterBefore(text, space);
  const char32_t after = CharacterAt(text, space + 1);
  const bool same_kind =
      (IsKanji(before) && IsKanji(after)) || (IsKatakana(before) && IsKatakana(after));
  return same_kind && words_.MayHoldPair(before, after);
}

// A word that is spaced out letter by letter from the letter before `space`: all or nothing.
// Returns where it ends, or `space` for no such row of letters.
size_t BrokenWordJoiner::TryLetters(std::string_view text, size_t space) {
  const std::string_view first = RunBefore(text, space);
  if (!IsOneLetter(first)) {
    return space;
  }
  joined_.assign(first);
  size_t end = space;
  size_t letters = 1;
  while (letters < kMaxLetters && end < text.size() && text[end] == ' ') {
    const std::string_view letter = RunAfter(text, end + 1);
    if (!IsOneLetter(letter)) {
      break;
    }
    joined_ += letter;
    end += 1 + letter.size();
    ++letters;
  }
  if (letters < 2) {
    return space;
  }
  if (AreWords(joined_)) {
    for (size_t at = space; at < end; ++at) {
      if (text[at] == ' ') {
        cuts_.push_back(at);
      }
    }
  }
  return end;
}

bool BrokenWordJoiner::AreWords(std::string_view letters) {
  tokenizer_.Tokenize(letters, &morphemes_);
  return std::all_of(morphemes_.begin(), morphemes_.end(), [](const Morpheme& morpheme) {
    constexpr uint32_t kTwoCharacters = 6;
    return morpheme.is_known && morpheme.end - morpheme.begin >= kTwoCharacters;
  });
}

bool BrokenWordJoiner::IsPieceOfWord(std::string_view piece) const {
  if (IsOneLetter(piece)) {
    return true;
  }
  const auto whole = [&](const Morpheme& morpheme) {
    return morpheme.is_known && morpheme.end - morpheme.begin == piece.size();
  };
  return std::none_of(spaced_.begin(), spaced_.end(), [&](const Morpheme& morpheme) {
    return whole(morpheme) &&
           std::string_view(joined_).substr(morpheme.begin, piece.size()) == piece;
  });
}

bool BrokenWordJoiner::IsCut(std::string_view text, size_t space) {
  const std::string_view left = RunBefore(text, space);
  const std::string_view right = RunAfter(text, space + 1);
  joined_.assign(left).append(right);
  const int64_t joined_cost = tokenizer_.Tokenize(joined_, &morphemes_);
  const auto across =
      std::find_if(morphemes_.begin(), morphemes_.end(), [&](const Morpheme& morpheme) {
        return morpheme.begin < left.size() && morpheme.end > left.size();
      });
  if (across == morphemes_.end() || !across->is_known) {
    return false;
  }
  const Morpheme word = *across;
  joined_.assign(left).append(" ").append(right);
  const int64_t spaced_cost = tokenizer_.Tokenize(joined_, &spaced_);
  const bool begins_word = std::any_of(
      spaced_.begin(), spaced_.end(), [&](const Morpheme& m) { return m.begin == word.begin; });
  const bool ends_word = std::any_of(
      spaced_.begin(), spaced_.end(), [&](const Morpheme& m) { return m.end == word.end + 1; });
  const bool left_is_piece = IsPieceOfWord(left.substr(word.begin));
  const bool right_is_piece = IsPieceOfWord(right.substr(0, word.end - left.size()));
  // Of a katakana word one piece may happen to be a word: デイサー　ビス.
  const bool is_katakana = IsKatakana(CharacterAt(right, 0));
  return begins_word && ends_word && spaced_cost - joined_cost >= kPreference &&
         (is_katakana ? left_is_piece || right_is_piece : left_is_piece && right_is_piece);
}

}  // namespace kyujin::text

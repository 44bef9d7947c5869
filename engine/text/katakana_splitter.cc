#include "engine/text/katakana_splitter.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/text/katakana.h"

namespace kyujin::text {
namespace {

constexpr size_t kCharacterBytes = kKatakanaBytes;
constexpr size_t kMaxCharacters = 64;
constexpr size_t kFewestCharacters = 3;
constexpr size_t kMostCharacters = 12;

// The best way to cut what ends at a character: how much of it is unknown, in how many pieces.
struct Way {
  uint32_t unknown = 0;
  uint32_t pieces = 0;
  uint32_t from = 0;
  bool is_known = false;

  [[nodiscard]] bool IsBetterThan(const Way& other) const {
    return unknown != other.unknown ? unknown < other.unknown : pieces < other.pieces;
  }
};

bool IsPart(const WordTable& words, std::string_view piece) {
  return !piece.starts_with("ー") && !piece.starts_with("ッ") && words.Find(piece) != nullptr;
}

using Ways = std::array<Way, kMaxCharacters + 1>;

void FindWays(const WordTable& words, std::string_view run, Ways* ways) {
  const size_t characters = run.size() / kCharacterBytes;
  for (size_t end = 1; end <= characters; ++end) {
    const Way& before = (*ways)[end - 1];
    Way best = {before.unknown + 1,
                before.pieces + (before.is_known || end == 1 ? 1U : 0U),
                static_cast<uint32_t>(before.is_known || end == 1 ? end - 1 : before.from),
                false};
    const size_t longest = std::min(end, kMostCharacters);
    for (size_t size = longest; size >= kFewestCharacters; --size) {
      const size_t begin = end - size;
      if (size == characters ||
          (end < characters && !CanBeginKatakana(run.substr(end * kCharacterBytes))) ||
          !IsPart(words, run.substr(begin * kCharacterBytes, size * kCharacterBytes))) {
        continue;
      }
      const Way way = {
          (*ways)[begin].unknown, (*ways)[begin].pieces + 1, static_cast<uint32_t>(begin), true};
      if (way.IsBetterThan(best)) {
        best = way;
      }
    }
    (*ways)[end] = best;
  }
}

}  // namespace

void SplitKatakana(const WordTable& words,
                   std::string_view run,
                   std::vector<KatakanaPiece>* pieces) {
  pieces->clear();
  const size_t characters = run.size() / kCharacterBytes;
  if (run.size() % kCharacterBytes != 0 || characters > kMaxCharacters ||
      characters <= kFewestCharacters || !IsAllKatakana(run)) {
    return;
  }
  Ways ways;
  FindWays(words, run, &ways);
  for (size_t end = characters; end > 0;) {
    const Way& way = ways[end];
    pieces->push_back({way.from * kCharacterBytes, end * kCharacterBytes, way.is_known});
    end = way.from;
  }
  std::reverse(pieces->begin(), pieces->end());
  if (pieces->size() < 2) {
    pieces->clear();
  }
}

}  // namespace kyujin::text

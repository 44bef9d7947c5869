// The first step of every walk from text to terms: Unicode normal forms that make spellings of one
// character equal (full and half width, upper and lower case, ligatures), with the way back to the
// original bytes for highlighting. Postings and queries go through the same functions.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::text {

// Returns `text` in NFKC: full-width letters and digits become half-width, half-width kana
// full-width, ㈱ becomes (株). Case, controls and line breaks stay; broken UTF-8 becomes U+FFFD.
// A letter keeps its first 30 combining marks. For parsers of values. Requires: `text` is shorter
// than 100 MB.
std::string FoldWidth(std::string_view text);

// A normalised text and where each byte of it came from. **Thread-compatible.**
struct NormalizedText {
  std::string text;  // always valid UTF-8

  // offsets[i] is where the original characters that made byte i start; offsets[text.size()] is
  // the original size. Never decreases. A character that became several shares one offset.
  std::vector<uint32_t> offsets;

  // Returns the original offset where the piece of `text` that starts at byte `begin` starts.
  [[nodiscard]] uint32_t OriginalBegin(size_t begin) const { return offsets[begin]; }

  // Returns the original offset after the piece of `text` that ends before byte `end`: all of the
  // original characters that it was made of. Requires: 0 < end ≤ text.size().
  [[nodiscard]] uint32_t OriginalEnd(size_t end) const;
};

// Fills `*normalized` (its buffers are used again) from `original`: NFKC with case folding.
//  - Invisible characters (variation selectors, zero-width spaces, soft hyphens) are gone.
//  - Controls, NUL and U+3000 become spaces. Line breaks of every kind become '\n'.
//  - The spacing voicing marks ゛ ゜ join the kana before them, as the half-width ones do.
//  - Broken UTF-8 becomes U+FFFD; a letter keeps its first 30 combining marks.
// Does not unify hyphens, long vowels or variant kanji.
// Requires: `original` is shorter than 100 MB.
void Normalize(std::string_view original, NormalizedText* normalized);

// The same by value.
NormalizedText Normalize(std::string_view original);

}  // namespace kyujin::text

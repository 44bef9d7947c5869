// Kana and Roman letters: what a typed `kaigo` reads as, and keys under which all spellings of one
// reading meet. Used by queries and suggestions; postings know nothing of letters.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kyujin::text {

// Returns `text` with katakana as hiragana (ー, ヶ and everything else stay), or the other way.
std::string HiraganaOf(std::string_view text);
std::string KatakanaOf(std::string_view text);

// Returns whether all of `text` is hiragana, katakana and ー, and there is some.
bool IsKana(std::string_view text);

// Returns the hiragana that `letters` (lower case ASCII) spell in Hepburn, Kunrei or as typed into
// an input method: `kaigo`, `shinbun` and `shimbun`, `sya` and `sha`, `kekka`, `kan'i`, `tō`.
// Nothing when some of it is no syllable. Long vowels come out as they were spelt.
std::optional<std::string> HiraganaOfRomaji(std::string_view letters);

// Returns the key of a reading in letters: equal for kana and for every usual spelling of them in
// letters, long vowels and doubled consonants not told apart (とうきょう, トーキョー, `tokyo`,
// `toukyou`, `Tōkyō`). The start of a spelling has the start of its key, so prefixes can be looked
// up (しゃ… by `s` and `sh`). Empty when `text` holds anything but kana and letters.
std::string RomajiKey(std::string_view text);

}  // namespace kyujin::text

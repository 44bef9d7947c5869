// What a caller may have meant by a value that is outside its table: the suggestions of a 422
// answer (API.md 1).
//
// Thread rule: Immutable.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schema/code_table.h"

namespace kyujin::schema {

// Returns up to `limit` codes of `table`, nearest to `text` first, by code, label and reading;
// `text` may also be romaji (`tokyo` is near とうきょうと). Width, case and kind of kana do not
// matter. What has nothing in common with `text` is left out. The order depends on the table and
// `text` only. Cost: O(size of the table), for errors only.
std::vector<const Code*> SuggestCodes(const CodeTable& table, std::string_view text, size_t limit);

// Returns `kana` (hiragana) in Hepburn letters without long vowels: とうきょうと → `tokyoto`. Other
// characters are left out.
std::string RomajiOfHiragana(std::u32string_view kana);

}  // namespace kyujin::schema

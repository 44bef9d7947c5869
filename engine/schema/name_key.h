// Keys of names that people write in many ways: what postings are stored by and requests look up.
//
// Thread rule: Immutable.
#pragma once

#include <string>
#include <string_view>

namespace kyujin::schema {

// Returns `name` with width and case folded, ヶ and ケ the same, and without spaces: the key of an
// employer or a licence.
std::string NameKey(std::string_view name);

// Returns the key of a station: NameKey without line, operator, 駅 and brackets
// (`東急東横線　渋谷駅`, `ＪＲ渋谷` and `渋谷` are one). Empty when `name` holds no more than a
// line, an operator or a word that is no name.
std::string StationKey(std::string_view name);

}  // namespace kyujin::schema

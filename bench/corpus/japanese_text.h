// Writing numbers, times and lengths the way the feed does: free text is full width throughout,
// some structured fields are half width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kyujin::corpus {

// U+3000: the feed's only space and line break.
inline constexpr std::string_view kWideSpace = "　";

// Returns the number of characters (code points) of UTF-8 `text`.
size_t CountCharacters(std::string_view text);
// Returns the longest start of `text` that has at most `count` characters.
std::string_view FirstCharacters(std::string_view text, size_t count);

// Appends `value` in half-width digits: 12.
void AppendNumber(std::string& out, int value);
// Appends `value` in full-width digits: １２.
void AppendWideNumber(std::string& out, int value);
// Appends `value` in half-width digits with commas: 1,200.
void AppendAmount(std::string& out, int value);
// Appends `value` in full-width digits with commas: １，２００.
void AppendWideAmount(std::string& out, int value);
// Appends minutes of the day as 8時30分.
void AppendTime(std::string& out, int minutes);
// Appends minutes of the day as ８時３０分.
void AppendWideTime(std::string& out, int minutes);

}  // namespace kyujin::corpus

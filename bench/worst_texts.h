// Pieces of text of which a long repetition costs the analyzer most: what it takes for them is
// timed (bench) and bounded (tests).
//
// Thread rule: **Immutable.**
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace kyujin::bench {

inline constexpr std::array<std::string_view, 16> kWorstTexts = {"a",
                                                                 "7",
                                                                 "ア",
                                                                 "ー",
                                                                 "一",
                                                                 "あ",
                                                                 "か\u3099",
                                                                 "\u3099",
                                                                 "機 能 ",
                                                                 "営業 所営 ",
                                                                 "ア-",
                                                                 "ア・",
                                                                 "1,000,",
                                                                 "介 護　",
                                                                 "コミュニ ケーション",
                                                                 "\xED\xA0\x80"};
inline constexpr size_t kWorstTextBytes = 65'536;

// Returns `piece` again and again, kWorstTextBytes long or a little more.
inline std::string WorstTextOf(std::string_view piece) {
  std::string text;
  while (text.size() < kWorstTextBytes) {
    text += piece;
  }
  return text;
}

}  // namespace kyujin::bench

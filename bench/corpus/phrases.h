// Phrases that any posting may use, whatever its occupation. Lists are separated by `|`; slots are
// those of OccupationVocabulary, and S a workplace of the occupation, P a municipality, T a noun of
// the trade.
#pragma once

#include <string_view>

namespace kyujin::corpus {

struct Phrases {
  std::string_view leads;          // opening sentences
  std::string_view headings;       // 【仕事内容】
  std::string_view remarks;        // closing sentences
  std::string_view change_ranges;  // 変更の範囲, as demanded since April 2024
  std::string_view remarks_part;   // for part-time work
  std::string_view duties;         // of any occupation
  std::string_view title_endings;
  std::string_view title_endings_full;
  std::string_view title_endings_part;
  std::string_view title_starts;
  std::string_view notes;        // 特記事項
  std::string_view features;     // 会社の特長
  std::string_view experiences;  // 必要な経験
  std::string_view computer_skills;
  std::string_view hours_notes;
  std::string_view holiday_notes;
};

const Phrases& GeneralPhrases();

}  // namespace kyujin::corpus

// Occupations: the 99 middle classes of the Japanese occupation classification with their share,
// wages and titles, and the words with which kindred classes describe their work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bench/corpus/alias_table.h"
#include "bench/corpus/word_list.h"

namespace kyujin::corpus {

// How the days and hours of a trade usually lie.
enum class ShiftPattern : uint8_t {
  kOffice,   // weekdays
  kDay,      // daytime, mostly weekdays
  kRound,    // day and night
  kShop,     // opening hours, weekends included
  kEarly,    // early mornings
  kSite,     // building sites and drivers
  kSchool,   // nurseries and schools
  kFactory,  // two or three shifts
};

// One row of the written tables. Lists are separated by `|`; in duties, sites and remarks the ASCII
// letters are slots: O an object of the list, N a digit from 2 to 9, X a coined name.
struct OccupationVocabulary {
  std::string_view key;
  std::string_view industries;  // JSIC minor groups, most usual first, separated by spaces
  ShiftPattern shifts;
  std::string_view duties;
  std::string_view objects;
  std::string_view sites;
  std::string_view licences;
  std::string_view remarks;
};

struct OccupationClass {
  std::string_view major;  // 2 digits
  std::string_view code;   // 3 digits
  std::string_view vocabulary;
  uint32_t weight;           // share of postings
  uint32_t part_percent;     // part-time share
  int monthly_thousand;      // mean monthly wage offered, 1,000 yen
  int hourly;                // mean hourly wage offered, yen
  int minor_classes;         // how many 小分類 it has
  uint32_t licence_percent;  // share that demands a licence
  std::string_view titles;
};

std::span<const OccupationClass> OccupationClasses();
std::span<const OccupationVocabulary> ProfessionalVocabulary();
std::span<const OccupationVocabulary> MedicalVocabulary();
std::span<const OccupationVocabulary> ServiceVocabulary();
std::span<const OccupationVocabulary> FieldVocabulary();

// An occupation ready for drawing: the class and its vocabulary, split.
struct Occupation {
  const OccupationClass* description = nullptr;
  ShiftPattern shifts = ShiftPattern::kDay;
  std::vector<size_t> industries;  // into Industries()
  WordList titles;
  WordList duties;
  WordList objects;
  WordList sites;
  WordList licences;
  WordList remarks;
};

// Every occupation, and the draw among them by share. Thread rule: **Immutable.**
class OccupationCatalogue {
 public:
  OccupationCatalogue();

  [[nodiscard]] const Occupation& Pick(Random& random) const {
    return occupations_[shares_.Pick(random)];
  }
  [[nodiscard]] std::span<const Occupation> occupations() const { return occupations_; }

 private:
  std::vector<Occupation> occupations_;
  AliasTable shares_;
};

}  // namespace kyujin::corpus

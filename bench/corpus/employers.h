// Employers: made-up companies, hospitals, schools and the like. An employer is a number within its
// prefecture and industry; everything about it follows from that number, so nothing is remembered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/corpus/industries.h"
#include "bench/corpus/places.h"
#include "bench/corpus/word_list.h"

namespace kyujin::corpus {

// Lists of `表記:ヨミ` or of katakana, separated by `|`.
struct NameParts {
  std::string_view surnames;
  std::string_view kanji_starts;
  std::string_view kanji_ends;
  std::string_view katakana_starts;
  std::string_view katakana_ends;
  std::string_view romaji;
  std::string_view syllables;
  std::string_view coined_starts;
  std::string_view coined_ends;
};

struct EmployerWords {
  std::string_view suffixes;    // `表記:ヨミ`
  std::string_view businesses;  // 事業内容
};

const NameParts& EmployerNameParts();
std::span<const EmployerWords> EmployerWordsByKind();

// One employer. Reused from posting to posting to keep its strings' memory.
struct Employer {
  uint64_t seed = 0;
  const Industry* industry = nullptr;
  Place place;
  std::string name;
  std::string kana;
  std::string address;
  std::string coined;  // a name of its own for a home, shop, product or project
  std::string coined_kana;
  int staff = 0;       // in the whole company
  int staff_here = 0;  // at the workplace
};

// Thread rule: **Immutable.** Holds the places, which must outlive it.
class EmployerCatalogue {
 public:
  explicit EmployerCatalogue(const PlaceCatalogue& places);

  // Makes `employer` the one that `seed` stands for.
  void Make(uint64_t seed, const Industry& industry, size_t prefecture, Employer& employer) const;
  // Returns what employers like this one do.
  [[nodiscard]] std::string_view PickBusiness(const Employer& employer, Random& random) const;

 private:
  struct NamePart {
    std::string_view text;
    std::string_view kana;
  };
  using NamePartList = std::vector<NamePart>;
  static NamePartList Split(std::string_view text);

  void MakeName(Random& random, Employer& employer) const;
  void AppendStem(Random& random, Employer& employer) const;
  void AppendBranch(Random& random, Employer& employer) const;
  void MakeCoined(Random& random, Employer& employer) const;
  static bool HasHomes(EmployerKind kind);

  const PlaceCatalogue& places_;
  NamePartList surnames_;
  NamePartList kanji_starts_;
  NamePartList kanji_ends_;
  WordList katakana_starts_;
  WordList katakana_ends_;
  NamePartList romaji_;
  WordList syllables_;
  NamePartList coined_starts_;
  NamePartList coined_ends_;
  std::vector<NamePartList> suffixes_;  // by EmployerKind
  std::vector<WordList> businesses_;    // by EmployerKind
};

}  // namespace kyujin::corpus

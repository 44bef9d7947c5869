#include "bench/corpus/occupations.h"

#include "bench/corpus/industries.h"
#include "engine/base/result.h"

namespace kyujin::corpus {
namespace {

const OccupationVocabulary& FindVocabulary(std::string_view key) {
  for (const auto table :
       {ProfessionalVocabulary(), MedicalVocabulary(), ServiceVocabulary(), FieldVocabulary()}) {
    for (const OccupationVocabulary& row : table) {
      if (row.key == key) {
        return row;
      }
    }
  }
  KYUJIN_CHECK(false);
  return ProfessionalVocabulary().front();
}

Occupation MakeOccupation(const OccupationClass& row) {
  const OccupationVocabulary& words = FindVocabulary(row.vocabulary);
  Occupation occupation;
  occupation.description = &row;
  occupation.shifts = words.shifts;
  const WordList industries(words.industries, ' ');
  for (size_t i = 0; i < industries.size(); ++i) {
    occupation.industries.push_back(IndustryIndex(industries[i]));
  }
  occupation.titles = WordList(row.titles);
  occupation.duties = WordList(words.duties);
  occupation.objects = WordList(words.objects);
  occupation.sites = WordList(words.sites);
  occupation.licences = WordList(words.licences);
  occupation.remarks = WordList(words.remarks);
  return occupation;
}

AliasTable MakeShares() {
  std::vector<uint32_t> weights;
  for (const OccupationClass& row : OccupationClasses()) {
    weights.push_back(row.weight);
  }
  return AliasTable(weights);
}

}  // namespace

OccupationCatalogue::OccupationCatalogue() : shares_(MakeShares()) {
  for (const OccupationClass& row : OccupationClasses()) {
    occupations_.push_back(MakeOccupation(row));
  }
}

}  // namespace kyujin::corpus

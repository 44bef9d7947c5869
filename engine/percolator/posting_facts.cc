#include "engine/percolator/posting_facts.h"

#include <algorithm>
#include <bit>

#include "engine/base/hash.h"
#include "engine/index/format.h"
#include "engine/text/token.h"

namespace kyujin::percolator {
namespace {

void ReadLists(const schema::JobPosting& posting, PostingFacts* facts) {
  facts->shifts.clear();
  for (const schema::Shift& shift : posting.shifts) {
    facts->shifts.push_back(uint32_t{shift.start} << 16U | shift.end);
  }
  facts->stations.clear();
  for (const schema::StationAccess& station : posting.stations) {
    facts->stations.push_back(
        {station.key,
         station.walk_minutes ? uint32_t{*station.walk_minutes} : index::kNoWalkMinutes});
  }
  facts->licences = posting.licences;
}

}  // namespace

TermId TermOf(std::string_view token) {
  return Hash64(text::IsPartTerm(token) ? token.substr(1) : token);
}

void WordFacts::Assign(std::vector<std::pair<TermId, Occurrence>>* words) {
  std::sort(words->begin(), words->end());
  words->erase(std::unique(words->begin(), words->end()), words->end());
  terms_.clear();
  occurrences_.clear();
  for (const auto& [id, occurrence] : *words) {
    const auto at = static_cast<uint32_t>(occurrences_.size());
    if (terms_.empty() || terms_.back().id != id) {
      terms_.push_back({id, at, at, 0});
    }
    Term& term = terms_.back();
    term.end = at + 1;
    term.fields =
        static_cast<uint16_t>(term.fields | 1U << static_cast<unsigned>(occurrence.field));
    occurrences_.push_back(occurrence);
  }
  slots_.assign(std::bit_ceil(terms_.size() * 2 + 1), 0);
  const size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < terms_.size(); ++i) {
    size_t slot = terms_[i].id & mask;
    while (slots_[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots_[slot] = static_cast<uint32_t>(i + 1);
  }
}

const WordFacts::Term* WordFacts::Find(TermId id) const {
  if (slots_.empty()) {
    return nullptr;
  }
  const size_t mask = slots_.size() - 1;
  for (size_t slot = id & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Term& term = terms_[slots_[slot] - 1];
    if (term.id == id) {
      return &term;
    }
  }
  return nullptr;
}

void PostingReader::Read(const schema::JobPosting& posting, PostingFacts* facts) {
  facts->number = posting.number.value();
  facts->employer_number = posting.employer_number;
  facts->employer_key = posting.employer_key;
  for (const schema::ColumnSpec& spec : schema::Columns()) {
    facts->columns[static_cast<size_t>(spec.id)] = spec.value(posting);
  }
  facts->position = posting.position;
  ReadLists(posting, facts);
  index::FieldLengths lengths{};
  collector_.Collect(posting, &posting_words_, &lengths);
  for (size_t token = terms_.size(); token < collector_.tokens().size(); ++token) {
    terms_.push_back(TermOf(collector_.tokens()[token]));
  }
  words_.clear();
  for (const index::PostingWord& word : posting_words_) {
    words_.emplace_back(terms_[word.token], Occurrence{word.field, word.position});
  }
  facts->words.Assign(&words_);
}

}  // namespace kyujin::percolator

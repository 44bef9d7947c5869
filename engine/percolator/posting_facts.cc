#include "engine/percolator/posting_facts.h"

#include <algorithm>
#include <bit>
#include <utility>

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

uint32_t WordFacts::TermAt(TermId id) {
  const size_t mask = slots_.size() - 1;
  size_t slot = id & mask;
  while (slots_[slot] != 0 && terms_[slots_[slot] - 1].id != id) {
    slot = (slot + 1) & mask;
  }
  if (slots_[slot] == 0) {
    terms_.push_back({id, 0, 0, 0});
    slots_[slot] = static_cast<uint32_t>(terms_.size());
  }
  return slots_[slot] - 1;
}

void WordFacts::Assign(std::span<const std::pair<TermId, Occurrence>> words) {
  slots_.assign(std::bit_ceil(words.size() * 2 + 1), 0);
  terms_.clear();
  term_of_word_.clear();
  for (const auto& [id, occurrence] : words) {
    const uint32_t term = TermAt(id);
    term_of_word_.push_back(term);
    ++terms_[term].end;
  }
  // Sorted by counting: of few words there are many.
  uint32_t begin = 0;
  for (Term& term : terms_) {
    const uint32_t count = std::exchange(term.end, begin);
    term.begin = begin;
    begin += count;
  }
  occurrences_.resize(words.size());
  for (size_t i = 0; i < words.size(); ++i) {
    occurrences_[terms_[term_of_word_[i]].end++] = words[i].second;
  }
  for (Term& term : terms_) {
    const auto first = occurrences_.begin() + term.begin;
    const auto last = occurrences_.begin() + term.end;
    std::sort(first, last);
    term.end = term.begin + static_cast<uint32_t>(std::unique(first, last) - first);
    for (const Occurrence& occurrence : OccurrencesOf(term)) {
      term.fields =
          static_cast<uint16_t>(term.fields | 1U << static_cast<unsigned>(occurrence.field));
    }
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
  facts->words.Assign(words_);
}

}  // namespace kyujin::percolator

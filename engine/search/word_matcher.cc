#include "engine/search/word_matcher.h"

#include <algorithm>
#include <numeric>

#include "engine/index/posting_terms.h"
#include "engine/search/phrase_matcher.h"

namespace kyujin::search {
namespace {

using index::Posting;

bool IsSearched(const query::WordQuery& words, const schema::SearchFieldSpec& field) {
  return (words.fields >> static_cast<unsigned>(field.id) & 1U) != 0;
}

// Clauses in the order that narrows the candidates at least cost: single terms before phrases,
// whose positions must be read.
std::vector<size_t> CheapestFirst(const std::vector<query::WordClause>& clauses) {
  std::vector<size_t> order(clauses.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto has_phrase = [&](size_t i) {
    return std::any_of(clauses[i].alternatives.begin(),
                       clauses[i].alternatives.end(),
                       [](const query::Word& word) {
                         return std::any_of(
                             word.forms.begin(), word.forms.end(), [](const query::WordForm& form) {
                               return form.parts.size() > 1;
                             });
                       });
  };
  std::stable_partition(order.begin(), order.end(), [&](size_t i) { return !has_phrase(i); });
  return order;
}

// A name for a phrase that no term can have: terms hold no control characters.
std::string PhraseKey(const std::vector<PhrasePart>& parts) {
  std::string key;
  for (const PhrasePart& part : parts) {
    key += part.term;
    key += '\x1f';
    key += std::to_string(part.offset - parts.front().offset);
    key += '\x1f';
  }
  return key;
}

}  // namespace

WordMatcher::WordMatcher(const query::WordQuery& words,
                         const index::Snapshot& snapshot,
                         index::TextReaders* readers,
                         Deadline deadline)
    : words_(words), snapshot_(snapshot), readers_(readers), deadline_(deadline) {}

Result<WordMatches> WordMatcher::Match(uint32_t segment, BitmapView candidates, Scoring scoring) {
  KYUJIN_ASSIGN_OR_RETURN(reader_, readers_->Get(snapshot_, segment));
  decoded_.clear();
  const uint32_t documents = snapshot_.segments()[segment]->documents();
  WordMatches matches{Bitmap(documents, candidates), {}};
  for (const size_t i : CheapestFirst(words_.clauses)) {
    Bitmap found(documents);
    for (const query::Word& word : words_.clauses[i].alternatives) {
      KYUJIN_RETURN_IF_ERROR(MatchWord(
          word, matches.documents.view(), &found, scoring == Scoring::kYes ? &matches : nullptr));
    }
    matches.documents.And(found.view());
  }
  for (const query::Word& word : words_.excluded) {
    Bitmap found(documents);
    KYUJIN_RETURN_IF_ERROR(MatchWord(word, matches.documents.view(), &found, nullptr));
    matches.documents.AndNot(found.view());
  }
  return matches;
}

Status WordMatcher::MatchWord(const query::Word& word,
                              BitmapView candidates,
                              Bitmap* found,
                              WordMatches* matches) {
  for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
    if (!IsSearched(words_, field)) {
      continue;
    }
    for (const query::WordForm& form : word.forms) {
      KYUJIN_RETURN_IF_ERROR(MatchForm(form, field.id, candidates, found, matches));
    }
  }
  return {};
}

Status WordMatcher::MatchForm(const query::WordForm& form,
                              schema::SearchField field,
                              BitmapView candidates,
                              Bitmap* found,
                              WordMatches* matches) {
  if (deadline_.expired()) {
    return DeadlineExceeded("words");
  }
  KYUJIN_ASSIGN_OR_RETURN(FieldPostings postings, MatchInField(form, field, candidates));
  for (const Posting& posting : *postings) {
    found->Set(posting.doc);
  }
  if (matches != nullptr && !postings->empty()) {
    KYUJIN_ASSIGN_OR_RETURN(const WordWeight weight, WeightOf(form, field));
    matches->scoring.push_back({std::move(postings), field, weight});
  }
  return {};
}

Result<WordMatcher::FieldPostings> WordMatcher::MatchInField(const query::WordForm& form,
                                                             schema::SearchField field,
                                                             BitmapView candidates) {
  std::vector<PhrasePart> parts;
  for (const query::WordForm::Part& part : form.parts) {
    std::string term = index::FieldTerm(field, part.term);
    KYUJIN_ASSIGN_OR_RETURN(FieldPostings postings, PostingsOf(term));
    if (postings->empty() || form.parts.size() == 1) {
      return postings;
    }
    parts.push_back({std::move(term), part.offset, postings.get()});  // decoded_ keeps it
  }
  const std::string key = PhraseKey(parts);
  const auto known = decoded_.find(key);
  if (known != decoded_.end()) {
    // Candidates only shrink, so what was found before is all there is to find.
    return known->second;
  }
  KYUJIN_ASSIGN_OR_RETURN(std::vector<Posting> phrase,
                          MatchPhrase(parts, candidates, reader_, deadline_));
  auto postings = std::make_shared<const std::vector<Posting>>(std::move(phrase));
  return decoded_.emplace(key, std::move(postings)).first->second;
}

Result<WordMatcher::FieldPostings> WordMatcher::PostingsOf(const std::string& term) {
  const auto known = decoded_.find(term);
  if (known != decoded_.end()) {
    return known->second;
  }
  auto postings = std::make_shared<std::vector<Posting>>();
  KYUJIN_RETURN_IF_ERROR(reader_->ReadPostings(term, postings.get()));
  return decoded_.emplace(term, std::move(postings)).first->second;
}

Result<WordWeight> WordMatcher::WeightOf(const query::WordForm& form, schema::SearchField field) {
  const FieldStatistics statistics = StatisticsOf(field);
  double idf = 0;
  for (const query::WordForm::Part& part : form.parts) {
    const std::string term = index::FieldTerm(field, part.term);
    auto known = document_frequencies_.find(term);
    if (known == document_frequencies_.end()) {
      uint64_t frequency = 0;
      for (uint32_t i = 0; i < snapshot_.segments().size(); ++i) {
        KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers_->Get(snapshot_, i));
        KYUJIN_ASSIGN_OR_RETURN(const uint32_t in_segment, reader->DocumentFrequency(term));
        frequency += in_segment;
      }
      known = document_frequencies_.emplace(term, frequency).first;
    }
    idf += InverseDocumentFrequency(statistics.documents, known->second);
  }
  idf *= static_cast<double>(form.weight) / query::kFullWeight;
  return WordWeight(idf, statistics, schema::SearchFields()[static_cast<size_t>(field)].weight);
}

FieldStatistics WordMatcher::StatisticsOf(schema::SearchField field) const {
  FieldStatistics statistics;
  for (const auto& segment : snapshot_.segments()) {
    statistics.documents += segment->documents();
    statistics.documents_with += segment->columns().DocumentsWith(field);
    statistics.length_sum += segment->columns().LengthSum(field);
  }
  return statistics;
}

}  // namespace kyujin::search

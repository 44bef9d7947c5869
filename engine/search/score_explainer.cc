#include "engine/search/score_explainer.h"

#include <utility>

#include "engine/index/field_length.h"
#include "engine/index/posting_terms.h"
#include "engine/search/phrase_matcher.h"

namespace kyujin::search {
namespace {

using index::Posting;

std::string FormText(const query::WordForm& form) {
  std::string text;
  for (const query::WordForm::Part& part : form.parts) {
    text += text.empty() ? "" : " ";
    text += part.term;
  }
  return text;
}

}  // namespace

Result<HitExplanation> ScoreExplainer::Explain(const Hit& hit) {
  HitExplanation explanation;
  for (const query::WordClause& clause : words_.clauses) {
    for (const query::Word& word : clause.alternatives) {
      KYUJIN_ASSIGN_OR_RETURN(const WordStatistics* statistics, lists_.StatisticsOf(word));
      WordContributions contributions{word.text, {}};
      for (size_t i = 0; i < word.forms.size(); ++i) {
        KYUJIN_RETURN_IF_ERROR(AddForm({word, i, *statistics}, hit, &contributions));
      }
      explanation.words.push_back(std::move(contributions));
    }
  }
  const auto& columns = snapshot_.segments().at(hit.segment)->columns();
  explanation.recency =
      recency_.Score(columns.Values<uint16_t>(schema::Column::kReceived)[hit.doc]);
  return explanation;
}

uint32_t ScoreExplainer::LengthOf(schema::SearchField field, const Hit& hit) const {
  return index::DecodeLength(snapshot_.segments()[hit.segment]->columns().Lengths(field)[hit.doc]);
}

Status ScoreExplainer::AddForm(const ValuedForm& form,
                               const Hit& hit,
                               WordContributions* contributions) {
  const query::WordForm& of = form.get();
  for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
    if (form.statistics.idf(form.form)[static_cast<size_t>(field.id)] == 0) {
      continue;
    }
    if (of.parts.size() == 1) {
      KYUJIN_RETURN_IF_ERROR(AddTerm(form, field.id, hit, contributions));
      continue;
    }
    KYUJIN_ASSIGN_OR_RETURN(const uint32_t frequency, PhraseFrequency(of, field.id, hit));
    if (frequency > 0) {
      const uint64_t score = form.statistics.Weight(form.word, form.form, field.id)
                                 .Score(frequency, LengthOf(field.id, hit));
      contributions->fields.push_back({field.id, FormText(of), of.kind, frequency, score});
    }
  }
  return {};
}

Status ScoreExplainer::AddTerm(const ValuedForm& form,
                               schema::SearchField field,
                               const Hit& hit,
                               WordContributions* contributions) {
  const query::WordForm& of = form.get();
  const std::string& term = of.parts.front().term;
  const uint32_t length = LengthOf(field, hit);
  KYUJIN_ASSIGN_OR_RETURN(const std::vector<Posting> as_word,
                          PostingOf(index::FieldTerm(field, term), hit));
  for (const Posting& posting : as_word) {
    const uint64_t score =
        form.statistics.Weight(form.word, form.form, field).Score(posting.frequency, length);
    contributions->fields.push_back({field, term, of.kind, posting.frequency, score});
  }
  KYUJIN_ASSIGN_OR_RETURN(const std::vector<Posting> as_part,
                          PostingOf(index::FieldTerm(field, PartTerm(term)), hit));
  for (const Posting& posting : as_part) {
    // What is worse than a part by itself stays what it is.
    const query::MatchKind kind = std::max(of.kind, query::MatchKind::kPart);
    const uint64_t score =
        form.statistics.WeightAsPart(form.word, form.form, field).Score(posting.frequency, length);
    contributions->fields.push_back({field, term, kind, posting.frequency, score});
  }
  return {};
}

Result<std::vector<Posting>> ScoreExplainer::PostingOf(const std::string& term, const Hit& hit) {
  KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader,
                          memory_.text_readers.Get(snapshot_, hit.segment));
  KYUJIN_ASSIGN_OR_RETURN(const uint32_t frequency, reader->Frequency(term, hit.doc));
  return frequency == 0 ? std::vector<Posting>() : std::vector<Posting>{{hit.doc, frequency}};
}

Result<uint32_t> ScoreExplainer::PhraseFrequency(const query::WordForm& form,
                                                 schema::SearchField field,
                                                 const Hit& hit) {
  KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader,
                          memory_.text_readers.Get(snapshot_, hit.segment));
  std::vector<PhrasePart> parts;
  for (const query::WordForm::Part& part : form.parts) {
    PhrasePart& phrase_part = parts.emplace_back();
    phrase_part.offset = part.offset - form.parts.front().offset;
    phrase_part.terms[0].term = index::FieldTerm(field, part.term);
    phrase_part.terms[1].term = index::FieldTerm(field, PartTerm(part.term));
    bool stands_here = false;
    for (TermPostings& term : phrase_part.terms) {
      KYUJIN_ASSIGN_OR_RETURN(const std::vector<Posting> here, PostingOf(term.term, hit));
      if (!here.empty()) {
        // Positions are found by a posting's place in the whole list.
        KYUJIN_RETURN_IF_ERROR(reader->ReadPostings(term.term, &term.postings));
        stands_here = true;
      }
    }
    if (!stands_here) {
      return 0U;
    }
  }
  PhraseMatcher matcher(std::move(parts), reader, Deadline::Infinite());
  const PooledBitmap document =
      memory_.bitmaps.TakeEmpty(snapshot_.segments()[hit.segment]->documents());
  document->Set(hit.doc);
  KYUJIN_ASSIGN_OR_RETURN(const std::vector<Posting> found, matcher.Match(document->view()));
  return found.empty() ? 0U : found.front().frequency;
}

}  // namespace kyujin::search

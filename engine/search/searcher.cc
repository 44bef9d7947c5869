#include "engine/search/searcher.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/hash.h"
#include "engine/search/distance.h"
#include "engine/search/facet_counter.h"
#include "engine/search/match_set.h"
#include "engine/search/partial_expander.h"
#include "engine/search/query_corrector.h"
#include "engine/search/score_explainer.h"
#include "engine/search/top_docs.h"
#include "engine/search/whole_matches.h"
#include "engine/search/word_key.h"
#include "engine/search/word_matcher.h"

namespace kyujin::search {
namespace {

using query::SearchRequest;

// One request on its way through the segments. Confined to one thread.
class Search {
 public:
  Search(const SearchRequest& request,
         const query::WordQuery* whole,
         const SearchContext& context,
         DayViewCache* days,
         SharedCache* postings)
      : request_(request),
        context_(context),
        days_(days),
        recency_(context.snapshot),
        cache_(postings),
        words_(request.words, context.snapshot, &cache_, &context.worker.words, context.deadline),
        whole_words_(whole == nullptr ? std::nullopt
                                      : std::optional<WordMatcher>(std::in_place,
                                                                   *whole,
                                                                   context.snapshot,
                                                                   &cache_,
                                                                   &context.worker.words,
                                                                   context.deadline)),
        facets_(request, context.deadline),
        // One more than the page tells whether there is a next one.
        top_(request.limit == 0 ? 0 : size_t{request.offset} + request.limit + 1, After(request)) {}

  Result<SearchResult> Run() {
    SearchResult result;
    for (uint32_t i = 0; i < context_.snapshot.segments().size(); ++i) {
      KYUJIN_RETURN_IF_ERROR(SearchSegment(i, &result));
    }
    result.facets = facets_.Results();
    result.total_positions = facets_.total_positions();
    FillPage(&result);
    if (request_.explains) {
      KYUJIN_RETURN_IF_ERROR(Explain(&result));
    }
    result.generation_changed = request_.cursor.has_value() &&
                                request_.cursor->generation != context_.snapshot.generation();
    return result;
  }

 private:
  static std::optional<RankedDoc> After(const SearchRequest& request) {
    return request.cursor
               ? std::optional(RankedDoc{request.cursor->sort_key, request.cursor->number, 0, 0})
               : std::nullopt;
  }

  Status SearchSegment(uint32_t place, SearchResult* result) {
    if (context_.deadline.expired()) {
      return DeadlineExceeded("search");
    }
    const std::shared_ptr<const index::Segment>& segment = context_.snapshot.segments()[place];
    const index::SegmentColumns& columns = segment->columns();
    const std::shared_ptr<const DayView> day = days_->Get(context_.snapshot, place, context_.today);
    FilterSets sets(*segment, *day, &cache_, &context_.worker.bitmaps);
    MatchSet matches(request_, columns, *day, &context_.worker.bitmaps, &sets);
    WordMatches found;
    if (!request_.words.empty()) {
      KYUJIN_ASSIGN_OR_RETURN(found, words_.Match(place, matches.candidates()));
      if (whole_words_) {
        KYUJIN_ASSIGN_OR_RETURN(const WordMatches whole,
                                whole_words_->Match(place, matches.candidates()));
        whole_.Add(whole.documents->view(), columns.documents(), &found);
      }
      matches.Restrict(std::move(found.documents));
    }
    matches.Finish();
    result->total += matches.total();
    KYUJIN_RETURN_IF_ERROR(facets_.Count(matches, columns, *day));
    return top_.capacity() == 0 ? Status() : Rank({columns, place}, found, matches);
  }

  Status Rank(const SegmentPlace& place, const WordMatches& found, const MatchSet& matches) {
    if (request_.sort == query::Sort::kRelevance) {
      const index::Segment& segment = *context_.snapshot.segments()[place.segment];
      return context_.worker.ranker.Rank({place,
                                          found.scoring,
                                          recency_,
                                          RecencyMaximaOf(segment, recency_, &cache_),
                                          matches.all(),
                                          matches.total()},
                                         context_.deadline,
                                         &top_);
    }
    if (request_.sort == query::Sort::kDistance && request_.near) {
      return RankByDistance(place, *request_.near, matches.all(), context_.deadline, &top_);
    }
    return RankByOrder(place,
                       KeptOrder(request_.sort, request_.wage_basis),
                       matches.all(),
                       context_.deadline,
                       &top_);
  }

  void FillPage(SearchResult* result) {
    const std::vector<RankedDoc> ranked = top_.Take();
    const size_t begin = std::min<size_t>(request_.offset, ranked.size());
    const size_t end = std::min<size_t>(begin + request_.limit, ranked.size());
    for (size_t i = begin; i < end; ++i) {
      const bool is_partial = whole_words_ && !whole_.Has(ranked[i].segment, ranked[i].doc);
      result->hits.push_back({ranked[i].segment,
                              ranked[i].doc,
                              ranked[i].key,
                              Score(ranked[i], is_partial),
                              Distance(ranked[i]),
                              is_partial});
    }
    if (end < ranked.size() && end > begin) {
      result->next = query::Cursor{context_.snapshot.index_id(),
                                   context_.snapshot.generation(),
                                   Hash64(request_.canonical),
                                   ranked[end - 1].key,
                                   ranked[end - 1].number};
    }
  }

  [[nodiscard]] int64_t Score(const RankedDoc& hit, bool is_partial) const {
    if (request_.sort != query::Sort::kRelevance) {
      return 0;
    }
    const int64_t bonus = whole_words_ && !is_partial ? WholeMatches::kBonus : 0;
    return ScoreOfKey(hit.key) - bonus;
  }

  Status Explain(SearchResult* result) {
    ScoreExplainer explainer(
        request_.words, context_.snapshot, recency_, &words_.lists(), &context_.worker.words);
    for (const Hit& hit : result->hits) {
      if (context_.deadline.expired()) {
        return DeadlineExceeded("explanations");
      }
      KYUJIN_ASSIGN_OR_RETURN(HitExplanation explanation, explainer.Explain(hit));
      result->explanations.push_back(std::move(explanation));
    }
    return {};
  }

  [[nodiscard]] std::optional<double> Distance(const RankedDoc& hit) const {
    return request_.near
               ? DistanceKmOf(
                     context_.snapshot.segments()[hit.segment]->columns(), hit.doc, *request_.near)
               : std::nullopt;
  }

  const SearchRequest& request_;
  const SearchContext& context_;
  DayViewCache* days_;
  const Recency recency_;
  CacheSession cache_;
  WordMatcher words_;
  std::optional<WordMatcher> whole_words_;  // when words_ has partial forms: the same without
  WholeMatches whole_;
  FacetCounter facets_;
  TopDocs top_;
};

// What is found at all has every word whole, unless it needs but one of several.
bool HasChoice(const query::WordQuery& words) {
  return std::any_of(
      words.clauses.begin(), words.clauses.end(), [](const query::WordClause& clause) {
        return clause.alternatives.size() > 1;
      });
}

}  // namespace

Result<SearchResult> Searcher::Run(const SearchRequest& request,
                                   const query::WordQuery* whole,
                                   const SearchContext& context) {
  return search::Search(request, whole, context, &days_, &postings_).Run();
}

Result<SearchResult> Searcher::Search(const SearchRequest& request, const SearchContext& context) {
  using query::PartialMode;
  if (request.partial == PartialMode::kNever || context.analyzer == nullptr ||
      !request.words.has_scoring_words()) {
    return Run(request, nullptr, context);
  }
  std::optional<SearchResult> nothing;  // what the words find whole, when that is known
  if (request.partial == PartialMode::kAuto && !HasChoice(request.words)) {
    Result<SearchResult> result = Run(request, nullptr, context);
    if (!result.has_value() || result->total > 0) {
      return result;
    }
    nothing = std::move(*result);
  }
  SearchRequest expanded = request;
  KYUJIN_ASSIGN_OR_RETURN(std::vector<std::string> partial_words,
                          AddPartialForms(context, &expanded));
  if (partial_words.empty()) {
    return nothing ? Result<SearchResult>(*std::move(nothing)) : Run(request, nullptr, context);
  }
  KYUJIN_ASSIGN_OR_RETURN(SearchResult result, Run(expanded, &request.words, context));
  result.partial_words = std::move(partial_words);
  result.expanded_words = std::move(expanded.words);
  return result;
}

Result<bool> Searcher::HasWhole(const query::Word& word,
                                query::SearchFieldMask fields,
                                const SearchContext& context) {
  SearchRequest alone;
  alone.words.clauses = {{{word}}};
  alone.words.fields = fields;
  alone.limit = 0;
  KYUJIN_ASSIGN_OR_RETURN(const SearchResult result, Run(alone, nullptr, context));
  return result.total > 0;
}

Result<std::vector<std::string>> Searcher::AddPartialForms(const SearchContext& context,
                                                           SearchRequest* request) {
  PartialExpander expander(
      context.snapshot, &context.worker.words.text_readers, &vocabularies_, context.analyzer);
  std::vector<std::string> partial_words;
  for (query::WordClause& clause : request->words.clauses) {
    for (query::Word& word : clause.alternatives) {
      bool may_be_partial = !word.quoted;
      if (may_be_partial && request->partial == query::PartialMode::kAuto) {
        KYUJIN_ASSIGN_OR_RETURN(const bool has_whole,
                                HasWhole(word, request->words.fields, context));
        may_be_partial = !has_whole;
      }
      if (may_be_partial) {
        KYUJIN_ASSIGN_OR_RETURN(const bool is_expanded,
                                expander.Expand(request->words.fields, &word));
        if (is_expanded) {
          partial_words.push_back(word.text);
        }
      }
    }
  }
  return partial_words;
}

Result<std::vector<Bitmap>> Searcher::Documents(const SearchRequest& request,
                                                const SearchContext& context) {
  CacheSession session(&postings_);
  WordMatcher words(
      request.words, context.snapshot, &session, &context.worker.words, context.deadline);
  std::vector<Bitmap> documents;
  for (uint32_t i = 0; i < context.snapshot.segments().size(); ++i) {
    if (context.deadline.expired()) {
      return DeadlineExceeded("documents");
    }
    const std::shared_ptr<const index::Segment>& segment = context.snapshot.segments()[i];
    const std::shared_ptr<const DayView> day = days_.Get(context.snapshot, i, context.today);
    FilterSets sets(*segment, *day, &session, &context.worker.bitmaps);
    MatchSet matches(request, segment->columns(), *day, &context.worker.bitmaps, &sets);
    if (!request.words.empty()) {
      KYUJIN_ASSIGN_OR_RETURN(WordMatches found, words.Match(i, matches.candidates()));
      matches.Restrict(std::move(found.documents));
    }
    matches.Finish();
    documents.emplace_back(segment->documents(), matches.all());
  }
  return documents;
}

Status Searcher::WarmWord(std::string_view word_key, const SearchContext& context) {
  const std::optional<KeyedWord> keyed = ParseWordKey(word_key);
  if (!keyed) {
    return {};
  }
  CacheSession session(&postings_);
  WordLists lists(
      context.snapshot, keyed->fields, &session, &context.worker.words, context.deadline);
  for (uint32_t i = 0; i < context.snapshot.segments().size(); ++i) {
    // Without candidates a dear phrase is left for the request that asks for it.
    const Bitmap none(context.snapshot.segments()[i]->documents());
    KYUJIN_ASSIGN_OR_RETURN(const WordList* list, lists.Get(keyed->word, i, none.view()));
    static_cast<void>(list);
  }
  return {};
}

Result<std::vector<std::string>> Searcher::Correct(std::string_view typed,
                                                   query::SearchFieldMask fields,
                                                   size_t limit,
                                                   const SearchContext& context) {
  QueryCorrector corrector(context.snapshot, &context.worker.words.text_readers, &vocabularies_);
  return corrector.Correct(query::ParseQuerySyntax(typed), fields, limit);
}

Status Searcher::Warm(const index::Snapshot& snapshot, Date today) {
  for (size_t place = 0; place < snapshot.segments().size(); ++place) {
    days_.Get(snapshot, place, today);
  }
  index::TextReaders readers;
  for (uint32_t place = 0; place < snapshot.segments().size(); ++place) {
    KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers.Get(snapshot, place));
    KYUJIN_RETURN_IF_ERROR(vocabularies_.Get(snapshot.segments()[place], reader));
  }
  return {};
}

}  // namespace kyujin::search

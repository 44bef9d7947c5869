#include "engine/search/searcher.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/hash.h"
#include "engine/search/distance.h"
#include "engine/search/facet_counter.h"
#include "engine/search/filter_compiler.h"
#include "engine/search/match_set.h"
#include "engine/search/score_explainer.h"
#include "engine/search/top_docs.h"
#include "engine/search/word_matcher.h"

namespace kyujin::search {
namespace {

using query::SearchRequest;

uint64_t SumPositions(BitmapView matches, const index::SegmentColumns& columns) {
  const auto positions = columns.Values<uint16_t>(schema::Column::kPositions);
  const uint32_t missing = schema::GetColumn(schema::Column::kPositions).missing;
  uint64_t sum = 0;
  // A posting that gives no number is one position.
  matches.ForEach([&](DocId doc) { sum += positions[doc] == missing ? 1U : positions[doc]; });
  return sum;
}

// One request on its way through the segments. Confined to one thread.
class Search {
 public:
  Search(const SearchRequest& request,
         const SearchContext& context,
         DayViewCache* days,
         SharedCache* postings)
      : request_(request),
        context_(context),
        days_(days),
        recency_(context.snapshot),
        cache_(postings),
        words_(request.words, context.snapshot, &cache_, &context.worker.words, context.deadline),
        facets_(request),
        // One more than the page tells whether there is a next one.
        top_(request.limit == 0 ? 0 : size_t{request.offset} + request.limit + 1, After(request)) {}

  Result<SearchResult> Run() {
    SearchResult result;
    for (uint32_t i = 0; i < context_.snapshot.segments().size(); ++i) {
      KYUJIN_RETURN_IF_ERROR(SearchSegment(i, &result));
    }
    result.facets = facets_.Results();
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
    MatchSet matches(request_, columns, *day);
    WordMatches found;
    if (!request_.words.empty()) {
      KYUJIN_ASSIGN_OR_RETURN(found, words_.Match(place, matches.candidates()));
      matches.Restrict(found.documents->view());
    }
    matches.Finish();
    result->total += matches.total();
    result->total_positions += SumPositions(matches.all(), columns);
    if (context_.deadline.expired()) {
      return DeadlineExceeded("facets");
    }
    facets_.Count(matches, columns, *day);
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
      const bool scored = request_.sort == query::Sort::kRelevance;
      result->hits.push_back({ranked[i].segment,
                              ranked[i].doc,
                              ranked[i].key,
                              scored ? ScoreOfKey(ranked[i].key) : 0,
                              Distance(ranked[i])});
    }
    if (end < ranked.size() && end > begin) {
      result->next = query::Cursor{context_.snapshot.index_id(),
                                   context_.snapshot.generation(),
                                   Hash64(request_.canonical),
                                   ranked[end - 1].key,
                                   ranked[end - 1].number};
    }
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
  FacetCounter facets_;
  TopDocs top_;
};

}  // namespace

Result<SearchResult> Searcher::Search(const SearchRequest& request, const SearchContext& context) {
  return search::Search(request, context, &days_, &postings_).Run();
}

Result<std::vector<Bitmap>> Searcher::Documents(const SearchRequest& request,
                                                const SearchContext& context) {
  CacheSession cache(&postings_);
  WordMatcher words(
      request.words, context.snapshot, &cache, &context.worker.words, context.deadline);
  std::vector<Bitmap> documents;
  for (uint32_t i = 0; i < context.snapshot.segments().size(); ++i) {
    if (context.deadline.expired()) {
      return DeadlineExceeded("documents");
    }
    const std::shared_ptr<const index::Segment>& segment = context.snapshot.segments()[i];
    const std::shared_ptr<const DayView> day = days_.Get(context.snapshot, i, context.today);
    Bitmap matches = day->open;
    for (const query::Filter& filter : request.filters) {
      matches.And(CompileFilter(filter.body, segment->columns(), *day).view());
    }
    if (!request.words.empty()) {
      KYUJIN_ASSIGN_OR_RETURN(const WordMatches found, words.Match(i, matches.view()));
      matches.And(found.documents->view());
    }
    documents.push_back(std::move(matches));
  }
  return documents;
}

void Searcher::Warm(const index::Snapshot& snapshot, Date today) {
  for (size_t place = 0; place < snapshot.segments().size(); ++place) {
    days_.Get(snapshot, place, today);
  }
}

}  // namespace kyujin::search

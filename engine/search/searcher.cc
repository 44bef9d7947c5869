#include "engine/search/searcher.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/hash.h"
#include "engine/search/facet_counter.h"
#include "engine/search/match_set.h"
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
  Search(const SearchRequest& request, const SearchContext& context, DayViewCache* days)
      : request_(request),
        context_(context),
        days_(days),
        words_(request.words, context.snapshot, &context.worker.text_readers, context.deadline),
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
      const bool scores = request_.sort == query::Sort::kRelevance && request_.limit > 0;
      KYUJIN_ASSIGN_OR_RETURN(
          found, words_.Match(place, matches.candidates(), scores ? Scoring::kYes : Scoring::kNo));
      matches.Restrict(found.documents.view());
    }
    matches.Finish();
    result->total += matches.total();
    result->total_positions += SumPositions(matches.all(), columns);
    if (context_.deadline.expired()) {
      return DeadlineExceeded("facets");
    }
    facets_.Count(matches, columns, *day);
    return top_.capacity() == 0 ? Status() : Rank({columns, place}, found, matches.all());
  }

  Status Rank(const SegmentPlace& place, const WordMatches& found, BitmapView matches) {
    if (request_.sort == query::Sort::kRelevance) {
      return context_.worker.scores.RankByScore(
          place, found.scoring, matches, context_.deadline, &top_);
    }
    return RankByOrder(
        place, KeptOrder(request_.sort, request_.wage_basis), matches, context_.deadline, &top_);
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
                              scored ? ScoreOfKey(ranked[i].key) : 0});
    }
    if (end < ranked.size() && end > begin) {
      result->next = query::Cursor{context_.snapshot.index_id(),
                                   context_.snapshot.generation(),
                                   Hash64(request_.canonical),
                                   ranked[end - 1].key,
                                   ranked[end - 1].number};
    }
  }

  const SearchRequest& request_;
  const SearchContext& context_;
  DayViewCache* days_;
  WordMatcher words_;
  FacetCounter facets_;
  TopDocs top_;
};

}  // namespace

Result<SearchResult> Searcher::Search(const SearchRequest& request, const SearchContext& context) {
  return search::Search(request, context, &days_).Run();
}

void Searcher::Warm(const index::Snapshot& snapshot, Date today) {
  for (size_t place = 0; place < snapshot.segments().size(); ++place) {
    days_.Get(snapshot, place, today);
  }
}

}  // namespace kyujin::search

// Searcher: the entry of engine/search. One request against one snapshot: filters, words, counts,
// facets, order, page.
#pragma once

#include <memory>

#include "engine/base/bitmap_pool.h"
#include "engine/base/date.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/base/shared_cache.h"
#include "engine/index/snapshot.h"
#include "engine/query/search_request.h"
#include "engine/search/day_view.h"
#include "engine/search/relevance_ranker.h"
#include "engine/search/search_result.h"
#include "engine/search/vocabulary.h"
#include "engine/search/word_lists.h"
#include "engine/text/analyzer.h"

namespace kyujin::search {

// What a worker keeps from request to request. Confined to one thread.
struct WorkerState {
  WordMemory words;
  RelevanceRanker ranker;
  BitmapPool bitmaps;
};

// Everything a search needs beside the request. The references outlive the call.
struct SearchContext {
  const index::Snapshot& snapshot;
  WorkerState& worker;
  Date today;
  Deadline deadline = Deadline::Infinite();
  // Of this worker, for partial words; without one there are none.
  text::Analyzer* analyzer = nullptr;
};

struct SearcherOptions {
  // Bound of the memory for postings and what is made of them; 0 keeps nothing.
  size_t postings_cache_bytes = size_t{2} << 30;
};

// Thread rule: Thread-safe.
class Searcher {
 public:
  explicit Searcher(const SearcherOptions& options = {})
      : postings_(options.postings_cache_bytes) {}

  // Returns total, page and facets. Errors: kDeadlineExceeded, kCorruption.
  Result<SearchResult> Search(const query::SearchRequest& request, const SearchContext& context);

  // Returns what matches the request's filters and words, segment by segment. Errors: as Search.
  Result<std::vector<Bitmap>> Documents(const query::SearchRequest& request,
                                        const SearchContext& context);

  // Returns at most `limit` other texts for the words `typed`, which find nothing; likeliest first.
  // They need not find anything either. Errors: kCorruption.
  Result<std::vector<std::string>> Correct(std::string_view typed,
                                           query::SearchFieldMask fields,
                                           size_t limit,
                                           const SearchContext& context);

  // Makes what the first requests of a day and of a generation would have to make, others waiting
  // for it. Cost: about a microsecond for each term of segments not seen before. Errors:
  // kCorruption; what could be made is there all the same.
  Status Warm(const index::Snapshot& snapshot, Date today);

  // Makes the lists of a word (word_key.h) that are not there yet; a key of no word is passed over.
  // Errors: those of Search.
  Status WarmWord(std::string_view word_key, const SearchContext& context);

  [[nodiscard]] const SharedCache& postings_cache() const { return postings_; }

 private:
  // A search with the words of `request`; with `whole`, documents that these find come first.
  Result<SearchResult> Run(const query::SearchRequest& request,
                           const query::WordQuery* whole,
                           const SearchContext& context);
  // Whether some open document has `word` whole in one of `fields`.
  Result<bool> HasWhole(const query::Word& word,
                        query::SearchFieldMask fields,
                        const SearchContext& context);
  // Adds partial forms to the words of `request` that may match partially; returns these words.
  Result<std::vector<std::string>> AddPartialForms(const SearchContext& context,
                                                   query::SearchRequest* request);

  DayViewCache days_;
  VocabularyCache vocabularies_;
  SharedCache postings_;
};

}  // namespace kyujin::search

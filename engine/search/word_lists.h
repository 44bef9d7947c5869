// WordLists: the word lists of one request, from the postings cache or made now. What is made for
// the whole segment is remembered; a phrase that would be dear there is matched among the
// candidates only, and then serves this request alone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/bitmap_pool.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/base/shared_cache.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_readers.h"
#include "engine/query/word_query.h"
#include "engine/search/word_list.h"
#include "engine/search/word_list_builder.h"
#include "engine/search/word_statistics.h"

namespace kyujin::search {

// Returns the keys (word_key.h) of up to `count` lists in the cache, those asked for most often
// first.
std::vector<std::string> HottestWordKeys(const SharedCache& cache, size_t count);

// What a worker keeps from request to request to match words with. Confined to one thread.
struct WordMemory {
  index::TextReaders text_readers;
  WordListBuilder builder;
  BitmapPool bitmaps;
};

// Confined to one thread. Holds references to everything it is made with.
class WordLists {
 public:
  WordLists(const index::Snapshot& snapshot,
            query::SearchFieldMask fields,
            CacheSession* cache,
            WordMemory* memory,
            Deadline deadline)
      : snapshot_(snapshot),
        fields_(fields),
        cache_(*cache),
        memory_(*memory),
        deadline_(deadline) {}

  // Returns the documents of segment `segment` that hold `word`, at least all those among
  // `candidates`. The list lives as long as this object and its session. Errors: kDeadlineExceeded,
  // kCorruption.
  Result<const WordList*> Get(const query::Word& word, uint32_t segment, BitmapView candidates);

  // Returns what the collection says of `word`; lives as long as the session. Errors: kCorruption.
  Result<const WordStatistics*> StatisticsOf(const query::Word& word);

 private:
  // Where a list is being made.
  struct Place {
    index::TextReader* reader = nullptr;
    const index::Segment& segment;
    BitmapView candidates;
    bool is_whole = true;  // false once something was matched among the candidates only
  };
  Result<std::unique_ptr<const WordList>> Make(const query::Word& word, Place* place);
  Status AddForm(const query::Word& word,
                 size_t form,
                 const WordStatistics& statistics,
                 Place* place);
  Status AddTerm(const query::Word& word,
                 size_t form,
                 schema::SearchField field,
                 const WordStatistics& statistics,
                 const Place& place);
  Result<std::vector<index::Posting>> PhraseIn(const query::WordForm& form,
                                               schema::SearchField field,
                                               Place* place);
  // Takes away from `documents` what is outside the candidates when the whole is too dear.
  void MayRestrict(const std::string& phrase, Bitmap* documents, Place* place);

  const index::Snapshot& snapshot_;
  const query::SearchFieldMask fields_;
  CacheSession& cache_;
  WordMemory& memory_;
  const Deadline deadline_;
  std::vector<std::unique_ptr<const WordList>> own_;  // lists that are not for others
  std::vector<index::Posting> postings_;
};

}  // namespace kyujin::search

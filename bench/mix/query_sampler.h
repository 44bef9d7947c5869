// QuerySampler: draws the standard mix from an index. Words come in proportion to the number of
// documents that hold them, filters in proportion to their counts, so that frequent ones are asked
// often, as people do.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/corpus/random.h"
#include "bench/mix/mix_query.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_readers.h"
#include "engine/text/analyzer.h"

namespace kyujin::mix {

// The most documents that a rare word stands in.
inline constexpr uint32_t kRareDocuments = 100;

// Confined to one thread. Holds references to all it is made with.
class QuerySampler {
 public:
  // Requires: the snapshot holds documents.
  QuerySampler(const index::Snapshot& snapshot, text::Analyzer* analyzer, uint64_t seed);

  // Returns `count` requests, all different, with the classes' shares; the same for the same index
  // and seed. Errors: kCorruption; kInvalidArgument when the index is too small to draw so many.
  Result<std::vector<MixQuery>> StandardMix(size_t count);

  // The same for millions: words and filters come from a few thousand random postings that are kept
  // at hand, and up to `max_equal` per cent of the requests may equal another one.
  Result<std::vector<MixQuery>> LargeMix(size_t count, uint32_t max_equal);

 private:
  using Filter = std::pair<std::string, std::string>;
  // A word of a posting: its term, and as the posting writes it.
  struct PostingWord {
    std::string term;
    std::string written;
    uint32_t position = 0;
    uint32_t begin = 0;
    uint32_t end = 0;
    size_t text = 0;  // which of the posting's texts
    friend bool operator<(const PostingWord& a, const PostingWord& b) { return a.term < b.term; }
  };

  // A posting with its content words in the order of its texts, and each of them once.
  struct DrawnPosting {
    schema::JobPosting posting;
    std::vector<PostingWord> words;
    std::vector<PostingWord> different;
  };

  Result<MixQuery> Draw(QueryClass query_class);
  // Lives until the next call.
  Result<const DrawnPosting*> DrawPosting();
  Result<DrawnPosting> ReadPosting();
  Status KeepPostings();
  std::vector<PostingWord> WordsOf(const schema::JobPosting& posting);
  Result<std::string> DrawWord();
  Result<std::string> DrawRareWord();
  Result<std::string> DrawPhrase();
  Result<std::vector<Filter>> DrawFilters();
  Result<uint32_t> DocumentFrequency(const std::string& term);

  const index::Snapshot& snapshot_;
  text::Analyzer* analyzer_;
  corpus::Random random_;
  index::TextReaders readers_;
  std::vector<text::Token> tokens_;
  DrawnPosting drawn_;
  std::vector<DrawnPosting> kept_;  // when not empty, postings are drawn from these
  std::map<std::string, uint32_t> frequencies_;
};

}  // namespace kyujin::mix

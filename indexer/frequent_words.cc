#include "indexer/frequent_words.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "engine/base/bitmap.h"
#include "engine/index/posting_terms.h"
#include "engine/index/text_readers.h"

namespace kyujin::indexer {
namespace {

bool IsBefore(const Count& a, const Count& b) {
  return std::tie(b.count, a.code) < std::tie(a.count, b.code);
}

// Confined to one thread.
class WordCounter {
 public:
  WordCounter(const index::Snapshot& snapshot, const std::stop_token& stop)
      : snapshot_(snapshot), stop_(stop) {}

  Result<std::vector<Count>> Run(size_t wanted) {
    KYUJIN_ASSIGN_OR_RETURN(const std::vector<Count> candidates, SumOverFields());
    std::vector<Count> words;
    for (const Count& candidate : candidates) {
      // The sum over fields is never below the number of postings: nobody further down can win.
      if (words.size() == wanted && candidate.count < words.back().count) {
        break;
      }
      KYUJIN_ASSIGN_OR_RETURN(const uint64_t count, LivePostings(candidate.code));
      const Count word{candidate.code, {}, count};
      words.insert(std::upper_bound(words.begin(), words.end(), word, &IsBefore), word);
      words.resize(std::min(words.size(), wanted));
    }
    return words;
  }

 private:
  // Every word with its postings counted once for each field, most first.
  Result<std::vector<Count>> SumOverFields() {
    std::unordered_map<std::string, uint64_t> sums;
    for (uint32_t place = 0; place < snapshot_.segments().size(); ++place) {
      KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers_.Get(snapshot_, place));
      KYUJIN_RETURN_IF_ERROR(
          reader->ForEachTerm("", [&](std::string_view term, uint32_t postings) -> Status {
            if (stop_.stop_requested()) {
              return Unavailable("interrupted");
            }
            std::string word(term.substr(1));
            if (text::IsPartTerm(word) || word.starts_with('!')) {
              return {};
            }
            sums[std::move(word)] += postings;
            return {};
          }));
    }
    std::vector<Count> counts;
    counts.reserve(sums.size());
    for (const auto& [word, sum] : sums) {
      counts.push_back({word, {}, sum});
    }
    std::sort(counts.begin(), counts.end(), &IsBefore);
    return counts;
  }

  Result<uint64_t> LivePostings(const std::string& word) {
    uint64_t count = 0;
    for (uint32_t place = 0; place < snapshot_.segments().size(); ++place) {
      KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers_.Get(snapshot_, place));
      Bitmap found(snapshot_.segments()[place]->documents());
      for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
        KYUJIN_RETURN_IF_ERROR(reader->ReadPostings(index::FieldTerm(field.id, word), &postings_));
        for (const index::Posting& posting : postings_) {
          found.Set(posting.doc);
        }
      }
      if (const auto& tombstones = snapshot_.tombstones(place); tombstones != nullptr) {
        found.AndNot(tombstones->dead());
      }
      count += found.Count();
    }
    return count;
  }

  const index::Snapshot& snapshot_;
  const std::stop_token& stop_;
  index::TextReaders readers_;
  std::vector<index::Posting> postings_;
};

}  // namespace

Result<std::vector<Count>> MostFrequentWords(const index::Snapshot& snapshot,
                                             size_t wanted,
                                             const std::stop_token& stop) {
  return WordCounter(snapshot, stop).Run(wanted);
}

}  // namespace kyujin::indexer

// MixQuery: one request of the standard mix (README.md here), as parts that every engine in a
// comparison can be asked with.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kyujin::mix {

enum class QueryClass : uint8_t {
  kWordsFilters,  // one or two words, one to three filters
  kOneWord,
  kTwoWords,
  kFilters,   // one to three filters, one of the column orders
  kPhrase,    // words that follow each other in a posting, quoted
  kRareWord,  // a word of at most kRareDocuments documents
};

struct QueryClassSpec {
  QueryClass id;
  std::string_view name;
  uint32_t share;  // per cent of the standard mix
};

inline constexpr std::array kQueryClasses{
    QueryClassSpec{QueryClass::kWordsFilters, "words_filters", 45},
    QueryClassSpec{QueryClass::kOneWord, "one_word", 20},
    QueryClassSpec{QueryClass::kTwoWords, "two_words", 15},
    QueryClassSpec{QueryClass::kFilters, "filters", 10},
    QueryClassSpec{QueryClass::kPhrase, "phrase", 5},
    QueryClassSpec{QueryClass::kRareWord, "rare_word", 5},
};

// Thread rule: **Thread-compatible.**
struct MixQuery {
  QueryClass query_class = QueryClass::kOneWord;
  std::vector<std::string> words;  // as typed; of a phrase one, without quotes
  std::vector<std::pair<std::string, std::string>> filters;  // parameter, value
  std::string sort;                                          // empty: relevance

  // Returns the request target, percent-encoded: all facets, 30 hits.
  [[nodiscard]] std::string Target() const;
};

// Returns `text` for the value of a parameter in a request target.
std::string PercentEncoded(std::string_view text);

// Returns one line of a query file: class, target, then what the target was made of (words
// separated by U+3000), separated by tabs.
std::string ToLine(const MixQuery& query);

// What a reader of a query file needs of a line.
struct QueryLine {
  std::string query_class;  // empty when the line is a bare target
  std::string target;
};
// Returns nothing for an empty line or a comment (#).
std::optional<QueryLine> ParseQueryLine(std::string_view line);

}  // namespace kyujin::mix

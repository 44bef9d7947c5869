// Highlighter: shows why a posting was found: of each field that words matched in, the stretch of
// the original text that holds most of them, marked. Last step of a search, for the postings of the
// page only: their texts are analysed again, so it finds exactly what the matcher found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/query/word_query.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"
#include "engine/search/snippet.h"
#include "engine/text/analyzer.h"

namespace kyujin::search {

// The longest snippet, in characters of the original text: without marks and escapes.
inline constexpr size_t kSnippetCodePoints = 90;

// A stretch of one field, as HTML: text escaped, what matched inside <em>.
struct FieldHighlight {
  schema::SearchField field = schema::SearchField::kNone;
  std::string html;
};

// Confined to one thread. Holds references to the words and the analyzer, which must outlive it.
class Highlighter {
 public:
  Highlighter(const query::WordQuery& words, text::Analyzer* analyzer);

  // Returns the fields of `posting` in which a word matched, in the order of SearchField, each with
  // its best stretch. Cost: an analysis of every searched text of the posting.
  [[nodiscard]] std::vector<FieldHighlight> Highlight(const schema::JobPosting& posting);

 private:
  struct Start {
    const query::WordForm* form;
    const query::Word* word;
    uint32_t number;  // of the word in the request
  };

  void AddWord(const query::Word& word);
  // Replaces matches_ by those in `text`, ascending.
  void FindMatches(std::string_view text);
  void AddMatch(const Start& start, size_t first_token, std::string_view text);
  // Returns the bytes of `text` that a partial match of `start` covers inside `token`.
  [[nodiscard]] static TextMatch PartInside(const Start& start,
                                            const text::Token& token,
                                            std::string_view text);

  const query::WordQuery& words_;
  text::Analyzer* analyzer_;
  uint32_t word_count_ = 0;
  // Forms by the term of their first part.
  std::unordered_map<std::string_view, std::vector<Start>> starts_;
  std::vector<text::Token> tokens_;
  std::vector<TextMatch> matches_;
};

}  // namespace kyujin::search

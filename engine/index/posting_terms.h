// Posting terms: from a posting's feed text to the words of a segment, field by field. The only
// place that decides which text is searched under which prefix and where its words stand; the
// oracle of the tests uses it too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/recent_map.h"
#include "engine/index/column_builder.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"
#include "engine/text/analyzer.h"

namespace kyujin::index {

// One word of a document: the term with its field prefix, and where it stands in the field.
struct TermOccurrence {
  std::string term;
  uint32_t position = 0;  // NOLINTNEXTLINE(modernize-use-nullptr): as below
  friend auto operator<=>(const TermOccurrence&, const TermOccurrence&) = default;
};

// Returns the term of `token` in `field`: the field's prefix and the token's text.
std::string FieldTerm(schema::SearchField field, std::string_view token);

// Replaces `terms` by those of the posting and `lengths` by the number of words in each field;
// parts of compounds are terms but no words.
// Texts of one field follow each other at a distance of kTextGap positions.
void CollectTerms(const schema::JobPosting& posting,
                  text::Analyzer* analyzer,
                  std::vector<TermOccurrence>* terms,
                  FieldLengths* lengths);

// The same as a number: `token` counts the tokens of one shard, without prefix.
struct PostingWord {
  schema::SearchField field = schema::SearchField::kNone;
  uint32_t token = 0;
  uint32_t position = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): takes the 0 that the comparison hides for a pointer
  friend auto operator<=>(const PostingWord&, const PostingWord&) = default;
};

// CollectTerms for many postings: numbers the tokens, and analyses a text or a sentence that comes
// again only once, because employers repeat theirs from posting to posting, and all use the same
// set phrases. Confined to one thread.
class WordCollector {
 public:
  // What remembered texts and sentences may take, roughly.
  static constexpr size_t kMemoryBytes = size_t{48} << 20;

  explicit WordCollector(std::shared_ptr<const text::AnalyzerModel> model,
                         size_t memory_bytes = kMemoryBytes);

  // Replaces `words` by those of the posting, ascending by field, token and position.
  void Collect(const schema::JobPosting& posting,
               std::vector<PostingWord>* words,
               FieldLengths* lengths);

  // All tokens so far; PostingWord::token is the place in it.
  [[nodiscard]] const std::vector<std::string>& tokens() const { return tokens_.names(); }

 private:
  struct Word {
    uint32_t token;
    uint32_t position;
    uint16_t width;
    bool is_part;  // does not count in lengths
  };
  const std::vector<Word>& Analyze(std::string_view text);

  text::Analyzer analyzer_;
  NameCollector tokens_;
  RecentMap<std::vector<Word>> texts_;
  std::vector<text::Token> buffer_;
};

}  // namespace kyujin::index

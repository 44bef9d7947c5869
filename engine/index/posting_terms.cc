#include "engine/index/posting_terms.h"

#include <algorithm>

#include "engine/index/format.h"

namespace kyujin::index {

std::string FieldTerm(schema::SearchField field, std::string_view token) {
  std::string term(1, schema::SearchFields()[static_cast<size_t>(field)].term_prefix);
  term += token;
  return term;
}

void CollectTerms(const schema::JobPosting& posting,
                  text::Analyzer* analyzer,
                  std::vector<TermOccurrence>* terms,
                  FieldLengths* lengths) {
  terms->clear();
  lengths->fill(0);
  FieldLengths next_position{};
  next_position.fill(1);
  std::vector<text::Token> tokens;
  for (const schema::FeedRecord::Value& value : posting.feed.values()) {
    const schema::SearchField field = schema::GetFeedField(value.tag).search_field;
    if (field == schema::SearchField::kNone) {
      continue;
    }
    analyzer->Analyze(value.text, &tokens);
    const auto place = static_cast<size_t>(field);
    const uint32_t base = next_position[place];
    for (const text::Token& token : tokens) {
      terms->push_back({FieldTerm(field, token.text), base + token.position});
      next_position[place] =
          std::max(next_position[place], base + token.position + token.width - 1 + kTextGap);
      (*lengths)[place] += text::IsPartTerm(token.text) ? 0 : 1;
    }
  }
}

}  // namespace kyujin::index

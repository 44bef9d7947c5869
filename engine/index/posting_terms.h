// Posting terms: from a posting's feed text to the terms of text.glass, field by field. The only
// place that decides which text is searched under which prefix; the oracle of the tests uses it
// too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/index/column_builder.h"
#include "engine/index/text_index.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"
#include "engine/text/analyzer.h"

namespace kyujin::index {

// Returns the term of `token` in `field`: the field's prefix and the token's text.
std::string FieldTerm(schema::SearchField field, std::string_view token);

// Replaces `terms` by those of the posting and `lengths` by the number of words in each field;
// parts of compounds are terms but no words.
// Texts of one field follow each other at a distance of kTextGap positions.
void CollectTerms(const schema::JobPosting& posting,
                  text::Analyzer* analyzer,
                  std::vector<TermOccurrence>* terms,
                  FieldLengths* lengths);

}  // namespace kyujin::index

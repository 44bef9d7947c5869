// PhraseWriter: fills the slots of written phrases.
#pragma once

#include <string>
#include <string_view>

#include "bench/corpus/posting_plan.h"

namespace kyujin::corpus {

// Appends `phrase` with its slots filled: O an object and S a workplace of the occupation, N a
// full-width digit from 2 to 9, X the employer's coined name.
void AppendPhrase(std::string& out,
                  std::string_view phrase,
                  const PostingPlan& plan,
                  Random& random);

}  // namespace kyujin::corpus

// PhraseWriter: fills the slots of written phrases.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "bench/corpus/posting_plan.h"
#include "bench/corpus/topics.h"
#include "bench/corpus/word_list.h"

namespace kyujin::corpus {

// Thread rule: **Immutable.** Holds the places, which must outlive it.
class PhraseWriter {
 public:
  explicit PhraseWriter(const PlaceCatalogue& places);

  // Appends `phrase` with its slots filled: O an object and S a workplace of the occupation, T a
  // noun of its trade, N a full-width digit from 2 to 9, P a municipality of the employer's
  // prefecture, X the employer's coined name.
  void Append(std::string& out,
              std::string_view phrase,
              const PostingPlan& plan,
              Random& random) const;

 private:
  [[nodiscard]] std::string_view PickTopic(const PostingPlan& plan, Random& random) const;

  const PlaceCatalogue& places_;
  std::array<WordList, kTopicGroupCount> topics_;
};

}  // namespace kyujin::corpus

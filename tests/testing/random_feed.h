// Random feeds for the oracle: postings whose values sit on the edges of every filter and facet,
// and whose texts draw on so few words that words and phrases really hit and miss.
//
// Thread rule: Thread-compatible.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/date.h"
#include "tests/testing/random_source.h"

namespace kyujin::test {

// One record of a feed page, tag by tag.
struct RandomRecord {
  std::vector<std::pair<std::string, std::string>> values;

  void Add(std::string_view tag, std::string_view text) { values.emplace_back(tag, text); }
  // Returns the text of `tag`, or "".
  [[nodiscard]] std::string_view Get(std::string_view tag) const;
};

// Returns `count` records and some more that repeat a number with another 受付年月日. `today` is
// the day the dates are scattered around.
std::vector<RandomRecord> MakeRandomFeed(size_t count, Date today, RandomSource* random);

// Writes `records` as one feed page.
std::string ToFeedPage(const std::vector<RandomRecord>& records);

// The words the texts are made of; queries draw on them too.
const std::vector<std::string>& FeedWords();

// The prefectures (two digits) in which nearly all workplaces lie; queries draw on them too.
const std::vector<std::string>& FeedPrefectures();

// Returns `text` with its ASCII letters and digits in full width.
std::string ToFullWidth(std::string_view text);

}  // namespace kyujin::test

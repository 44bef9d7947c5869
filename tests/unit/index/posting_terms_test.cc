#include "engine/index/posting_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>

#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::index {
namespace {

// Texts that come again are analysed once; nobody may see the difference.
TEST(WordCollectorTest, SaysWhatCollectTermsSays) {
  std::mt19937_64 random(test::RandomSeed());
  std::vector<schema::JobPosting> postings = test::RandomPostings(&random, 60);
  const std::vector<schema::JobPosting> again = postings;
  postings.insert(postings.end(), again.begin(), again.end());
  WordCollector collector(test::SharedModel());
  text::Analyzer analyzer(test::SharedModel());
  std::vector<PostingWord> words;
  std::vector<TermOccurrence> terms;
  FieldLengths lengths;
  FieldLengths expected_lengths;
  for (const schema::JobPosting& posting : postings) {
    collector.Collect(posting, &words, &lengths);
    CollectTerms(posting, &analyzer, &terms, &expected_lengths);
    EXPECT_EQ(lengths, expected_lengths);
    EXPECT_TRUE(std::is_sorted(words.begin(), words.end()));
    std::vector<std::pair<std::string, uint32_t>> found;
    std::vector<std::pair<std::string, uint32_t>> expected;
    for (const PostingWord& word : words) {
      found.emplace_back(FieldTerm(word.field, collector.tokens()[word.token]), word.position);
    }
    for (const TermOccurrence& term : terms) {
      expected.emplace_back(term.term, term.position);
    }
    std::sort(found.begin(), found.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(found, expected);
  }
}

// What is remembered is bounded; what was forgotten is analysed again, with the same result.
TEST(WordCollectorTest, ForgettingChangesNothing) {
  WordCollector bounded(test::SharedModel(), 200);
  WordCollector free(test::SharedModel());
  std::vector<PostingWord> words;
  std::vector<PostingWord> expected;
  FieldLengths lengths;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20; ++i) {
      schema::JobPosting posting;
      posting.feed.Set(schema::Tag::kSksu, "看護師" + std::to_string(i));
      posting.feed.Set(schema::Tag::kShigotoNy, "夜勤のある病棟");
      bounded.Collect(posting, &words, &lengths);
      free.Collect(posting, &expected, &lengths);
      ASSERT_EQ(words, expected);
    }
  }
}

}  // namespace
}  // namespace kyujin::index

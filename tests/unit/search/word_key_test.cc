#include "engine/search/word_key.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/search/searcher.h"
#include "tests/unit/query/request_reader.h"
#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

query::Word RandomWord(std::mt19937_64* random) {
  query::Word word;
  for (uint64_t i = 1 + (*random)() % 3; i > 0; --i) {
    query::WordForm& form = word.forms.emplace_back();
    form.weight = static_cast<uint16_t>(1 + (*random)() % 256);
    uint32_t offset = 0;
    for (uint64_t j = 1 + (*random)() % 3; j > 0; --j) {
      form.parts.push_back({std::string(1 + (*random)() % 5, static_cast<char>('a' + j)), offset});
      offset += 1 + static_cast<uint32_t>((*random)() % 9);
    }
  }
  return word;
}

TEST(WordKeyTest, AWordOfTheKeyHasTheKey) {
  std::mt19937_64 random(test::RandomSeed());
  for (int run = 0; run < 1'000; ++run) {
    const auto fields = static_cast<query::SearchFieldMask>(random() % query::kAllSearchFields);
    const std::string key = WordKey(RandomWord(&random), fields);
    const auto keyed = ParseWordKey(key);
    ASSERT_TRUE(keyed.has_value());
    ASSERT_EQ(keyed->fields, fields);
    ASSERT_EQ(WordKey(keyed->word, keyed->fields), key);
    // Whatever else the bytes are, reading them stays within them.
    ASSERT_FALSE(ParseWordKey(key.substr(0, key.size() - 1)).has_value());
    std::string broken = key;
    broken[random() % broken.size()] = static_cast<char>(random());
    if (const auto other = ParseWordKey(broken)) {
      ASSERT_EQ(WordKey(other->word, other->fields), broken);
    }
  }
  EXPECT_FALSE(ParseWordKey("").has_value());
}

TEST(WordKeyTest, WhatFindsOrScoresOtherwiseHasAnotherKey) {
  query::Word word;
  word.forms = {{{{"a", 3}, {"b", 4}}}};
  const std::string key = WordKey(word, 1);
  EXPECT_NE(WordKey(word, 2), key);
  query::Word shifted = word;
  shifted.forms[0].parts = {{"a", 0}, {"b", 1}};
  EXPECT_EQ(WordKey(shifted, 1), key);
  shifted.forms[0].parts[1].offset = 2;
  EXPECT_NE(WordKey(shifted, 1), key);
  query::Word light = word;
  light.forms[0].weight = 100;
  EXPECT_NE(WordKey(light, 1), key);
  query::Word two = word;
  two.forms = {{{{"a", 0}}}, {{{"b", 0}}}};
  EXPECT_NE(WordKey(two, 1), key);
}

class WarmWordTest : public SearchFixture {};

TEST_F(WarmWordTest, AWarmWordIsThereForTheFirstRequest) {
  Build(200);
  const auto request = query::Read("q=java&limit=5").request;
  WorkerState worker;
  const SearchContext context{*snapshot_, worker, test::kToday, Deadline::Infinite()};
  Searcher before;
  ASSERT_TRUE(before.Search(request, context).has_value());
  const std::vector<std::string> hot = HottestWordKeys(before.postings_cache(), 10);
  ASSERT_EQ(hot.size(), 1U);
  Searcher after;
  ASSERT_TRUE(after.WarmWord("no word", context).has_value());
  EXPECT_EQ(after.postings_cache().entries(), 0U);
  ASSERT_TRUE(after.WarmWord(hot.front(), context).has_value());
  EXPECT_EQ(HottestWordKeys(after.postings_cache(), 10), hot);
  const size_t known = after.postings_cache().entries();
  ASSERT_TRUE(after.Search(request, context).has_value());
  // Only the maxima of recency are new.
  EXPECT_EQ(after.postings_cache().entries(), known + 1);
}

}  // namespace
}  // namespace kyujin::search

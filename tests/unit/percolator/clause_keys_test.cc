#include "engine/percolator/clause_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"
#include "tests/unit/percolator/percolator_fixture.h"

namespace kyujin::percolator {
namespace {

bool HaveOneInCommon(std::vector<Key> a, std::vector<Key> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<Key> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return !both.empty();
}

// Asks all clauses of random postings: those that hold are found by their keys.
TEST(ClauseKeysTest, WhatHoldsIsFound) {
  std::mt19937_64 random(test::RandomSeed());
  const std::vector<schema::JobPosting> postings = test::RandomPostings(&random, 200);
  std::vector<query::ParameterPairs> searches{{{"pref", "13,14"}},
                                              {{"pref", "13"}, {"city", "14101"}},
                                              {{"employment", "1,5"}},
                                              {{"kind", "general"}},
                                              {{"full_part", "part"}},
                                              {{"wage_type", "hourly,other"}},
                                              {{"licence_need", "none"}},
                                              {{"renewal", "always"}},
                                              {{"dispatch", "none"}},
                                              {{"occupation", "01,02"}},
                                              {{"occupation", "01,002,003-01"}},
                                              {{"industry", "P,83"}},
                                              {{"monthly_min", "100000"}},
                                              {{"hourly_min", "900"}, {"wage_basis", "base"}},
                                              {{"conditions", "new"}}};
  for (const std::string& word : test::TextWords()) {
    searches.push_back({{"q", word}, {"interpret", "off"}});
    searches.push_back({{"q", word + test::TextWords().front()}, {"interpret", "off"}});
  }
  for (const schema::ConditionSpec& condition : schema::Conditions()) {
    searches.push_back({{"conditions", std::string(condition.code)}});
  }
  for (int i = 0; i < 40; ++i) {
    const schema::JobPosting& posting = postings[random() % postings.size()];
    searches.push_back({{"number", posting.number.ToString()}});
    if (posting.employer_number > 9'999'999'999) {
      searches.push_back({{"employer_number", std::to_string(posting.employer_number)}});
    }
    if (!posting.stations.empty()) {
      searches.push_back({{"station", posting.stations[0].key}, {"walk_max", "20"}});
      searches.push_back({{"place", posting.stations[0].key}});
    }
    if (!posting.licences.empty()) {
      searches.push_back({{"licence", posting.licences[0]}});
    }
  }
  std::vector<PostingFacts> all_facts(postings.size());
  PostingReader reader(test::SharedModel());
  for (size_t i = 0; i < postings.size(); ++i) {
    reader.Read(postings[i], &all_facts[i]);
  }
  size_t held = 0;
  std::vector<Key> keys;
  TraitSet traits;
  for (const query::ParameterPairs& search : searches) {
    const Clause clause = ClauseOf(Frozen(search));
    const auto wanted = KeysOf(clause);
    ASSERT_TRUE(wanted.has_value()) << search[0].first;
    for (const PostingFacts& facts : all_facts) {
      CollectKeys(facts, test::kToday, &keys);
      traits.Assign(facts);
      std::vector<Key> wanted_keys;
      for (const ClauseKey& key : *wanted) {
        if (traits.Has(key.also)) {
          wanted_keys.push_back(key.key);
        }
        if (key.is_enough && std::find(keys.begin(), keys.end(), key.key) != keys.end()) {
          EXPECT_TRUE(Holds(clause, facts, test::kToday)) << search[0].second;
        }
      }
      if (Holds(clause, facts, test::kToday)) {
        EXPECT_TRUE(HaveOneInCommon(wanted_keys, keys))
            << search[0].first << "=" << search[0].second;
        ++held;
      }
    }
  }
  EXPECT_GT(held, searches.size());
}

// Few of the clauses that a key leads to are worth a look: the others want something else too.
TEST(ClauseKeysTest, TraitsKeepOthersAway) {
  const auto is_worth_a_look = [](const query::ParameterPairs& search,
                                  const schema::JobPosting& posting) {
    PostingFacts facts;
    PostingReader(test::SharedModel()).Read(posting, &facts);
    TraitSet traits;
    traits.Assign(facts);
    return traits.Has(KeysOf(ClauseOf(Frozen(search)))->front().also);
  };
  schema::JobPosting posting = PostingOf("看護師", "病棟での勤務");
  posting.wage.type = schema::WageType::kMonthly;
  posting.wage.fixed_allowances = schema::YenRange{200'000, 250'000};
  EXPECT_TRUE(is_worth_a_look({{"monthly_min", "200000"}}, posting));
  EXPECT_FALSE(is_worth_a_look({{"monthly_min", "210000"}}, posting));
  EXPECT_TRUE(is_worth_a_look({{"q", "\"病棟 勤務\""}}, posting));
  EXPECT_FALSE(is_worth_a_look({{"q", "\"看護師 調理師\""}}, posting));
}

TEST(ClauseKeysTest, WhatTakesAwayHasNoKeys) {
  for (const query::ParameterPairs& search : std::vector<query::ParameterPairs>{
           {{"q", "-看護師"}},
           {{"conditions", "-bonus"}},
           {{"exclude_number", "13010-12345678"}},
           {{"exclude_employer", "青空株式会社"}},
           {{"holidays_min", "100"}},
           {{"near", "35,135"}, {"radius_km", "20000"}},
       }) {
    EXPECT_FALSE(KeysOf(ClauseOf(Frozen(search))).has_value()) << search[0].first;
  }
}

TEST(ClauseKeysTest, PhrasesAreLookedUpByOneWord) {
  const auto keys = KeysOf(ClauseOf(FrozenWords("\"病棟 看護師\"")));
  ASSERT_TRUE(keys.has_value());
  EXPECT_EQ(keys->size(), 1U);
}

}  // namespace
}  // namespace kyujin::percolator

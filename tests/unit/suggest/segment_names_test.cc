#include "engine/suggest/segment_names.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::suggest {
namespace {

TEST(SegmentNamesTest, LegalForms) {
  const std::pair<const char*, const char*> cases[] = {{"株式会社青空", "青空"},
                                                       {"(株)青空", "青空"},
                                                       {"医療法人社団青空会", "青空会"},
                                                       {"社会福祉法人青空", "青空"},
                                                       {"青空株式会社", "青空株式会社"},
                                                       {"株式会社", "株式会社"},
                                                       {"青空", "青空"},
                                                       {"", ""}};
  for (const auto& [name, expected] : cases) {
    EXPECT_EQ(WithoutLegalForm(name), expected) << name;
  }
}

TEST(SegmentNamesTest, ListsHoldEachDocumentOnce) {
  std::mt19937_64 random(test::RandomSeed());
  test::TestIndex index;
  const std::vector<schema::JobPosting> postings = test::RandomPostings(&random, 300);
  index.Publish(postings, 2);
  const auto snapshot = index.Open();
  const index::SegmentColumns& columns = snapshot->segments()[0]->columns();
  const SegmentNames names(columns);
  for (uint32_t id = 0; id < columns.employer_names().size(); ++id) {
    std::vector<DocId> expected;
    for (DocId doc = 0; doc < postings.size(); ++doc) {
      if (postings[doc].employer_key == columns.employer_names()[id]) {
        expected.push_back(doc);
      }
    }
    const auto found = names.by_employer[id];
    EXPECT_EQ(std::vector<DocId>(found.begin(), found.end()), expected);
  }
  for (uint32_t id = 0; id < columns.station_names().size(); ++id) {
    std::vector<DocId> expected;
    for (DocId doc = 0; doc < postings.size(); ++doc) {
      for (const schema::StationAccess& station : postings[doc].stations) {
        if (station.key == columns.station_names()[id]) {
          expected.push_back(doc);
          break;
        }
      }
    }
    const auto found = names.by_station[id];
    EXPECT_EQ(std::vector<DocId>(found.begin(), found.end()), expected);
  }
  EXPECT_TRUE(names.by_municipality[99'999].empty());
}

TEST(SegmentNamesTest, AreMadeOnceASegment) {
  std::mt19937_64 random(test::RandomSeed());
  test::TestIndex index;
  index.Publish(test::RandomPostings(&random, 20));
  const auto snapshot = index.Open();
  SegmentNamesCache cache;
  const auto names = cache.Get(snapshot->segments()[0]);
  EXPECT_EQ(cache.Get(snapshot->segments()[0]), names);
  const auto again = index.Open();
  EXPECT_NE(cache.Get(again->segments()[0]), names);
}

}  // namespace
}  // namespace kyujin::suggest

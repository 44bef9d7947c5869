#include "engine/percolator/posting_facts.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/index/format.h"
#include "engine/index/segment_columns.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"
#include "tests/unit/percolator/percolator_fixture.h"

namespace kyujin::percolator {
namespace {

TEST(PostingFactsTest, WordsAndTheirPartsAreOneTerm) {
  EXPECT_EQ(TermOf("~看護"), TermOf("看護"));
  EXPECT_NE(TermOf("!夜勤"), TermOf("夜勤"));
  const PostingFacts facts = FactsOf(PostingOf("看護師", "看護の仕事"));
  const WordFacts::Term* term = facts.words.Find(TermOf("看護"));
  ASSERT_NE(term, nullptr);
  const auto occurrences = facts.words.OccurrencesOf(*term);
  ASSERT_EQ(occurrences.size(), 2U);
  EXPECT_EQ(occurrences[0].field, schema::SearchField::kTitle);
  EXPECT_EQ(occurrences[1].field, schema::SearchField::kDescription);
  EXPECT_EQ(facts.words.Find(TermOf("介護")), nullptr);
}

TEST(PostingFactsTest, NothingIsFoundInNothing) {
  EXPECT_EQ(WordFacts().Find(TermOf("看護")), nullptr);
  EXPECT_EQ(FactsOf(schema::JobPosting()).words.Find(TermOf("看護")), nullptr);
}

// What the index keeps of a posting, the facts say too.
TEST(PostingFactsTest, SayWhatTheColumnsSay) {
  std::mt19937_64 random(test::RandomSeed());
  const std::vector<schema::JobPosting> postings = test::RandomPostings(&random, 100);
  test::TestIndex index;
  index.Publish(postings);
  const auto snapshot = index.Open();
  const index::SegmentColumns& columns = snapshot->segments().front()->columns();
  PostingReader reader(test::SharedModel());
  PostingFacts facts;
  for (DocId doc = 0; doc < columns.documents(); ++doc) {
    reader.Read(*snapshot->ReadPosting({0, doc}), &facts);
    EXPECT_EQ(facts.number, columns.numbers()[doc]);
    EXPECT_EQ(facts.employer_number, columns.employer_numbers()[doc]);
    EXPECT_EQ(facts.employer_key, columns.employer_names()[columns.employers()[doc]]);
    for (const schema::ColumnSpec& column : schema::Columns()) {
      EXPECT_EQ(facts.Value(column.id), columns.Value(column.id, doc)) << column.name;
    }
    const auto shifts = columns.shifts()[doc];
    EXPECT_EQ(facts.shifts, std::vector<uint32_t>(shifts.begin(), shifts.end()));
    ASSERT_EQ(facts.stations.size(), columns.stations()[doc].size());
    for (size_t i = 0; i < facts.stations.size(); ++i) {
      const uint32_t station = columns.stations()[doc][i];
      EXPECT_EQ(facts.stations[i].key, columns.station_names()[station >> index::kWalkBits]);
      EXPECT_EQ(facts.stations[i].minutes, station & index::kNoWalkMinutes);
    }
    EXPECT_EQ(facts.licences.size(), columns.licences()[doc].size());
    EXPECT_EQ(facts.position.has_value(), columns.places()[doc] != index::kNoPlace);
  }
}

}  // namespace
}  // namespace kyujin::percolator

#include "engine/index/position_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::index {
namespace {

using schema::SearchField;
using testing::ElementsAre;
using testing::IsEmpty;
using Document = std::vector<PostingWord>;

class PositionFileTest : public testing::Test {
 protected:
  struct Shard {
    std::vector<std::string> tokens;
    std::vector<Document> documents;
  };

  void Write(const std::vector<Shard>& shards) {
    std::vector<std::unique_ptr<PositionShardWriter>> writers;
    std::vector<PositionShard> joined;
    for (const Shard& shard : shards) {
      writers.push_back(std::make_unique<PositionShardWriter>(
          folder_ / ("shard" + std::to_string(writers.size()))));
      ASSERT_TRUE(writers.back()->Open().has_value());
      for (const Document& document : shard.documents) {
        ASSERT_TRUE(writers.back()->Add(document).has_value());
      }
      ASSERT_TRUE(writers.back()->Finish().has_value());
      joined.push_back({writers.back().get(), shard.tokens});
    }
    ASSERT_TRUE(WritePositionFile(path(), joined).has_value());
  }
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "positions.bin"; }

  test::TemporaryFolder folder_;
};

TEST_F(PositionFileTest, EveryDistanceComesBack) {
  const Document words = {{SearchField::kTitle, 1, 0},
                          {SearchField::kTitle, 1, 1},
                          {SearchField::kTitle, 2, 0},
                          {SearchField::kTitle, 300, 2},
                          {SearchField::kTitle, 4'294'967'295, 0},
                          {SearchField::kOther, 7, 1}};
  ASSERT_NO_FATAL_FAILURE(Write({{{"c", "b", "a"}, {{}, words, {}}}}));
  const auto file = *PositionFile::Open(path());
  ASSERT_EQ(file->documents(), 3U);
  Document read;
  ASSERT_TRUE(file->ReadWords(0, &read).has_value());
  EXPECT_THAT(read, IsEmpty());
  ASSERT_TRUE(file->ReadWords(1, &read).has_value());
  EXPECT_EQ(read, words) << "the tokens' order is already that of their frequency";
  std::vector<uint32_t> positions;
  ASSERT_TRUE(file->ReadPositions(1, SearchField::kTitle, 0, &positions).has_value());
  EXPECT_THAT(positions, ElementsAre(1, 2, 4'294'967'295));
  ASSERT_TRUE(file->ReadPositions(1, SearchField::kOther, 1, &positions).has_value());
  EXPECT_THAT(positions, ElementsAre(7));
  for (const SearchField field : {SearchField::kEmployer, SearchField::kStation}) {
    ASSERT_TRUE(file->ReadPositions(1, field, 0, &positions).has_value());
    EXPECT_THAT(positions, IsEmpty());
  }
}

TEST_F(PositionFileTest, TokensOfShardsBecomeOne) {
  const auto word = [](uint32_t position, uint32_t token) {
    return PostingWord{SearchField::kTitle, position, token};
  };
  ASSERT_NO_FATAL_FAILURE(
      Write({{{"rare", "often"}, {{word(1, 0), word(2, 1)}}},
             {{}, {}},
             {{"often", "new", "unused"}, {{word(1, 0), word(2, 1)}, {word(5, 1)}}}}));
  const auto file = *PositionFile::Open(path());
  ASSERT_EQ(file->tokens(), 4U);
  std::vector<std::string_view> by_rank;
  for (uint32_t rank = 0; rank < file->tokens(); ++rank) {
    by_rank.push_back(file->Token(rank));
    EXPECT_EQ(file->FindToken(by_rank.back()), rank);
  }
  EXPECT_THAT(by_rank, ElementsAre("new", "often", "rare", "unused"));
  for (const char* missing : {"", "a", "ofte", "oftenx", "z"}) {
    EXPECT_EQ(file->FindToken(missing), std::nullopt) << missing;
  }
  Document read;
  ASSERT_TRUE(file->ReadWords(0, &read).has_value());
  EXPECT_THAT(read, ElementsAre(word(1, 2), word(2, 1)));
  ASSERT_TRUE(file->ReadWords(2, &read).has_value());
  EXPECT_THAT(read, ElementsAre(word(5, 0)));
}

TEST_F(PositionFileTest, DamagedBytesNeverReadPastTheFile) {
  std::mt19937_64 random(test::RandomSeed());
  Shard shard{{"a", "b"}, {}};
  for (int i = 0; i < 50; ++i) {
    Document& document = shard.documents.emplace_back();
    for (uint32_t at = 1; at < 40; ++at) {
      document.push_back({SearchField::kTitle, at * 2, static_cast<uint32_t>(random() % 2)});
    }
  }
  ASSERT_NO_FATAL_FAILURE(Write({shard}));
  const std::string good = test::ReadBytes(path());
  int opened = 0;
  for (int i = 0; i < 300; ++i) {
    std::string bytes = good;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    test::WriteBytes(path(), bytes);
    const auto file = PositionFile::Open(path());
    if (!file.has_value()) {
      EXPECT_NE(file.error().code, ErrorCode::kInternal);
      continue;
    }
    ++opened;
    Document words;
    std::vector<uint32_t> positions;
    for (DocId doc = 0; doc < (*file)->documents(); ++doc) {
      const Status status = (*file)->ReadWords(doc, &words);
      EXPECT_TRUE(status.has_value() || status.error().code == ErrorCode::kCorruption);
      (void)(*file)->ReadPositions(doc, SearchField::kTitle, 0, &positions);
    }
  }
  EXPECT_GT(opened, 0) << "the damage never reached the words";
}

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
    EXPECT_THAT(found, testing::UnorderedElementsAreArray(expected));
  }
}

}  // namespace
}  // namespace kyujin::index

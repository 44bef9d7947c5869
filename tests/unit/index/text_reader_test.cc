#include "engine/index/text_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "engine/index/term_runs.h"
#include "engine/index/text_writer.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::index {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

// Terms of which some are the beginning of others, and their postings.
using Lists = std::map<std::string, std::vector<Posting>>;

class TextReaderTest : public testing::Test {
 protected:
  // Writes `documents` of random words in shards, with little memory, and opens them.
  void Write(DocId documents, size_t shards) {
    std::vector<TextShard> written;
    DocId base = 0;
    for (size_t i = 0; i < shards; ++i) {
      const std::filesystem::path folder = folder_ / std::to_string(i);
      std::filesystem::create_directory(folder);
      TermRunWriter runs(folder, 30'000);
      std::map<std::string, uint32_t> numbers;
      const auto size = static_cast<DocId>((i + 1) * documents / shards - base);
      for (DocId doc = 0; doc < size; ++doc) {
        for (unsigned word = 0; word < 40; ++word) {
          if (random_() % (word * word / 4 + 1) != 0) {
            continue;
          }
          const std::string term =
              "D" + std::string(word / 4 + 1, static_cast<char>('a' + word % 4));
          const auto [number, is_new] = numbers.try_emplace(term, 0);
          if (is_new) {
            number->second = runs.AddTerm(term);
          }
          const std::vector<uint32_t> positions(random_() % 3 == 0 ? random_() % 9 + 1 : 1, 7);
          ASSERT_TRUE(runs.Add(number->second, doc, positions).has_value());
          lists_[term].push_back({base + doc, static_cast<uint32_t>(positions.size())});
        }
      }
      ASSERT_TRUE(runs.Finish().has_value());
      written.push_back({runs.files(), size});
      base += size;
    }
    const Status joined = WriteTextFile(written, folder_ / "0", folder_ / "text.glass");
    ASSERT_TRUE(joined.has_value()) << joined.error().message;
    auto reader = TextReader::Open(folder_ / "text.glass");
    ASSERT_TRUE(reader.has_value()) << reader.error().message;
    reader_ = std::move(*reader);
  }

  test::TemporaryFolder folder_;
  std::mt19937_64 random_{test::RandomSeed()};
  Lists lists_;
  std::unique_ptr<TextReader> reader_;
};

TEST_F(TextReaderTest, EveryListOfEveryTermIsAsItWasWritten) {
  Write(5000, 3);
  EXPECT_EQ(reader_->documents(), 5000U);
  EXPECT_TRUE(CheckTextStructure(reader_->path()).has_value());
  std::vector<Posting> postings;
  for (const auto& [term, expected] : lists_) {
    ASSERT_TRUE(reader_->ReadPostings(term, &postings).has_value()) << term;
    ASSERT_THAT(postings, ElementsAreArray(expected)) << term;
    EXPECT_EQ(*reader_->DocumentFrequency(term), expected.size()) << term;
  }
}

TEST_F(TextReaderTest, ATermThatNobodyWroteHasNoPostings) {
  Write(2000, 2);
  std::vector<Posting> postings;
  // Before all, between, a beginning, an end too long, behind all.
  for (const std::string term : {"A", "Dab", "D", "Daaaaaaaaaaaaaaaaaaaaaaa", "Dzz", "Z", ""}) {
    postings = {{1, 1}};
    ASSERT_TRUE(reader_->ReadPostings(term, &postings).has_value()) << term;
    EXPECT_THAT(postings, IsEmpty()) << term;
    EXPECT_EQ(*reader_->DocumentFrequency(term), 0U) << term;
    EXPECT_EQ(*reader_->Frequency(term, 5), 0U) << term;
  }
}

TEST_F(TextReaderTest, FrequenciesAreThoseOfTheLists) {
  Write(3000, 2);
  for (const auto& [term, expected] : lists_) {
    std::map<DocId, uint32_t> frequencies;
    for (const Posting& posting : expected) {
      frequencies[posting.doc] = posting.frequency;
    }
    for (DocId doc = 0; doc < 3001; doc += static_cast<DocId>(random_() % 50 + 1)) {
      const auto known = frequencies.find(doc);
      ASSERT_EQ(*reader_->Frequency(term, doc), known == frequencies.end() ? 0 : known->second)
          << term << " in " << doc;
    }
  }
}

TEST_F(TextReaderTest, TermsAreWalkedByPrefix) {
  Write(3000, 3);
  for (const std::string prefix : {"", "D", "Da", "Daaa", "Db", "Dd", "A", "Dab", "E"}) {
    std::vector<std::pair<std::string, size_t>> expected;
    for (const auto& [term, postings] : lists_) {
      if (term.starts_with(prefix)) {
        expected.emplace_back(term, postings.size());
      }
    }
    std::vector<std::pair<std::string, size_t>> found;
    ASSERT_TRUE(reader_
                    ->ForEachTerm(prefix,
                                  [&](std::string_view term, uint32_t documents) -> Status {
                                    found.emplace_back(term, documents);
                                    return {};
                                  })
                    .has_value());
    EXPECT_EQ(found, expected) << prefix;
    std::sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) {
      return std::tie(b.second, b.first) < std::tie(a.second, a.first);
    });
    std::vector<std::string> most;
    for (size_t i = 0; i < std::min<size_t>(3, expected.size()); ++i) {
      most.push_back(expected[i].first);
    }
    EXPECT_THAT(*reader_->MostFrequentTerms(prefix, 3), ElementsAreArray(most)) << prefix;
  }
  EXPECT_THAT(*reader_->MostFrequentTerms("D", 0), IsEmpty());
}

TEST_F(TextReaderTest, TheErrorOfAVisitorEndsTheWalk) {
  Write(500, 1);
  unsigned visited = 0;
  const Status status = reader_->ForEachTerm("", [&](std::string_view, uint32_t) -> Status {
    return ++visited == 3 ? Status(Internal("enough")) : Status();
  });
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().message, "enough");
  EXPECT_EQ(visited, 3U);
}

TEST_F(TextReaderTest, DocumentsWithoutWordsAreCounted) {
  const Status joined = WriteTextFile(
      std::vector<TextShard>{{{}, 3}, {{}, 4}}, folder_.path(), folder_ / "text.glass");
  ASSERT_TRUE(joined.has_value()) << joined.error().message;
  const auto reader = TextReader::Open(folder_ / "text.glass");
  ASSERT_TRUE(reader.has_value()) << reader.error().message;
  EXPECT_EQ((*reader)->documents(), 7U);
  std::vector<Posting> postings;
  EXPECT_TRUE((*reader)->ReadPostings("Djava", &postings).has_value());
  EXPECT_THAT(postings, IsEmpty());
  std::string block;
  EXPECT_FALSE(*(*reader)->ReadBlock(BlockKind::kPositions, "P", &block));
}

}  // namespace
}  // namespace kyujin::index

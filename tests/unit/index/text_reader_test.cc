#include "engine/index/text_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <random>

#include "engine/index/position_cursor.h"
#include "engine/index/term_runs.h"
#include "engine/index/text_writer.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/temporary_folder.h"
#include "tests/testing/text_file.h"

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
    std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) {
      return a.second > b.second;
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

// Files of blocks that no writer makes: each is sound as Xapian sees it.
class BrokenTextTest : public testing::Test {
 protected:
  BrokenTextTest() { metadata_["D"] = "\12"; }

  static std::string Run(std::string_view term,
                         uint32_t first,
                         uint32_t count,
                         const std::vector<uint64_t>& numbers) {
    std::string bytes;
    for (const uint64_t number : numbers) {
      AppendVarint(&bytes, number);
    }
    TermBlockBuilder builder(BlockKind::kPostings);
    builder.Add(term, {first, count, bytes}, 0);
    return builder.Finish().bytes;
  }
  void Add(std::string_view term, DocId last, std::string block) {
    metadata_[BlockKey(BlockKind::kPostings, term, last)] = std::move(block);
  }
  std::unique_ptr<TextReader> Open() {
    test::WriteTextMetadata(metadata_, folder_.path(), folder_ / "text.glass");
    auto reader = TextReader::Open(folder_ / "text.glass");
    KYUJIN_CHECK(reader.has_value());
    return std::move(*reader);
  }
  // Reads "Dx": the number of its postings, or nothing when they are broken.
  std::optional<size_t> Postings() {
    std::vector<Posting> postings;
    const Status status = Open()->ReadPostings("Dx", &postings);
    if (!status.has_value()) {
      EXPECT_EQ(status.error().code, ErrorCode::kCorruption);
      EXPECT_THAT(status.error().message, testing::HasSubstr("'Dx'"));
      return std::nullopt;
    }
    return postings.size();
  }

  test::TemporaryFolder folder_;
  test::TextMetadata metadata_;
};

TEST_F(BrokenTextTest, OneBlockAfterAnother) {
  Add("Dx", 5, Run("Dx", 0, 2, {3, 1, 9}));
  Add("Dx", 7, Run("Dx", 2, 1, {15}));
  EXPECT_EQ(Postings(), 3U);
}

TEST_F(BrokenTextTest, ABlockThatIsMissing) {
  Add("Dx", 5, Run("Dx", 0, 2, {3, 1, 9}));
  EXPECT_EQ(Postings(), std::nullopt) << "at the end";
  Add("Dy", 7, Run("Dy", 0, 1, {1, 15}));
  EXPECT_EQ(Postings(), std::nullopt) << "before another term";
  metadata_.erase(BlockKey(BlockKind::kPostings, "Dx", 5));
  EXPECT_EQ(Postings(), 0U);
  Add("Dx", 7, Run("Dx", 2, 1, {15}));
  EXPECT_EQ(Postings(), std::nullopt) << "at the beginning";
}

TEST_F(BrokenTextTest, RunsThatDoNotFollowEachOther) {
  Add("Dx", 5, Run("Dx", 0, 2, {3, 1, 9}));
  Add("Dx", 7, Run("Dx", 1, 1, {15}));
  EXPECT_EQ(Postings(), std::nullopt) << "a place twice";
  Add("Dx", 7, Run("Dx", 2, 1, {9}));
  EXPECT_EQ(Postings(), std::nullopt) << "a document that is not after the one before";
  Add("Dx", 7, Run("Dx", 2, 2, {13, 3}));
  EXPECT_EQ(Postings(), std::nullopt) << "more than there should be";
}

TEST_F(BrokenTextTest, ADocumentThatTheSegmentHasNot) {
  Add("Dx", 9, Run("Dx", 0, 1, {1, 19}));
  EXPECT_EQ(Postings(), 1U);
  Add("Dx", 9, Run("Dx", 0, 1, {1, 21}));
  EXPECT_EQ(Postings(), std::nullopt);
}

TEST_F(BrokenTextTest, MoreDocumentsThanThereAre) {
  Add("Dx", 5, Run("Dx", 0, 2, {11, 1, 9}));
  EXPECT_EQ(Postings(), std::nullopt);
  const auto reader = Open();
  EXPECT_FALSE(reader->DocumentFrequency("Dx").has_value());
  EXPECT_FALSE(
      reader->ForEachTerm("", [](std::string_view, uint32_t) { return Status(); }).has_value());
}

TEST_F(BrokenTextTest, ABlockThatIsCut) {
  const std::string block = Run("Dx", 0, 2, {2, 1, 9});
  Add("Dx", 5, block.substr(0, block.size() - 1));
  EXPECT_EQ(Postings(), std::nullopt);
  const auto reader = Open();
  EXPECT_FALSE(reader->DocumentFrequency("Dx").has_value());
  EXPECT_FALSE(reader->Frequency("Dx", 5).has_value());
  EXPECT_FALSE(
      reader->ForEachTerm("", [](std::string_view, uint32_t) { return Status(); }).has_value());
}

TEST_F(BrokenTextTest, PositionsThatAreMissingOrAnotherTerms) {
  Add("Dx", 5, Run("Dx", 0, 2, {2, 1, 9}));
  const std::vector<Posting> postings = {{0, 1}, {4, 1}};
  std::vector<uint32_t> positions;
  const auto read = [&] {
    const auto reader = Open();
    return PositionCursor(reader.get(), "Dx", postings).Read(1, &positions);
  };
  EXPECT_FALSE(read().has_value()) << "no block";
  const std::string key = BlockKey(BlockKind::kPositions, "Dx", 4);
  metadata_[key] = Run("Dy", 0, 2, {1, 2});
  EXPECT_FALSE(read().has_value()) << "another term's";
  metadata_[key] = Run("Dx", 0, 3, {1, 2, 3});
  EXPECT_FALSE(read().has_value()) << "of more postings";
  metadata_[key] = Run("Dx", 0, 2, {1});
  EXPECT_FALSE(read().has_value()) << "of fewer";
  metadata_[key] = Run("Dx", 0, 2, {1, 2});
  ASSERT_TRUE(read().has_value());
  EXPECT_THAT(positions, ElementsAre(2));
}

TEST_F(BrokenTextTest, WithoutItsNumberOfDocumentsAFileIsNotOpened) {
  metadata_.clear();
  Add("Dx", 5, Run("Dx", 0, 2, {2, 1, 9}));
  test::WriteTextMetadata(metadata_, folder_.path(), folder_ / "text.glass");
  const auto reader = TextReader::Open(folder_ / "text.glass");
  ASSERT_FALSE(reader.has_value());
  EXPECT_EQ(reader.error().code, ErrorCode::kCorruption);
}

TEST_F(BrokenTextTest, OfEquallyFrequentTermsTheFirstAreTaken) {
  for (const std::string term : {"Da", "Db", "Dc", "Dd"}) {
    Add(term, 1, Run(term, 0, 1, {term == "Dd" ? 2U : 1U, 1}));
  }
  EXPECT_THAT(*Open()->MostFrequentTerms("D", 3), ElementsAre("Dd", "Da", "Db"));
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

#include "engine/index/term_runs.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <utility>

#include "engine/index/posting_list.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::index {
namespace {

using Positions = std::vector<uint32_t>;
// Term → document → positions.
using Words = std::map<std::string, std::map<DocId, Positions>>;

Positions RandomPositions(std::mt19937_64* random) {
  Positions positions((*random)() % 4 + 1);
  uint32_t at = 0;
  for (uint32_t& position : positions) {
    at += static_cast<uint32_t>((*random)() % 200 + 1);
    position = at;
  }
  return positions;
}

constexpr unsigned kTerms = 60;
std::string NameOf(unsigned term) {
  return "D" + std::string(term % 7, 'a') + std::to_string(term);
}

class TermRunsTest : public testing::Test {
 protected:
  // Writes `documents` of random words from `base` on, and adds them to `words_`.
  void WriteShard(const std::string& name, DocId base, DocId documents, uint64_t memory) {
    const std::filesystem::path folder = folder_ / name;
    std::filesystem::create_directory(folder);
    TermRunWriter writer(folder, memory);
    for (unsigned term = 0; term < kTerms; ++term) {
      ASSERT_EQ(writer.AddTerm(NameOf(term)), term);
    }
    for (DocId doc = 0; doc < documents; ++doc) {
      for (unsigned term = 0; term < kTerms; ++term) {
        // Some terms stand nearly everywhere, some hardly anywhere.
        if (random_() % (term + 1) != 0) {
          continue;
        }
        const Positions positions = RandomPositions(&random_);
        ASSERT_TRUE(writer.Add(term, doc, positions).has_value());
        words_[NameOf(term)][base + doc] = positions;
      }
    }
    ASSERT_TRUE(writer.Finish().has_value());
    scratch_files_ += writer.files().size();
    for (const auto& file : writer.files()) {
      files_.push_back({file, base});
    }
  }

  void Merge() {
    const Status status =
        MergeTermRuns(files_, [this](BlockKind kind, const auto& block) -> Status {
          EXPECT_EQ(block.key.front(), static_cast<char>(kind));
          EXPECT_LT(last_key_[kind], block.key);
          last_key_[kind] = block.key;
          blocks_[block.key] = block.bytes;
          return {};
        });
    ASSERT_TRUE(status.has_value()) << status.error().message;
  }

  // Reads a term back by the rule of keys alone.
  void ExpectTerm(const std::string& term, const std::map<DocId, Positions>& documents) {
    uint32_t place = 0;
    uint32_t end = 0;
    ByteReader rest({});
    Positions positions;
    for (const auto& [doc, expected] : documents) {
      if (place == end) {
        const auto block = blocks_.lower_bound(BlockKey(BlockKind::kPositions, term, doc));
        ASSERT_NE(block, blocks_.end());
        TermBlockReader runs(block->second);
        ASSERT_TRUE(runs.SkipTo(term) && runs.run().first == place);
        rest = ByteReader(runs.run().bytes);
        end = place + runs.run().count;
      }
      ASSERT_TRUE(ReadPositions(&rest, static_cast<uint32_t>(expected.size()), &positions));
      ASSERT_EQ(positions, expected) << term << " in " << doc;
      ++place;
    }
    EXPECT_EQ(place, end) << term;
  }

  // Looks a posting up by its key; the first one's run also says how many there are.
  void ExpectPosting(const std::string& term,
                     const Posting& expected,
                     const std::map<DocId, Positions>& documents) {
    const auto block = blocks_.lower_bound(BlockKey(BlockKind::kPostings, term, expected.doc));
    ASSERT_NE(block, blocks_.end());
    TermBlockReader runs(block->second);
    ASSERT_TRUE(runs.SkipTo(term)) << term;
    const TermRun* run = &runs.run();
    std::vector<Posting> postings;
    ASSERT_TRUE(ReadPostings(*run, &postings));
    ASSERT_EQ(postings.size(), run->count);
    const auto place =
        static_cast<size_t>(std::distance(documents.begin(), documents.find(expected.doc)));
    ASSERT_LT(place - run->first, postings.size()) << term;
    ASSERT_EQ(postings[place - run->first], expected) << term;
    if (run->first == 0) {
      ASSERT_EQ(PostingTotal(*run), documents.size()) << term;
    }
  }

  test::TemporaryFolder folder_;
  std::mt19937_64 random_{test::RandomSeed()};
  Words words_;
  std::vector<TermRunFile> files_;
  size_t scratch_files_ = 0;
  std::map<std::string, std::string> blocks_;
  std::map<BlockKind, std::string> last_key_;
};

TEST_F(TermRunsTest, WhatShardsWroteIsReadBackByKey) {
  WriteShard("a", 0, 3000, uint64_t{1} << 30);
  WriteShard("b", 3000, 2000, 20'000);
  WriteShard("empty", 5000, 0, 1000);
  WriteShard("c", 5000, 10, 1000);
  ASSERT_GT(scratch_files_, 5U) << "memory must have been too small";
  Merge();
  EXPECT_GT(blocks_.size(), 3U);
  for (const auto& [term, documents] : words_) {
    ASSERT_NO_FATAL_FAILURE(ExpectTerm(term, documents));
    for (const auto& [doc, positions] : documents) {
      ASSERT_NO_FATAL_FAILURE(
          ExpectPosting(term, {doc, static_cast<uint32_t>(positions.size())}, documents));
    }
  }
}

TEST_F(TermRunsTest, NothingMakesNoBlock) {
  WriteShard("a", 0, 0, 1000);
  Merge();
  EXPECT_TRUE(blocks_.empty());
}

TEST_F(TermRunsTest, AnErrorOfTheWriterEndsTheMerge) {
  WriteShard("a", 0, 3000, 20'000);
  unsigned written = 0;
  const Status status = MergeTermRuns(files_, [&](BlockKind, const auto&) -> Status {
    return ++written == 2 ? Status(Internal("full")) : Status();
  });
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().message, "full");
  EXPECT_EQ(written, 2U);
}

TEST_F(TermRunsTest, WhatIsWrittenOutIsGivenBack) {
  constexpr uint64_t kMemory = 200'000;
  const std::filesystem::path folder = folder_ / "a";
  std::filesystem::create_directory(folder);
  TermRunWriter writer(folder, kMemory);
  // Other words in each part of the documents, as regions have them.
  uint32_t term = 0;
  size_t files = 0;
  for (unsigned part = 0; part < 40; ++part) {
    for (unsigned i = 0; i < 200; ++i) {
      term = writer.AddTerm(NameOf(term));
      for (DocId doc = 0; doc < 100; ++doc) {
        ASSERT_TRUE(writer.Add(term, part * 100 + doc, Positions{1, 300, 900}).has_value());
        if (std::exchange(files, writer.files().size()) != writer.files().size()) {
          ASSERT_EQ(writer.held_bytes(), 0U) << "after file " << files;
        }
      }
      ++term;
    }
  }
  EXPECT_GT(files, 10U);
}

TEST_F(TermRunsTest, AFileThatIsNotAsItWasWrittenIsAnError) {
  WriteShard("a", 0, 3000, 20'000);
  const auto ignore = [](BlockKind, const auto&) -> Status { return {}; };
  ASSERT_TRUE(MergeTermRuns(files_, ignore).has_value());
  std::string bytes = test::ReadBytes(files_[1].file.path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  test::WriteBytes(files_[1].file.path, bytes);
  const Status status = MergeTermRuns(files_, ignore);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kCorruption);
}

TEST_F(TermRunsTest, AFileThatCannotBeMadeIsAnError) {
  TermRunWriter writer(folder_ / "missing", 1000);
  const uint32_t term = writer.AddTerm("D介護");
  Status status;
  for (DocId doc = 0; doc < 1000 && status.has_value(); ++doc) {
    status = writer.Add(term, doc, Positions{1});
  }
  EXPECT_FALSE(status.has_value());
}

}  // namespace
}  // namespace kyujin::index

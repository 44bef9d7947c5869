#include "engine/search/vocabulary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/index/text_readers.h"
#include "engine/text/one_mistake.h"
#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

using query::kAllSearchFields;

schema::JobPosting Posting(uint64_t number, std::string_view title, std::string_view employer) {
  schema::JobPosting posting;
  posting.number = schema::PostingNumber::FromValue(number);
  posting.feed.Set(schema::Tag::kSksu, title);
  posting.feed.Set(schema::Tag::kJgshmei, employer);
  return posting;
}

class VocabularyTest : public SearchFixture {
 protected:
  void BuildOf(const std::vector<schema::JobPosting>& postings) {
    index_.Publish(postings);
    snapshot_ = index_.Open();
    const auto reader = readers_.Get(*snapshot_, 0);
    KYUJIN_CHECK(reader.has_value());
    auto read = Vocabulary::Read(*reader);
    KYUJIN_CHECK(read.has_value());
    vocabulary_ = *read;
  }

  static query::SearchFieldMask Only(schema::SearchField field) {
    return static_cast<query::SearchFieldMask>(1U << static_cast<unsigned>(field));
  }

  index::TextReaders readers_;
  std::shared_ptr<const Vocabulary> vocabulary_;
};

using Words = std::vector<std::string_view>;

TEST_F(VocabularyTest, FindsWordsByPieces) {
  BuildOf(
      {Posting(1, "モニャゲムポ", "ホゾヌケヨムラ"), Posting(2, "ヌヌニャゲムポピ", "ニャゲム")});
  EXPECT_EQ(vocabulary_->FindHolding("ニャゲ", kAllSearchFields, 10),
            (Words{"ニャゲム", "モニャゲムポ", "ヌヌニャゲムポピ"}));
  EXPECT_EQ(vocabulary_->FindHolding("ニャゲ", kAllSearchFields, 2),
            (Words{"ニャゲム", "モニャゲムポ"}));
  EXPECT_EQ(vocabulary_->FindHolding("ニャゲム", kAllSearchFields, 10),
            (Words{"モニャゲムポ", "ヌヌニャゲムポピ"}));
  EXPECT_EQ(vocabulary_->FindHolding("ニャゲ", Only(schema::SearchField::kEmployer), 10),
            (Words{"ニャゲム"}));
  EXPECT_EQ(vocabulary_->FindHolding("ゾ", kAllSearchFields, 10), (Words{"ホゾヌケヨムラ"}));
  EXPECT_EQ(vocabulary_->FindHolding("犬猫", kAllSearchFields, 10), Words{});
  EXPECT_TRUE(vocabulary_->Has("ニャゲム", Only(schema::SearchField::kEmployer)));
  EXPECT_FALSE(vocabulary_->Has("ニャゲム", Only(schema::SearchField::kTitle)));
  EXPECT_FALSE(vocabulary_->Has("ニャゲ", kAllSearchFields));
}

TEST_F(VocabularyTest, FindsWordsNearAWord) {
  BuildOf({Posting(1, "ホゾヌケヨムラ", "スマートフォン")});
  for (const char* word :
       {"ホゾヌケヨムロ", "ホゾケヨムラ", "ゾホヌケヨムラ", "ホゾヌケケヨムラ"}) {
    EXPECT_EQ(vocabulary_->FindNear(word, kAllSearchFields), (Words{"ホゾヌケヨムラ"})) << word;
  }
  EXPECT_EQ(vocabulary_->FindNear("ホゾヌケヨムラ", kAllSearchFields), Words{});
  EXPECT_EQ(vocabulary_->FindNear("ホゾケヨムロ", kAllSearchFields), Words{});
}

// On random postings the pairs find what a look at every term finds.
TEST_F(VocabularyTest, AgreesWithAllTerms) {
  Build(200);
  const auto reader = readers_.Get(*snapshot_, 0);
  ASSERT_TRUE(reader.has_value());
  std::set<std::string> terms;
  ASSERT_TRUE((*reader)
                  ->ForEachTerm("",
                                [&](std::string_view term, uint32_t /*documents*/) -> Status {
                                  term.remove_prefix(1);
                                  if (!term.starts_with('!')) {
                                    terms.emplace(term.substr(term.starts_with('~') ? 1 : 0));
                                  }
                                  return {};
                                })
                  .has_value());
  const auto vocabulary = Vocabulary::Read(*reader);
  ASSERT_TRUE(vocabulary.has_value());
  EXPECT_EQ((*vocabulary)->size(), terms.size());
  for (const std::string& term : terms) {
    EXPECT_TRUE((*vocabulary)->Has(term, kAllSearchFields)) << term;
    const std::string_view piece = std::string_view(term).substr(term.size() / 2);
    if (piece.empty() || (static_cast<uint8_t>(piece.front()) & 0xC0U) == 0x80) {
      continue;
    }
    const Words found = (*vocabulary)->FindHolding(piece, kAllSearchFields, SIZE_MAX);
    const auto expected = std::count_if(terms.begin(), terms.end(), [&](const std::string& other) {
      return other.size() > piece.size() && other.find(piece) != std::string::npos;
    });
    EXPECT_EQ(found.size(), static_cast<size_t>(expected)) << piece;
  }
}

TEST_F(VocabularyTest, IsReadOnceASegment) {
  BuildOf({Posting(1, "看護師", "病院")});
  VocabularyCache cache;
  const auto reader = readers_.Get(*snapshot_, 0);
  ASSERT_TRUE(reader.has_value());
  const auto first = cache.Get(snapshot_->segments()[0], *reader);
  const auto second = cache.Get(snapshot_->segments()[0], *reader);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(*first, *second);
}

}  // namespace
}  // namespace kyujin::search

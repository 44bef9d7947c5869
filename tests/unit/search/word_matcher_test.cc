// Words and phrases against the positions that the analyzer gave, found by looking at every one.
#include "engine/search/word_matcher.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "engine/index/posting_terms.h"
#include "engine/search/phrase_matcher.h"
#include "tests/unit/query/request_reader.h"
#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

using index::Posting;
using schema::SearchField;

class WordsFixture : public SearchFixture {
 protected:
  // term → document → positions
  using Positions = std::map<std::string, std::map<DocId, std::set<uint32_t>>>;

  void Build(size_t count) {
    SearchFixture::Build(count, 2);
    text::Analyzer analyzer(test::SharedModel());
    std::vector<index::TermOccurrence> terms;
    index::FieldLengths lengths;
    for (DocId doc = 0; doc < postings_.size(); ++doc) {
      index::CollectTerms(postings_[doc], &analyzer, &terms, &lengths);
      for (const index::TermOccurrence& occurrence : terms) {
        positions_[occurrence.term][doc].insert(occurrence.position);
      }
    }
  }

  // How often the forms of the word stand in a field of the document.
  uint32_t NaiveCount(const query::Word& word, SearchField field, DocId doc) {
    uint32_t count = 0;
    for (const query::WordForm& form : word.forms) {
      count += NaiveCount(form, field, doc);
    }
    return count;
  }

  uint32_t NaiveCount(const query::WordForm& form, SearchField field, DocId doc) {
    uint32_t count = 0;
    for (const uint32_t start : positions_[index::FieldTerm(field, form.parts[0].term)][doc]) {
      bool is_there = true;
      for (const query::WordForm::Part& part : form.parts) {
        is_there = is_there && positions_[index::FieldTerm(field, part.term)][doc].contains(
                                   start + part.offset);
      }
      count += is_there ? 1 : 0;
    }
    return count;
  }

  bool NaiveHas(const query::Word& word, query::SearchFieldMask fields, DocId doc) {
    for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
      const bool is_searched = (fields >> static_cast<unsigned>(field.id) & 1U) != 0;
      if (is_searched && NaiveCount(word, field.id, doc) > 0) {
        return true;
      }
    }
    return false;
  }

  bool NaiveMatches(const query::WordQuery& words, DocId doc) {
    const auto has = [&](const query::Word& word) { return NaiveHas(word, words.fields, doc); };
    return std::all_of(words.clauses.begin(),
                       words.clauses.end(),
                       [&](const query::WordClause& clause) {
                         return std::any_of(
                             clause.alternatives.begin(), clause.alternatives.end(), has);
                       }) &&
           std::none_of(words.excluded.begin(), words.excluded.end(), has);
  }

  query::WordForm RandomForm() {
    query::WordForm form;
    uint32_t offset = 0;
    for (uint64_t i = random_() % 3 == 0 ? 1 + random_() % 3 : 1; i > 0; --i) {
      form.parts.push_back({test::TextWords()[random_() % test::TextWords().size()], offset});
      offset += 1 + (random_() % 4 == 0 ? 1 : 0);
    }
    return form;
  }

  query::Word RandomWord() {
    query::Word word;
    for (uint64_t i = random_() % 3 == 0 ? 1 + random_() % 3 : 1; i > 0; --i) {
      word.forms.push_back(RandomForm());
    }
    return word;
  }

  query::WordQuery RandomWords() {
    query::WordQuery words;
    for (uint64_t i = random_() % 4; i > 0; --i) {
      query::WordClause clause;
      for (uint64_t j = 1 + random_() % 3; j > 0; --j) {
        clause.alternatives.push_back(RandomWord());
      }
      words.clauses.push_back(clause);
    }
    for (uint64_t i = random_() % 2; i > 0; --i) {
      words.excluded.push_back(RandomWord());
    }
    if (random_() % 2 == 0) {
      words.fields = static_cast<query::SearchFieldMask>(1 + random_() % query::kAllSearchFields);
    }
    return words;
  }

  Positions positions_;
  index::TextReaders readers_;
};

class PhraseMatcherTest : public WordsFixture {};

TEST_F(PhraseMatcherTest, FindsWhatANaiveScanOfPositionsFinds) {
  Build(150);
  index::TextReader* reader = *readers_.Get(*snapshot_, 0);
  size_t found = 0;
  for (int run = 0; run < 400; ++run) {
    query::WordForm word = RandomForm();
    if (word.parts.size() < 2) {
      word.parts.push_back({test::TextWords()[random_() % 3], 1});
    }
    const Bitmap candidates = RandomSet(1 + random_() % 2);
    std::vector<std::vector<Posting>> postings(word.parts.size());
    std::vector<PhrasePart> parts;
    for (size_t i = 0; i < word.parts.size(); ++i) {
      const std::string term = index::FieldTerm(SearchField::kDescription, word.parts[i].term);
      ASSERT_TRUE(reader->ReadPostings(term, &postings[i]).has_value());
      parts.push_back({term, word.parts[i].offset, &postings[i]});
    }
    std::vector<Posting> expected;
    for (const DocId doc : Members(candidates.view())) {
      if (const uint32_t count = NaiveCount(word, SearchField::kDescription, doc); count > 0) {
        expected.push_back({doc, count});
      }
    }
    const auto matches = MatchPhrase(parts, candidates.view(), reader, Deadline::Infinite());
    ASSERT_TRUE(matches.has_value());
    ASSERT_EQ(*matches, expected);
    found += expected.size();
  }
  EXPECT_GT(found, 100U) << "the phrases are too rare to prove anything";
}

TEST_F(PhraseMatcherTest, TheSameWordTwiceMustStandTwice) {
  schema::JobPosting once;
  once.number = schema::PostingNumber::FromValue(1);
  once.feed.Set(schema::Tag::kSksu, "java python java");
  schema::JobPosting twice;
  twice.number = schema::PostingNumber::FromValue(2);
  twice.feed.Set(schema::Tag::kSksu, "python java java java");
  index_.Publish({once, twice});
  snapshot_ = index_.Open();
  index::TextReader* reader = *readers_.Get(*snapshot_, 0);
  std::vector<Posting> postings;
  ASSERT_TRUE(reader->ReadPostings("Tjava", &postings).has_value());
  Bitmap all(2);
  all.SetAll();
  const auto matches = MatchPhrase(
      {{"Tjava", 0, &postings}, {"Tjava", 1, &postings}}, all.view(), reader, Deadline::Infinite());
  EXPECT_EQ(*matches, (std::vector<Posting>{{1, 2}}));
}

class WordMatcherTest : public WordsFixture {
 protected:
  std::vector<uint64_t> Numbers(std::string_view parameters) {
    const query::ParseOutcome outcome = query::Read(parameters);
    EXPECT_TRUE(outcome.has_request()) << parameters;
    WordMatcher matcher(outcome.request.words, *snapshot_, &readers_, Deadline::Infinite());
    Bitmap all(snapshot_->segments()[0]->documents());
    all.SetAll();
    const auto matches = matcher.Match(0, all.view(), Scoring::kNo);
    EXPECT_TRUE(matches.has_value());
    std::vector<uint64_t> numbers;
    for (const DocId doc : Members(matches->documents.view())) {
      numbers.push_back(columns().numbers()[doc]);
    }
    return numbers;
  }
};

TEST_F(WordMatcherTest, QueriesMatchWhatANaiveScanMatches) {
  Build(150);
  for (int run = 0; run < 300; ++run) {
    const query::WordQuery words = RandomWords();
    const Bitmap candidates = RandomSet(1 + random_() % 3);
    const Scoring scoring = random_() % 2 == 0 ? Scoring::kYes : Scoring::kNo;
    WordMatcher matcher(words, *snapshot_, &readers_, Deadline::Infinite());
    const auto matches = matcher.Match(0, candidates.view(), scoring);
    ASSERT_TRUE(matches.has_value());
    std::vector<DocId> expected;
    for (const DocId doc : Members(candidates.view())) {
      if (NaiveMatches(words, doc)) {
        expected.push_back(doc);
      }
    }
    ASSERT_EQ(Members(matches->documents.view()), expected) << "run " << run;
    ASSERT_TRUE(scoring == Scoring::kYes || matches->scoring.empty());
  }
}

TEST_F(WordMatcherTest, ScoringPostingsHoldEveryMatchWithItsFrequency) {
  Build(120);
  for (int run = 0; run < 100; ++run) {
    query::WordQuery words;
    words.clauses = {{{RandomWord()}}, {{RandomWord()}}};
    WordMatcher matcher(words, *snapshot_, &readers_, Deadline::Infinite());
    Bitmap all(postings_.size());
    all.SetAll();
    const auto matches = matcher.Match(0, all.view(), Scoring::kYes);
    ASSERT_TRUE(matches.has_value());
    std::map<std::pair<DocId, SearchField>, uint32_t> frequencies;
    for (const WeightedPostings& weighted : matches->scoring) {
      for (const Posting& posting : *weighted.postings) {
        frequencies[{posting.doc, weighted.field}] += posting.frequency;
      }
    }
    for (const DocId doc : Members(matches->documents.view())) {
      for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
        const uint32_t expected = NaiveCount(words.clauses[0].alternatives[0], field.id, doc) +
                                  NaiveCount(words.clauses[1].alternatives[0], field.id, doc);
        ASSERT_EQ((frequencies[{doc, field.id}]), expected) << field.name;
      }
    }
  }
}

TEST_F(WordMatcherTest, AndOrNotAndFields) {
  const std::pair<const char*, const char*> texts[] = {{"java", "python"},
                                                       {"python", "java"},
                                                       {"java python", ""},
                                                       {"介護", "看護"},
                                                       {"python java", "介護"}};
  std::vector<schema::JobPosting> postings;
  for (const auto& [title, description] : texts) {
    schema::JobPosting posting;
    posting.number = schema::PostingNumber::FromValue(postings.size() + 1);
    posting.feed.Set(schema::Tag::kSksu, title);
    posting.feed.Set(schema::Tag::kShigotoNy, description);
    postings.push_back(posting);
  }
  index_.Publish(postings);
  snapshot_ = index_.Open();
  using N = std::vector<uint64_t>;
  EXPECT_EQ(Numbers("q=java"), (N{1, 2, 3, 5}));
  EXPECT_EQ(Numbers("q=java&q_in=title"), (N{1, 3, 5}));
  EXPECT_EQ(Numbers("q=java&q_in=description"), N{2});
  EXPECT_EQ(Numbers("q=java&q_in=employer"), N{});
  EXPECT_EQ(Numbers("q=java 介護"), N{5});
  EXPECT_EQ(Numbers("q=java OR 介護"), (N{1, 2, 3, 4, 5}));
  EXPECT_EQ(Numbers("q=java -介護"), (N{1, 2, 3}));
  EXPECT_EQ(Numbers("q=-java"), N{4});
  EXPECT_EQ(Numbers("q=java&q_not=介護"), (N{1, 2, 3}));
  EXPECT_EQ(Numbers("q=\"java python\""), N{3}) << "not across fields";
  EXPECT_EQ(Numbers("q=\"python java\""), N{5});
  EXPECT_EQ(Numbers("q=-\"java python\" java"), (N{1, 2, 5}));
  EXPECT_EQ(Numbers("q=nosuchword"), N{});
  EXPECT_EQ(Numbers("q=nosuchword OR 看護"), N{4});
}

TEST_F(WordMatcherTest, AFormOfLessWeightScoresLess) {
  schema::JobPosting posting;
  posting.number = schema::PostingNumber::FromValue(1);
  posting.feed.Set(schema::Tag::kSksu, "java");
  index_.Publish({posting});
  snapshot_ = index_.Open();
  const auto score = [&](uint16_t weight) {
    query::WordQuery words;
    words.clauses = {{{{"java", false, {{{{"java", 0}}, query::MatchKind::kSynonym, weight}}}}}};
    WordMatcher matcher(words, *snapshot_, &readers_, Deadline::Infinite());
    Bitmap all(1);
    all.SetAll();
    const auto matches = matcher.Match(0, all.view(), Scoring::kYes);
    return matches->scoring.at(0).weight.Score(1, 1);
  };
  EXPECT_NEAR(static_cast<double>(score(128)), static_cast<double>(score(256)) / 2, 1.0);
}

TEST_F(WordMatcherTest, AnExpiredDeadlineEndsTheSearch) {
  Build(20);
  query::WordQuery words;
  words.clauses = {{{RandomWord()}}};
  WordMatcher matcher(words, *snapshot_, &readers_, Deadline::After(std::chrono::milliseconds(0)));
  Bitmap all(postings_.size());
  all.SetAll();
  const auto matches = matcher.Match(0, all.view(), Scoring::kNo);
  ASSERT_FALSE(matches.has_value());
  EXPECT_EQ(matches.error().code, ErrorCode::kDeadlineExceeded);
}

TEST(WordWeightTest, FollowsBm25) {
  const FieldStatistics field{1'000, 800, 8'000};
  const double idf = InverseDocumentFrequency(1'000, 10);
  EXPECT_NEAR(idf, std::log(1.0 + 990.5 / 10.5), 1e-12);
  const WordWeight weight(idf, field, 8);
  const double expected = idf * 8 * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 20 / 10.0)) * 65'536;
  EXPECT_NEAR(static_cast<double>(weight.Score(3, 20)), expected, 1.0);
  EXPECT_GT(weight.Score(3, 10), weight.Score(3, 20)) << "shorter fields say more";
  EXPECT_GT(weight.Score(4, 20), weight.Score(3, 20)) << "more often says more";
  EXPECT_GT(InverseDocumentFrequency(1'000, 1), InverseDocumentFrequency(1'000, 2));
  EXPECT_GT(InverseDocumentFrequency(1'000, 1'000), 0) << "no word counts against a posting";
  EXPECT_GE(InverseDocumentFrequency(5, 9), 0);
  EXPECT_GT(WordWeight(idf, FieldStatistics{}, 1).Score(1, 1), 0) << "an empty collection";
}

}  // namespace
}  // namespace kyujin::search

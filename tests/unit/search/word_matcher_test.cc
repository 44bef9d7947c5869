// Words and phrases against the positions that the analyzer gave, found by looking at every one.
#include "engine/search/word_matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/index/field_length.h"
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
  WordMemory memory_;
  SharedCache cache_{size_t{1} << 26};
};

class PhraseMatcherTest : public WordsFixture {
 protected:
  // The part `word`, or `as_part` in its place.
  static PhrasePart Part(const std::string& word,
                         const std::string& as_part,
                         uint32_t offset,
                         index::TextReader* reader) {
    PhrasePart part;
    part.offset = offset;
    part.terms[0].term = index::FieldTerm(SearchField::kDescription, word);
    part.terms[1].term = index::FieldTerm(SearchField::kDescription, as_part);
    for (TermPostings& term : part.terms) {
      EXPECT_TRUE(reader->ReadPostings(term.term, &term.postings).has_value());
    }
    return part;
  }

  Result<std::vector<Posting>> Match(std::vector<PhrasePart> parts, const Bitmap& candidates) {
    PhraseMatcher matcher(
        std::move(parts), *memory_.text_readers.Get(*snapshot_, 0), Deadline::Infinite());
    Bitmap documents = candidates;
    matcher.KeepDocumentsWithAll(&memory_.bitmaps, &documents);
    return matcher.Match(documents.view());
  }
};

TEST_F(PhraseMatcherTest, FindsWhatANaiveScanOfPositionsFinds) {
  Build(150);
  index::TextReader* reader = *memory_.text_readers.Get(*snapshot_, 0);
  const auto random_word = [&] { return test::TextWords()[random_() % test::TextWords().size()]; };
  const auto positions_of = [&](const std::string& word, DocId doc) {
    return positions_[index::FieldTerm(SearchField::kDescription, word)][doc];
  };
  size_t found = 0;
  for (int run = 0; run < 400; ++run) {
    // Each part is one of two words, as a word may stand whole or as a part of a compound.
    std::vector<std::pair<std::string, std::string>> words;
    std::vector<PhrasePart> parts;
    std::vector<uint32_t> offsets;
    for (uint64_t i = 2 + random_() % 2; i > 0; --i) {
      words.emplace_back(random_word(), random_() % 2 == 0 ? random_word() : "nosuchword");
      offsets.push_back(offsets.empty() ? 0 : offsets.back() + 1 + random_() % 2);
      parts.push_back(Part(words.back().first, words.back().second, offsets.back(), reader));
    }
    const Bitmap candidates = RandomSet(1 + random_() % 2);
    std::vector<Posting> expected;
    for (const DocId doc : Members(candidates.view())) {
      std::set<uint32_t> starts;
      for (const std::string& first : {words[0].first, words[0].second}) {
        for (const uint32_t start : positions_of(first, doc)) {
          bool is_there = true;
          for (size_t i = 1; i < words.size(); ++i) {
            is_there =
                is_there && (positions_of(words[i].first, doc).contains(start + offsets[i]) ||
                             positions_of(words[i].second, doc).contains(start + offsets[i]));
          }
          if (is_there) {
            starts.insert(start);
          }
        }
      }
      if (!starts.empty()) {
        expected.push_back({doc, static_cast<uint32_t>(starts.size())});
      }
    }
    const auto matches = Match(std::move(parts), candidates);
    ASSERT_TRUE(matches.has_value());
    ASSERT_EQ(*matches, expected);
    found += expected.size();
  }
  EXPECT_GT(found, 100U) << "the phrases are too rare to prove anything";
}

TEST_F(PhraseMatcherTest, TheSameWordTwiceMustStandTwice) {
  schema::JobPosting once;
  once.number = schema::PostingNumber::FromValue(1);
  once.feed.Set(schema::Tag::kShigotoNy, "java python java");
  schema::JobPosting twice;
  twice.number = schema::PostingNumber::FromValue(2);
  twice.feed.Set(schema::Tag::kShigotoNy, "python java java java");
  index_.Publish({once, twice});
  snapshot_ = index_.Open();
  index::TextReader* reader = *memory_.text_readers.Get(*snapshot_, 0);
  Bitmap all(2);
  all.SetAll();
  const auto matches =
      Match({Part("java", "~java", 0, reader), Part("java", "~java", 1, reader)}, all);
  EXPECT_EQ(*matches, (std::vector<Posting>{{1, 2}}));
}

TEST_F(PhraseMatcherTest, AnExpiredDeadlineEndsIt) {
  Build(400);
  index::TextReader* reader = *memory_.text_readers.Get(*snapshot_, 0);
  const std::string& word = test::TextWords().front();
  Bitmap all(postings_.size());
  all.SetAll();
  PhraseMatcher matcher({Part(word, "~", 0, reader), Part(word, "~", 1, reader)},
                        reader,
                        Deadline::After(std::chrono::milliseconds(0)));
  const auto matches = matcher.Match(all.view());
  ASSERT_FALSE(matches.has_value());
  EXPECT_EQ(matches.error().code, ErrorCode::kDeadlineExceeded);
}

class WordMatcherTest : public WordsFixture {
 protected:
  // Members of what matches in the one segment, and the score of each.
  using Scores = std::map<DocId, uint64_t>;

  Result<Scores> Match(const query::WordQuery& words,
                       BitmapView candidates,
                       Deadline deadline = Deadline::Infinite()) {
    CacheSession session(&cache_);
    WordMatcher matcher(words, *snapshot_, &session, &memory_, deadline);
    KYUJIN_ASSIGN_OR_RETURN(const WordMatches matches, matcher.Match(0, candidates));
    Scores scores;
    for (const DocId doc : Members(matches.documents->view())) {
      scores[doc] = 0;
    }
    for (const WordList* list : matches.scoring) {
      size_t rank = 0;
      const auto add = [&](DocId doc) {
        const uint32_t score = list->scores()[rank++];
        if (scores.contains(doc)) {
          scores[doc] += score;
        }
      };
      if (list->is_dense()) {
        list->bits().ForEach(add);
      } else {
        std::for_each(list->docs().begin(), list->docs().end(), add);
      }
    }
    return scores;
  }

  std::vector<uint64_t> Numbers(std::string_view parameters) {
    const query::ParseOutcome outcome = query::Read(parameters);
    EXPECT_TRUE(outcome.has_request()) << parameters;
    Bitmap all(snapshot_->segments()[0]->documents());
    all.SetAll();
    const auto scores = Match(outcome.request.words, all.view());
    EXPECT_TRUE(scores.has_value());
    std::vector<uint64_t> numbers;
    for (const auto& [doc, score] : *scores) {
      numbers.push_back(columns().numbers()[doc]);
    }
    return numbers;
  }

  uint64_t DocumentsWith(SearchField field, const std::string& part) {
    const std::string term = index::FieldTerm(field, part);
    const auto known = frequencies_.find(term);
    if (known != frequencies_.end()) {
      return known->second;
    }
    uint64_t count = 0;
    for (const auto& [doc, positions] : positions_[term]) {
      count += positions.empty() ? 0 : 1;
    }
    return frequencies_[term] = count;
  }

  IdfSteps NaiveIdf(const query::WordForm& form, SearchField field) {
    IdfSteps idf = 0;
    for (const query::WordForm::Part& part : form.parts) {
      idf += InverseDocumentFrequency(postings_.size(), DocumentsWith(field, part.term));
    }
    return idf;
  }

  // The score of a word in a document, form by form and field by field.
  uint64_t NaiveScore(const query::Word& word, query::SearchFieldMask fields, DocId doc) {
    uint64_t score = 0;
    for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
      if (!IsSearched(fields, field)) {
        continue;
      }
      const AverageLength average = AverageLengthOf(
          {postings_.size(), columns().DocumentsWith(field.id), columns().LengthSum(field.id)});
      const uint32_t length = index::DecodeLength(columns().Lengths(field.id)[doc]);
      const bool is_typed_known = std::all_of(
          word.forms[0].parts.begin(), word.forms[0].parts.end(), [&](const auto& part) {
            return DocumentsWith(field.id, part.term) > 0;
          });
      for (const query::WordForm& form : word.forms) {
        IdfSteps idf = NaiveIdf(form, field.id);
        idf = is_typed_known ? std::min(idf, NaiveIdf(word.forms[0], field.id)) : idf;
        const WordWeight weight(idf, average, field.weight, form.weight);
        if (const uint32_t count = NaiveCount(form, field.id, doc); count > 0) {
          score += weight.Score(count, length);
        }
      }
    }
    return score;
  }

  std::map<std::string, uint64_t> frequencies_;
};

TEST_F(WordMatcherTest, FindsAndScoresWhatANaiveScanDoes) {
  Build(150);
  for (int run = 0; run < 120; ++run) {
    const query::WordQuery words = RandomWords();
    const Bitmap candidates = RandomSet(1 + random_() % 3);
    const auto scores = Match(words, candidates.view());
    ASSERT_TRUE(scores.has_value());
    Scores expected;
    for (const DocId doc : Members(candidates.view())) {
      if (!NaiveMatches(words, doc)) {
        continue;
      }
      expected[doc] = 0;
      for (const query::WordClause& clause : words.clauses) {
        for (const query::Word& word : clause.alternatives) {
          expected[doc] += NaiveScore(word, words.fields, doc);
        }
      }
    }
    ASSERT_EQ(*scores, expected) << "run " << run;
  }
  EXPECT_GT(cache_.entries(), 50U);
}

TEST_F(WordMatcherTest, ListsOutliveAPublishThatAddsPostings) {
  const auto make = [](uint64_t number) {
    schema::JobPosting posting;
    posting.number = schema::PostingNumber::FromValue(number);
    posting.feed.Set(schema::Tag::kSksu, number % 2 == 0 ? "java" : "python");
    return posting;
  };
  std::vector<schema::JobPosting> postings;
  for (uint64_t number = 1; number <= 400; ++number) {
    postings.push_back(make(number));
  }
  index_.Publish(postings);
  snapshot_ = index_.Open();
  query::WordQuery words;
  words.clauses = {{{{"java", false, {{{{"java", 0}}}}}}}};
  Bitmap all(postings.size());
  all.SetAll();
  const auto before = Match(words, all.view());
  ASSERT_EQ(before->size(), 200U);
  const size_t known = cache_.entries();
  index_.AddSegment({make(402)});
  snapshot_ = index_.Open();
  EXPECT_EQ(*Match(words, all.view()), *before);
  EXPECT_EQ(cache_.entries(), known + 1) << "only what the collection says of the word is new";
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
    Bitmap all(1);
    all.SetAll();
    return Match(words, all.view())->at(0);
  };
  EXPECT_NEAR(static_cast<double>(score(128)), static_cast<double>(score(256)) / 2, 1.0);
}

TEST_F(WordMatcherTest, AnExpiredDeadlineEndsTheSearchAndLeavesNothingBehind) {
  Build(20);
  query::WordQuery words;
  words.clauses = {{{RandomWord()}}};
  words.clauses[0].alternatives[0].forms[0].parts = {{test::TextWords()[0], 0}};
  Bitmap all(postings_.size());
  all.SetAll();
  const auto late = Match(words, all.view(), Deadline::After(std::chrono::milliseconds(0)));
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, ErrorCode::kDeadlineExceeded);
  EXPECT_TRUE(cache_.HottestKeys(WordList::kKeyTag, 10).empty());
  const auto scores = Match(words, all.view());
  ASSERT_TRUE(scores.has_value());
  for (const auto& [doc, score] : *scores) {
    EXPECT_EQ(score, NaiveScore(words.clauses[0].alternatives[0], words.fields, doc));
  }
}

TEST(WordWeightTest, FollowsBm25) {
  const AverageLength average = 10 * kAverageLengthUnit;
  const IdfSteps idf = InverseDocumentFrequency(1'000, 10);
  EXPECT_EQ(idf, std::lround(std::log(1.0 + 990.5 / 10.5) * 16));
  const WordWeight weight(idf, average, 8, query::kFullWeight);
  const double expected = idf / 16.0 * 8 * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 20 / 10.0)) * 65'536;
  EXPECT_NEAR(static_cast<double>(weight.Score(3, 20)), expected, 1.0);
  EXPECT_GT(weight.Score(3, 10), weight.Score(3, 20)) << "shorter fields say more";
  EXPECT_GT(weight.Score(4, 20), weight.Score(3, 20)) << "more often says more";
  EXPECT_GT(weight.Score(3, 20), WordWeight(idf, average, 8, kPartWeight).Score(3, 20));
  EXPECT_GT(InverseDocumentFrequency(1'000, 1), InverseDocumentFrequency(1'000, 2));
  EXPECT_GT(InverseDocumentFrequency(1'000, 1'000), 0U) << "no word counts against a posting";
  EXPECT_GT(InverseDocumentFrequency(5, 9), 0U);
  EXPECT_GT(WordWeight(idf, AverageLengthOf({}), 1, query::kFullWeight).Score(1, 1), 0U)
      << "an empty collection";
}

TEST(WordWeightTest, AverageLengthsHaveFourDigits) {
  EXPECT_EQ(AverageLengthOf({10, 10, 50}), 80U) << "5 tokens are 80 sixteenths";
  EXPECT_EQ(AverageLengthOf({10, 10, 51}), 80U) << "81, of which the last digit does not count";
  EXPECT_EQ(AverageLengthOf({10, 10, 53}), 88U);
  EXPECT_EQ(AverageLengthOf({100, 1, 1'000}), 16'384U) << "16,000 is nearer to it than to 15,360";
  EXPECT_EQ(AverageLengthOf({100, 100, 1}), 1U);
}

}  // namespace
}  // namespace kyujin::search

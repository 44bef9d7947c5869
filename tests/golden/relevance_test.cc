// nDCG@10 of the engine on the judged queries of relevance/, beside that of Xapian's BM25 over one
// field with the same tokens. The even queries hold the floor; the odd ones are for tuning.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>
#include <sstream>

#include "tests/golden/relevance_corpus.h"
#include "tests/golden/served_index.h"

namespace kyujin::test {
namespace {

constexpr size_t kTop = 10;

double Gain(const std::vector<int>& grades) {
  double gain = 0;
  for (size_t rank = 0; rank < std::min(kTop, grades.size()); ++rank) {
    gain += (std::exp2(grades[rank]) - 1) / std::log2(static_cast<double>(rank) + 2);
  }
  return gain;
}

// Everything of a posting in one field: what a plain engine does with the same analyzer.
class Baseline {
 public:
  explicit Baseline(const std::vector<JudgedPosting>& postings) : analyzer_(SharedModel()) {
    for (const JudgedPosting& posting : postings) {
      Xapian::Document document;
      for (const auto& value : posting.feed.values()) {
        if (schema::GetFeedField(value.tag).search_field == schema::SearchField::kNone) {
          continue;
        }
        for (const std::string& term : Terms(value.text)) {
          document.add_term(term);
        }
      }
      document.set_data(std::string(posting.feed.Get(schema::Tag::kKjno)));
      database_.add_document(document);
    }
    database_.commit();
  }

  std::vector<std::string> Search(const std::string& text) {
    Xapian::Query wanted;
    Xapian::Query unwanted;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
      const bool is_negative = word.front() == '-';
      std::vector<std::string> terms = Terms(word);
      if (word == "OR" || terms.empty()) {
        continue;
      }
      // A word of a text may be a part of another there.
      for (size_t i = terms.size(); i > 0; --i) {
        terms.push_back(text::kPartMarker + terms[i - 1]);
      }
      Xapian::Query& side = is_negative ? unwanted : wanted;
      side |= Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
    }
    Xapian::Enquire enquire(database_);
    enquire.set_query(
        unwanted.empty() ? wanted : Xapian::Query(Xapian::Query::OP_AND_NOT, wanted, unwanted));
    std::vector<std::string> numbers;
    const Xapian::MSet found = enquire.get_mset(0, kTop);
    for (auto hit = found.begin(); hit != found.end(); ++hit) {
      numbers.push_back(hit.get_document().get_data());
    }
    return numbers;
  }

 private:
  std::vector<std::string> Terms(std::string_view text) {
    analyzer_.Analyze(text, &tokens_);
    std::vector<std::string> terms;
    for (const text::Token& token : tokens_) {
      terms.push_back(token.text);
    }
    return terms;
  }

  text::Analyzer analyzer_;
  std::vector<text::Token> tokens_;
  Xapian::WritableDatabase database_{"", Xapian::DB_BACKEND_INMEMORY};
};

// Judges what a search found.
class Judge {
 public:
  Judge() : concepts_(ReadConcepts()), postings_(MakeJudgedPostings(concepts_)) {}

  [[nodiscard]] const std::vector<JudgedPosting>& postings() const { return postings_; }

  [[nodiscard]] double Ndcg(const JudgedQuery& query,
                            const std::vector<std::string>& numbers) const {
    std::vector<int> ideal;
    std::vector<int> found(numbers.size(), 0);
    for (const JudgedPosting& posting : postings_) {
      ideal.push_back(Grade(query, posting, concepts_));
      const auto hit =
          std::find(numbers.begin(), numbers.end(), posting.feed.Get(schema::Tag::kKjno));
      if (hit != numbers.end()) {
        found[static_cast<size_t>(hit - numbers.begin())] = ideal.back();
      }
    }
    std::sort(ideal.rbegin(), ideal.rend());
    return Gain(found) / Gain(ideal);
  }

 private:
  std::vector<Concept> concepts_;
  std::vector<JudgedPosting> postings_;
};

struct Mean {
  double sum = 0;
  int count = 0;
  void Add(double value) {
    sum += value;
    ++count;
  }
  [[nodiscard]] double value() const { return count == 0 ? 0 : sum / count; }
};

TEST(RelevanceTest, JudgedQueriesRankWell) {
  const Judge judge;
  std::vector<schema::JobPosting> postings;
  for (const JudgedPosting& posting : judge.postings()) {
    postings.push_back(DerivePosting(posting.feed));
  }
  ServedIndex served(postings);
  Baseline baseline(judge.postings());
  Mean engine[2];
  Mean plain[2];
  const std::vector<JudgedQuery> queries = ReadQueries();
  constexpr size_t kLeastQueries = 60;
  ASSERT_GE(queries.size(), kLeastQueries);
  for (const JudgedQuery& query : queries) {
    const auto numbers = served.Search(fmt::format("limit={}&q={}", kTop, UrlEncode(query.text)));
    ASSERT_TRUE(numbers.has_value()) << query.text;
    const double ours = judge.Ndcg(query, *numbers);
    const double theirs = judge.Ndcg(query, baseline.Search(query.text));
    std::cout << fmt::format("{:2} {:.3f} {:.3f} {}\n", query.number, ours, theirs, query.text);
    engine[query.number % 2].Add(ours);
    plain[query.number % 2].Add(theirs);
  }
  std::cout << fmt::format(
      "nDCG@{}: even {:.4f} (BM25 over one field {:.4f}), odd {:.4f} ({:.4f})\n",
      kTop,
      engine[0].value(),
      plain[0].value(),
      engine[1].value(),
      plain[1].value());
  constexpr double kFloor = 0.95;
  constexpr double kAhead = 0.10;
  EXPECT_GE(engine[0].value(), kFloor);
  EXPECT_GE(engine[0].value(), plain[0].value() + kAhead);
}

}  // namespace
}  // namespace kyujin::test

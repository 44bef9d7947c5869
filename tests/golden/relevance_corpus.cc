#include "tests/golden/relevance_corpus.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/base/date.h"
#include "tests/golden/served_index.h"
#include "tests/golden/text_case.h"

namespace kyujin::test {
namespace {

using schema::Tag;

constexpr uint64_t kSeed = 20261122;
constexpr size_t kPostingsOfConcept = 8;

constexpr std::string_view kSentences[] = {"明るく落ち着いた職場です。",
                                           "先輩が丁寧に教えます。",
                                           "制服は貸与します。",
                                           "長く続けている方が多くいます。",
                                           "報告書の作成があります。",
                                           "チームで協力して進めます。",
                                           "季節の行事があります。",
                                           "希望を聞いて予定を組みます。",
                                           "朝礼で一日の流れを確かめます。",
                                           "困ったときはすぐに相談できます。",
                                           "見学も受け付けています。",
                                           "備品の補充と片付けもお願いします。",
                                           "地域の皆さまに親しまれています。",
                                           "数字を見ながら工夫を重ねます。"};
constexpr std::string_view kClosed[] = {"営業時間は９時から１８時です。",
                                        "事務所は二階にあります。",
                                        "介護休業を取る方もいます。",
                                        "子の看護休暇があります。"};
constexpr std::string_view kEmployers[] = {
    "みなと興業", "青葉会", "北斗サービス", "さくら商会", "丸和", "東雲グループ", "あすなろ"};
constexpr std::string_view kWorkplaces[] = {
    "石川県金沢市", "高知県高知市", "島根県松江市", "宮崎県宮崎市", "長野県松本市"};

using Random = std::mt19937_64;

template <size_t kSize>
std::string_view Pick(const std::string_view (&choices)[kSize], Random* random) {
  return choices[(*random)() % kSize];
}

std::string NameWork(const std::string& word, Random* random) {
  constexpr std::string_view kForms[] = {
      "{}の仕事です。", "{}として働いていただきます。", "{}をお願いします。"};
  return fmt::format(fmt::runtime(Pick(kForms, random)), word);
}

std::string MentionNeighbour(const std::string& word, Random* random) {
  constexpr std::string_view kForms[] = {
      "{}と連携します。", "{}の指示で動きます。", "{}を手伝うこともあります。", "{}もいます。"};
  return fmt::format(fmt::runtime(Pick(kForms, random)), word);
}

// The sentences of a posting, in any order.
std::string Describe(size_t serial,
                     const Concept& about,
                     const Concept* neighbour,
                     Random* random) {
  std::vector<std::string> sentences;
  const uint64_t fillers = neighbour != nullptr ? 2 + (*random)() % 3 : 2 + (*random)() % 11;
  for (uint64_t i = 0; i < fillers; ++i) {
    sentences.emplace_back(Pick(kSentences, random));
  }
  if (serial % 2 == 0) {
    sentences.push_back(NameWork(about.word, random));
  }
  if (neighbour != nullptr) {
    for (uint64_t left = 2 + (*random)() % 3; left > 0; --left) {
      sentences.push_back(MentionNeighbour(neighbour->word, random));
    }
  }
  constexpr size_t kClosedEvery = 4;
  if (serial % kClosedEvery == 0) {
    sentences.emplace_back(Pick(kClosed, random));
  }
  std::string text;
  while (!sentences.empty()) {
    const auto chosen = sentences.begin() + static_cast<ptrdiff_t>((*random)() % sentences.size());
    text += *chosen;
    sentences.erase(chosen);
  }
  return text;
}

std::vector<std::string> SplitAt(const std::string& text, char separator) {
  std::vector<std::string> pieces(1);
  for (const char c : text) {
    if (c == separator) {
      pieces.emplace_back();
    } else {
      pieces.back().push_back(c);
    }
  }
  return pieces;
}

}  // namespace

std::vector<Concept> ReadConcepts() {
  std::vector<Concept> concepts;
  for (const std::string& line : GoldenLines("relevance/concepts.tsv")) {
    const std::vector<std::string> columns = SplitAt(line, '\t');
    EXPECT_EQ(columns.size(), 3U) << line;
    concepts.push_back({columns.at(0), SplitAt(columns.at(1), '|'), columns.at(2)});
  }
  return concepts;
}

std::vector<JudgedQuery> ReadQueries() {
  constexpr size_t kColumns = 5;
  std::vector<JudgedQuery> queries;
  for (const std::string& line : GoldenLines("relevance/queries.tsv")) {
    const std::vector<std::string> columns = SplitAt(line, '\t');
    EXPECT_EQ(columns.size(), kColumns) << line;
    JudgedQuery query{.number = std::stoi(columns.at(0)), .text = columns.at(1), .concepts = {}};
    for (int grade = 1; grade <= 3; ++grade) {
      for (const std::string& id : SplitAt(columns.at(static_cast<size_t>(5 - grade)), ',')) {
        query.concepts[grade].insert(id);
      }
    }
    queries.push_back(std::move(query));
  }
  return queries;
}

std::vector<JudgedPosting> MakeJudgedPostings(const std::vector<Concept>& concepts) {
  Random random(kSeed);
  constexpr int kDays = 60;
  const Date today = *Date::Parse("2026-11-22");
  std::vector<JudgedPosting> postings;
  for (size_t serial = 0; serial < concepts.size() * kPostingsOfConcept; ++serial) {
    // Numbers tell nothing of the concept either.
    const size_t about = serial % concepts.size();
    const size_t turn = serial / concepts.size();
    const Concept& own = concepts[about];
    JudgedPosting posting;
    posting.about = about;
    const Concept* neighbour = nullptr;
    if (turn % 2 == 1) {
      const size_t step = turn % 4 == 1 ? 1 : concepts.size() - 1;
      const size_t place = (about + step) % concepts.size();
      neighbour = &concepts[place];
      posting.mentions.insert(place);
    }
    std::string received = today.PlusDays(-static_cast<int>(random() % kDays)).ToString();
    posting.feed = BareRecord(fmt::format("13010-{:08}", serial + 1), received);
    posting.feed.Set(Tag::kSksu, own.titles[turn % own.titles.size()]);
    posting.feed.Set(Tag::kShigotoNy, Describe(turn, own, neighbour, &random));
    posting.feed.Set(Tag::kJgshmei, Pick(kEmployers, &random));
    posting.feed.Set(Tag::kShgbsjusho, Pick(kWorkplaces, &random));
    postings.push_back(std::move(posting));
  }
  return postings;
}

int Grade(const JudgedQuery& query,
          const JudgedPosting& posting,
          const std::vector<Concept>& concepts) {
  for (int grade = 3; grade >= 1; --grade) {
    if (query.concepts[grade].count(concepts[posting.about].id) != 0) {
      return grade;
    }
  }
  for (const size_t mentioned : posting.mentions) {
    if (query.concepts[3].count(concepts[mentioned].id) != 0) {
      return 1;
    }
  }
  return 0;
}

}  // namespace kyujin::test

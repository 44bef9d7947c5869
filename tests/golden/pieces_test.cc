// Partial words: by a piece that ends where words do, a posting is found, by one that cuts the name
// of a place or a closed compound it is not; and every posting is found by its own title.
// KYUJIN_PIECES_INDEX=DIR and KYUJIN_PIECES_TODAY=YYYY-MM-DD run the same over another index,
// KYUJIN_PIECES_SEEDS=N (1) with N draws of other pieces; what was found wrong is listed.
#include "tests/golden/pieces.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "engine/index/snapshot.h"
#include "engine/text/utf8.h"
#include "tests/golden/relevance_corpus.h"
#include "tests/golden/served_index.h"
#include "tests/testing/http_client.h"
#include "tests/testing/test_size.h"

namespace kyujin::test {
namespace {

using schema::Tag;

constexpr size_t kPieces = 200;
constexpr size_t kMaxDraws = 40'000;
constexpr uint64_t kSeed = 20260430;

struct Field {
  Tag tag;
  std::string_view name;
};
constexpr Field kFields[] = {{Tag::kSksu, "title"},
                             {Tag::kJgshmei, "employer"},
                             {Tag::kShgbsMyre, "station"},
                             {Tag::kShgbsjusho, "workplace"}};

// How many of the pieces that `draw` makes of random texts find their posting.
struct Outcome {
  size_t drawn = 0;
  size_t found = 0;
  std::string list;  // one a line, with + for found
};

template <class Draw>
Outcome Try(const std::vector<schema::JobPosting>& postings,
            ServedIndex* served,
            uint64_t seed,
            Draw draw) {
  std::mt19937_64 random(seed);
  Outcome outcome;
  for (size_t i = 0; i < kMaxDraws && outcome.drawn < kPieces; ++i) {
    const schema::JobPosting& posting = postings[random() % postings.size()];
    const Field& field = kFields[random() % std::size(kFields)];
    const std::string_view text = posting.feed.Get(field.tag);
    const std::string piece = draw(text);
    if (piece.empty()) {
      continue;
    }
    const auto hits =
        served->Search(fmt::format("interpret=off&partial=always&q_in={}&number={}&q={}",
                                   field.name,
                                   posting.feed.Get(Tag::kKjno),
                                   UrlEncode(piece)));
    EXPECT_TRUE(hits) << "no answer for " << piece;
    const bool is_found = hits && !hits->empty();
    ++outcome.drawn;
    outcome.found += is_found ? 1 : 0;
    outcome.list += fmt::format("{} {} {} | {}\n", is_found ? '+' : '-', field.name, piece, text);
  }
  return outcome;
}

// The lines of a list that begin with `mark`.
std::string Lines(const std::string& list, char mark) {
  std::string lines;
  std::istringstream in(list);
  for (std::string line; std::getline(in, line);) {
    if (line.front() == mark) {
      lines += line + '\n';
    }
  }
  return lines;
}

// What every index must hold to. Employers that are named like a closed word, as 営業 in 営業所 and
// in a synonym, leave a little room.
void ExpectPieces(const std::vector<schema::JobPosting>& postings,
                  ServedIndex* served,
                  uint64_t seed = kSeed) {
  constexpr size_t kFewestFound = kPieces - kPieces / 50;
  constexpr size_t kMostHidden = kPieces / 50;
  text::Analyzer analyzer(SharedModel());
  PieceDrawer drawer(&analyzer, seed);
  const Outcome findable =
      Try(postings, served, seed, [&](std::string_view text) { return drawer.Findable(text); });
  fmt::print("pieces on boundaries: {} of {} found\n{}",
             findable.found,
             findable.drawn,
             Lines(findable.list, '-'));
  EXPECT_EQ(findable.drawn, kPieces);
  EXPECT_GE(findable.found, kFewestFound) << findable.list;
  const Outcome hidden =
      Try(postings, served, seed, [&](std::string_view text) { return drawer.Hidden(text); });
  fmt::print(
      "pieces that cut: {} of {} found\n{}", hidden.found, hidden.drawn, Lines(hidden.list, '+'));
  EXPECT_GE(hidden.drawn, kPieces / 4);
  EXPECT_LE(hidden.found, kMostHidden) << hidden.list;
}

// By its title as a phrase; the quotes of a phrase cannot stand in it.
void ExpectTitles(const std::vector<schema::JobPosting>& postings, ServedIndex* served) {
  constexpr size_t kMostCodePoints = 190;
  constexpr size_t kTitles = 400;
  for (size_t i = 0; i < postings.size(); i += std::max<size_t>(1, postings.size() / kTitles)) {
    std::string title(postings[i].feed.Get(Tag::kSksu));
    for (const std::string_view quote : {"\"", "“", "”", "＂"}) {
      for (size_t at = title.find(quote); at != std::string::npos; at = title.find(quote)) {
        title.replace(at, quote.size(), " ");
      }
    }
    text::Analyzer analyzer(SharedModel());
    std::vector<text::Token> tokens;
    analyzer.Analyze(title, &tokens);
    if (tokens.empty() || text::CountCodePoints(title) > kMostCodePoints) {
      continue;
    }
    const auto hits = served->Search(fmt::format(
        "q_in=title&number={}&q=%22{}%22", postings[i].feed.Get(Tag::kKjno), UrlEncode(title)));
    ASSERT_TRUE(hits) << title;
    EXPECT_EQ(hits->size(), 1U) << title;
  }
}

// Titles with everything that titles have, around those of the judged postings.
std::vector<schema::JobPosting> MadeUp() {
  constexpr std::string_view kBefore[] = {
      "", "【急募】", "★", "（正）", "ＵＩターン歓迎！", "- ", "４ｔ"};
  constexpr std::string_view kAfter[] = {"",
                                         "／夜勤なし",
                                         "（日勤のみ）",
                                         "・補助",
                                         " OR 事務",
                                         "　募　集",
                                         "【佐々木店】",
                                         "＜経験不問＞",
                                         "２級建築士",
                                         "システム・エンジニア"};
  constexpr std::string_view kStations[] = {"ＪＲ渋谷駅　から　徒歩8分",
                                            "東京メトロ日本橋駅　から　徒歩1分",
                                            "ＪＲ西大宮駅　から　徒歩3分",
                                            "新横浜駅　から　徒歩5分"};
  constexpr std::string_view kWorkplaces[] = {
      "東京都港区芝公園", "北海道北広島市", "大阪府東大阪市", "京都府宇治市", "三重県四日市市"};
  constexpr std::string_view kEmployers[] = {"日東電工株式会社",
                                             "ジェイティエンジニアリング株式会社",
                                             "山田法律事務所",
                                             "訪問看護ステーションあおぞら",
                                             "有限会社髙橋工務店"};
  std::vector<schema::JobPosting> postings;
  size_t i = 0;
  for (JudgedPosting& judged : MakeJudgedPostings(ReadConcepts())) {
    schema::FeedRecord& feed = judged.feed;
    const std::string title = fmt::format("{}{}{}",
                                          kBefore[i % std::size(kBefore)],
                                          feed.Get(Tag::kSksu),
                                          kAfter[i % std::size(kAfter)]);
    feed.Set(Tag::kSksu, title);
    feed.Set(Tag::kShgbsMyre, kStations[i % std::size(kStations)]);
    feed.Set(Tag::kShgbsjusho, kWorkplaces[i % std::size(kWorkplaces)]);
    feed.Set(Tag::kJgshmei, kEmployers[i % std::size(kEmployers)]);
    postings.push_back(DerivePosting(std::move(feed)));
    ++i;
  }
  return postings;
}

TEST(PiecesTest, MadeUpPostings) {
  const std::vector<schema::JobPosting> postings = MadeUp();
  ServedIndex served(postings);
  ExpectPieces(postings, &served);
  ExpectTitles(postings, &served);
}

TEST(PiecesTest, GivenIndex) {
  const char* path = std::getenv("KYUJIN_PIECES_INDEX");   // NOLINT(concurrency-mt-unsafe)
  const char* today = std::getenv("KYUJIN_PIECES_TODAY");  // NOLINT(concurrency-mt-unsafe)
  if (path == nullptr || today == nullptr) {
    GTEST_SKIP() << "no index given";
  }
  const auto snapshot = index::Snapshot::Open(path, AnalyzerVersion());
  ASSERT_TRUE(snapshot.has_value());
  std::vector<schema::JobPosting> postings;
  for (uint32_t segment = 0; segment < (*snapshot)->segments().size(); ++segment) {
    const uint32_t documents = (*snapshot)->segments()[segment]->documents();
    for (uint32_t document = 0; document < documents; ++document) {
      auto posting = (*snapshot)->ReadPosting({segment, document});
      ASSERT_TRUE(posting.has_value());
      postings.push_back(*std::move(posting));
    }
  }
  ServedIndex served(path, *Date::Parse(today));
  const uint64_t count = TestSize("KYUJIN_PIECES_SEEDS", 1);
  for (uint64_t seed = kSeed; seed < kSeed + count; ++seed) {
    ExpectPieces(postings, &served, seed);
  }
  ExpectTitles(postings, &served);
}

}  // namespace
}  // namespace kyujin::test

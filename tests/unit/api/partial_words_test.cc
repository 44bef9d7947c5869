// Partial words and did_you_mean, through the handler: what a caller sees of them.
#include <gtest/gtest.h>

#include "server/api/search_handler.h"
#include "tests/unit/api/small_index.h"

namespace kyujin::api {
namespace {

schema::JobPosting Posting(const char* number, const char* title, const char* description) {
  schema::FeedRecord feed = FullRecord();
  feed.Set("kjno", number);
  feed.Set("jgshmei", "青空");
  feed.Set("sksu", title);
  feed.Set("shigoto_ny", description);
  return Derive(std::move(feed));
}

class PartialWordsTest : public testing::Test {
 protected:
  PartialWordsTest() {
    index_.Publish(
        {Posting("13010-00000001", "ホゾヌケヨムラの販売", "無観客有料配信イベントの運営"),
         Posting(
             "13010-00000002", "営業時間の管理", "介護休業あり、ジェイティエンジニアリングの工場"),
         Posting("13010-00000003", "エンジニア", "スタッフ　スタッフ"),
         Posting("13010-00000004", "調理師", "事務所でのスタッフ管理")});
    snapshots_.Set(index_.Open());
  }

  JsonValue Search(const std::string& query) {
    http::HttpRequest request;
    request.method = "GET";
    request.path = "/v1/jobs";
    request.query = "interpret=off&" + query;
    http::HandlerContext context;
    context.worker_index = 0;
    const http::HttpResponse response = handler_.Get(request, context);
    EXPECT_EQ(response.status, 200) << response.body;
    auto body = ParseJson(response.body);
    KYUJIN_CHECK(body.has_value());
    return *std::move(body);
  }

  // The hits in order, by the last digit of their number, partial ones in brackets.
  std::string Hits(const std::string& query) {
    const JsonValue body = Search(query);
    std::string hits;
    for (const JsonValue& hit : *body.Find("hits")->array()) {
      const char digit = hit.Find("number")->string()->back();
      hits +=
          *hit.Find("partial")->boolean() ? std::string("(") + digit + ")" : std::string(1, digit);
    }
    return hits;
  }

  std::vector<std::string> PartialWords(const std::string& query) {
    const JsonValue body = Search(query);
    std::vector<std::string> words;
    for (const JsonValue& word : *body.Find("partial_words")->array()) {
      words.push_back(*word.string());
    }
    return words;
  }

  // `text=total` of each, with spaces between.
  std::string DidYouMean(const std::string& query) {
    const JsonValue body = Search(query);
    const JsonValue* list = body.Find("did_you_mean");
    std::string texts;
    if (list != nullptr) {
      for (const JsonValue& item : *list->array()) {
        texts += texts.empty() ? "" : " / ";
        texts +=
            *item.Find("text")->string() + "=" + std::to_string(*item.Find("total")->integer());
      }
    }
    return texts;
  }

  SmallIndex index_;
  index::SnapshotHolder snapshots_;
  search::Searcher searcher_;
  SystemClock clock_;
  Calendar calendar_{clock_, Day("2026-11-22")};
  http::HttpObserver observer_;
  SearchWorkers workers_{index_.model(), 1};
  SearchHandler handler_{{snapshots_, searcher_, calendar_, observer_}, workers_};
};

TEST_F(PartialWordsTest, AWordThatNobodyHasWholeIsFoundInsideLongerOnes) {
  EXPECT_EQ(Hits("q=ヌケヨム"), "(1)");
  EXPECT_EQ(PartialWords("q=ヌケヨム"), std::vector<std::string>{"ヌケヨム"});
  EXPECT_EQ(Hits("q=ヌケヨム&partial=always"), "(1)");
  EXPECT_EQ(Hits("q=ヌケヨム&partial=never"), "");
  EXPECT_EQ(Hits("q=\"ヌケヨム\""), "");
  EXPECT_EQ(Hits("q=ヌケヨム&q_in=description"), "");
}

TEST_F(PartialWordsTest, AWordThatSomebodyHasWholeIsNot) {
  EXPECT_EQ(Hits("q=エンジニア"), "3");
  EXPECT_EQ(PartialWords("q=エンジニア"), std::vector<std::string>{});
  // Other filters do not count: no posting of Hokkaido has it, but one of Tokyo does.
  EXPECT_EQ(Hits("q=エンジニア&pref=01"), "");
  EXPECT_EQ(PartialWords("q=エンジニア&pref=01"), std::vector<std::string>{});
  // The fields do.
  EXPECT_EQ(Hits("q=エンジニア&q_in=description"), "(2)");
}

TEST_F(PartialWordsTest, WholeMatchesComeFirst) {
  EXPECT_EQ(Hits("q=エンジニア&partial=always"), "3(2)");
  EXPECT_EQ(Hits("q=エンジニア OR ヌケヨム"), "3(1)");
  EXPECT_EQ(PartialWords("q=エンジニア OR ヌケヨム"), std::vector<std::string>{"ヌケヨム"});
  const JsonValue body = Search("q=エンジニア&partial=always&limit=1");
  EXPECT_EQ(*body.Find("total")->integer(), 2);
  EXPECT_EQ(
      Hits("q=エンジニア&partial=always&limit=1&cursor=" + *body.Find("next_cursor")->string()),
      "(2)");
}

TEST_F(PartialWordsTest, NeverInsideClosedCompoundsOrPlaces) {
  for (const char* word :
       {"営業時", "業時間", "介護休", "護休業", "務所", "渋谷", "谷区", "京都"}) {
    const std::string hits = Hits(std::string("partial=always&q_in=title,description&q=") + word);
    EXPECT_EQ(hits, "") << word;
  }
  EXPECT_EQ(Hits("partial=always&q=京都"), "");
}

TEST_F(PartialWordsTest, NeverAcrossThePartsOfACompound) {
  // 有料 and 配信, 無 and 観客: what begins in one part and ends in the next is no word.
  for (const char* word : {"料配", "無観"}) {
    EXPECT_EQ(Hits(std::string("partial=always&q=") + word), "") << word;
  }
}

TEST_F(PartialWordsTest, NegatedWordsAreNeverPartial) {
  EXPECT_EQ(Hits("q=エンジニア -ンジニ&partial=always"), "3(2)");
  EXPECT_EQ(Hits("q=エンジニア&q_not=ンジニ&partial=always"), "3(2)");
}

TEST_F(PartialWordsTest, HighlightsMarkThePiece) {
  const JsonValue body = Search("q=ヌケヨム&highlight=on");
  const JsonValue* highlight = body.Find("hits")->array()->front().Find("highlight");
  ASSERT_NE(highlight, nullptr);
  EXPECT_NE(highlight->Find("title")->string()->find("ホゾ<em>ヌケヨム</em>ラ"), std::string::npos)
      << *highlight->Find("title")->string();
}

TEST_F(PartialWordsTest, DidYouMean) {
  EXPECT_EQ(DidYouMean("q=スタッファ"), "スタッフ=2");
  // Readings find the word itself.
  EXPECT_EQ(DidYouMean("q=すたっふ&partial=never"), "");
  EXPECT_EQ(DidYouMean("q=sutaffu&partial=never"), "");
  EXPECT_EQ(DidYouMean("q=調理師 オーロラ観測"), "調理師=1");
  EXPECT_EQ(DidYouMean("q=スタッファ&pref=01"), "");
  EXPECT_EQ(DidYouMean("q=調理師"), "");
  EXPECT_EQ(DidYouMean("pref=01"), "");
}

}  // namespace
}  // namespace kyujin::api

#include "server/api/search_codec.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/api/example_posting.h"

namespace kyujin::api {
namespace {

SearchAnswer Example() {
  SearchAnswer answer;
  answer.generation = 42;
  answer.index_as_of = "2026-11-22T05:10:00+09:00";
  answer.today = Day("2026-11-22");
  answer.result.total = 1234;
  answer.result.total_positions = 2511;
  return answer;
}

uint64_t Took() {
  return 412;
}

TEST(SearchCodecTest, AnEmptyPage) {
  const query::SearchRequest request;
  EXPECT_EQ(EncodeSearchAnswer(request, Example(), Took),
            R"({"total":1234,"total_positions":2511,"generation":42,)"
            R"("index_as_of":"2026-11-22T05:10:00+09:00","sort":"new","interpretation":[],)"
            R"("partial_words":[],"hits":[],"took_us":412})");
}

TEST(SearchCodecTest, HitsFacetsAndNextPage) {
  query::SearchRequest request;
  request.sort = query::Sort::kRelevance;
  request.fields = {"number", "score"};
  request.facets = {schema::Facet::kPref, schema::Facet::kConditions};
  SearchAnswer answer = Example();
  answer.result.generation_changed = true;
  answer.result.hits = {{0, 7, 1, 98'304, {}}};
  answer.postings = {Derive(FullRecord())};
  answer.result.next = query::Cursor{1, 42, 3, 4, 5};
  answer.result.facets = {{schema::Facet::kPref, {{"13", "東京都", 321, true, false}}},
                          {schema::Facet::kConditions, {{"new", "新着", 0, false, true}}}};
  EXPECT_EQ(
      EncodeSearchAnswer(request, answer, Took),
      R"({"total":1234,"total_positions":2511,"generation":42,)"
      R"("index_as_of":"2026-11-22T05:10:00+09:00","generation_changed":true,)"
      R"("sort":"relevance","interpretation":[],"partial_words":[],)"
      R"("hits":[{"number":"13010-12345678","score":1.5}],)"
      R"("facets":{"pref":[{"code":"13","label":"東京都","count":321,"selected":true}],)"
      R"("conditions":[{"code":"new","label":"新着","count":0,"selected":false,"excluded":true}]},)"
      R"("next_cursor":")" +
          query::EncodeCursor({1, 42, 3, 4, 5}) + R"(","took_us":412})");
}

TEST(SearchCodecTest, ScoresAreOnlyOfRelevance) {
  query::SearchRequest request;
  request.fields = {"number", "score"};
  SearchAnswer answer = Example();
  answer.result.hits = {{0, 7, 1, 0, {}}};
  answer.postings = {Derive(FullRecord())};
  EXPECT_EQ(EncodeSearchAnswer(request, answer, Took).find("score"), std::string::npos);
}

TEST(SearchCodecTest, TagsDifferWhereAnswersMay) {
  const query::SearchRequest plain;
  query::SearchRequest limited;
  limited.limit = 5;
  query::SearchRequest moved;
  moved.offset = 5;
  query::SearchRequest further;
  further.cursor = query::Cursor{};
  query::SearchRequest other;
  other.canonical = "pref=13";
  const IndexState state{1, 2, Day("2026-11-22")};
  const std::set<std::string> tags = {SearchTag(plain, state),
                                      SearchTag(limited, state),
                                      SearchTag(moved, state),
                                      SearchTag(further, state),
                                      SearchTag(other, state),
                                      SearchTag(plain, {2, 2, state.today}),
                                      SearchTag(plain, {1, 3, state.today}),
                                      SearchTag(plain, {1, 2, Day("2026-11-23")})};
  EXPECT_EQ(tags.size(), 8U);
  EXPECT_EQ(SearchTag(plain, state), SearchTag(query::SearchRequest{}, state));
}

TEST(SearchCodecTest, FieldMasks) {
  EXPECT_EQ(HitFieldMaskOf({}), schema::kAllHitFields);
  EXPECT_EQ(HitFieldMaskOf({"number", "title"}), 0b11U);
}

}  // namespace
}  // namespace kyujin::api

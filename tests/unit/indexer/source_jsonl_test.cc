#include "indexer/source_jsonl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MakeNumber;
using testing::MemoryByteSource;
using testing::RecordingSink;
using testing::RepeatingByteSource;
using ::testing::SizeIs;

RecordingSink ReadLines(const std::string& text, size_t step = SIZE_MAX) {
  MemoryByteSource input(text, step);
  RecordingSink sink;
  EXPECT_TRUE(JsonlSource().Read(input, 3, sink).has_value());
  return sink;
}

std::string Line(unsigned serial, const std::string& more = "") {
  return R"({"feed":{"kjno":")" + MakeNumber(serial) + "\"" + more + "}}\n";
}

TEST(JsonlSource, ReadsTheFeedMemberAndIgnoresDerivedOnes) {
  const auto sink = ReadLines(R"({"number":"x","title":"other","wage":{"type":"hourly"},"feed":)"
                              R"({"kjno":"99010-00000001","sksu":"清掃　員","unbekannt":"値"}})"
                              "\n");
  ASSERT_THAT(sink.records, SizeIs(1));
  EXPECT_EQ(sink.records[0].Get(schema::Tag::kSksu), "清掃　員");
  ASSERT_THAT(sink.records[0].unknown(), SizeIs(1));
  EXPECT_EQ(sink.records[0].unknown()[0].tag, "unbekannt");
}

TEST(JsonlSource, TakesNumbersAsTextAndNullAsAbsent) {
  const auto sink =
      ReadLines(R"({"feed":{"kjno":9901000000001,"sksu":1.5,"khkykagen":200000,"jgshmei":null}})");
  ASSERT_THAT(sink.records, SizeIs(1));
  EXPECT_EQ(sink.records[0].Get(schema::Tag::kKjno), "9901000000001");
  EXPECT_EQ(sink.records[0].Get(schema::Tag::kSksu), "1.5");
  EXPECT_THAT(sink.records[0].values(), SizeIs(3));
}

TEST(JsonlSource, SkipsBlankLinesByteOrderMarkAndCarriageReturns) {
  const std::string text =
      "\xEF\xBB\xBF" + Line(1) + "\n  \t\r\n" + Line(2).substr(0, Line(2).size() - 1) + "\r\n";
  for (const size_t step : {size_t{1}, size_t{5}, SIZE_MAX}) {
    const auto sink = ReadLines(text, step);
    EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1), MakeNumber(2)));
    EXPECT_THAT(sink.rejects, IsEmpty());
    EXPECT_EQ(sink.places[1].line, 4U);
    EXPECT_EQ(sink.places[1].byte, text.rfind('{', text.rfind("feed")));
  }
}

TEST(JsonlSource, ABadLineIsARejectWithItsLineAndTheRestGoesOn) {
  const auto sink = ReadLines(Line(1) + "{\"feed\":{\n" + "[1]\n" + R"({"number":"n-1"})" + "\n" +
                              Line(2, R"(,"sksu":["a"])") + Line(3, R"(,"sksu":true)") +
                              Line(4, R"(,"sksu":"a\u0001")") + "\xFF\n" + Line(5));
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1), MakeNumber(5)));
  ASSERT_THAT(sink.rejects, SizeIs(7));
  EXPECT_EQ(sink.rejects[0].place.line, 2U);
  EXPECT_EQ(sink.rejects[0].place.file, 3U);
  EXPECT_EQ(sink.rejects[1].field, "feed");
  EXPECT_EQ(sink.rejects[2].number, "n-1");
  EXPECT_EQ(sink.rejects[3].number, MakeNumber(2));
  EXPECT_EQ(sink.rejects[3].field, "sksu");
  EXPECT_THAT(sink.rejects[5].reason, HasSubstr("control character"));
  EXPECT_EQ(sink.rejects[6].place.line, 8U);
}

TEST(JsonlSource, ALineOrValueAboveItsLimitIsAReject) {
  const RecordLimits limits;
  const std::string fits(limits.value_bytes, 'a');
  const auto sink =
      ReadLines(Line(1, R"(,"sksu":")" + fits + "\"") + Line(2, R"(,"sksu":")" + fits + "a\"") +
                Line(3, R"(,"sksu":")" + std::string(2 << 20, 'a') + "\"") + Line(4));
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1), MakeNumber(4)));
  ASSERT_THAT(sink.rejects, SizeIs(2));
  EXPECT_EQ(sink.rejects[0].field, "sksu");
  EXPECT_EQ(sink.rejects[1].place.line, 3U);
  EXPECT_THAT(sink.rejects[1].reason, HasSubstr("1048576"));
}

TEST(JsonlSource, TooManyTagsAreAReject) {
  std::string tags;
  for (int i = 0; i < 2001; ++i) {
    tags += ",\"u" + std::to_string(i) + "\":\"x\"";
  }
  const auto sink = ReadLines(Line(1, tags));
  EXPECT_THAT(sink.records, IsEmpty());
  ASSERT_THAT(sink.rejects, SizeIs(1));
  EXPECT_THAT(sink.rejects[0].reason, HasSubstr("tags"));
}

TEST(JsonlSource, ALineOfAHundredMegabytesIsOneReject) {
  RepeatingByteSource input(
      "{\"feed\":{\"x\":\"", std::string(1000, 'a'), 100'000, "\"}}\n" + Line(1));
  RecordingSink sink;
  ASSERT_TRUE(JsonlSource().Read(input, 0, sink).has_value());
  EXPECT_THAT(sink.rejects, SizeIs(1));
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1)));
}

TEST(JsonlSource, BrokenCompressionIsABreakAfterTheLinesBefore) {
  MemoryByteSource input(
      Line(1) + Line(2).substr(0, 9), SIZE_MAX, Corruption("x.zst: byte 4: broken"));
  RecordingSink sink;
  ASSERT_TRUE(JsonlSource().Read(input, 0, sink).has_value());
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1)));
  ASSERT_THAT(sink.broken, SizeIs(1));
  EXPECT_EQ(sink.broken[0].place.line, 2U);
}

TEST(JsonlSource, AnEmptyFileHasNoRecords) {
  const auto sink = ReadLines("");
  EXPECT_THAT(sink.records, IsEmpty());
  EXPECT_THAT(sink.rejects, IsEmpty());
}

}  // namespace
}  // namespace kyujin::indexer

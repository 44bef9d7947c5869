#include "indexer/source_teikyo_xml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MakeData;
using testing::MakeNumber;
using testing::MakePage;
using testing::MemoryByteSource;
using testing::RecordingSink;
using testing::RepeatingByteSource;
using ::testing::SizeIs;

RecordingSink ReadPage(const std::string& page, size_t step = SIZE_MAX) {
  MemoryByteSource input(page, step);
  RecordingSink sink;
  EXPECT_TRUE(TeikyoXmlSource().Read(input, 7, sink).has_value());
  return sink;
}

TEST(TeikyoXmlSource, ReadsRecordsWithTheirTextUnchanged) {
  const auto sink = ReadPage(MakePage(MakeData(MakeNumber(1), "　調理&amp;配膳\n補助 ") +
                                      MakeData(MakeNumber(2), "<![CDATA[<清掃>]]>")));
  ASSERT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1), MakeNumber(2)));
  EXPECT_EQ(sink.records[0].Get(schema::Tag::kSksu), "　調理&配膳\n補助 ");
  EXPECT_EQ(sink.records[1].Get(schema::Tag::kSksu), "<清掃>");
  EXPECT_THAT(sink.rejects, IsEmpty());
  EXPECT_THAT(sink.broken, IsEmpty());
}

TEST(TeikyoXmlSource, SaysWhereEachRecordBegins) {
  const std::string page = MakePage(MakeData(MakeNumber(1)) + MakeData(MakeNumber(2)));
  for (const size_t step : {size_t{1}, size_t{3}, SIZE_MAX}) {
    const auto sink = ReadPage(page, step);
    ASSERT_THAT(sink.places, SizeIs(2));
    EXPECT_EQ(sink.places[0].file, 7U);
    EXPECT_EQ(sink.places[0].line, 3U);
    EXPECT_EQ(sink.places[1].line, 6U);
    EXPECT_EQ(sink.places[1].byte, page.rfind("<data>"));
  }
}

TEST(TeikyoXmlSource, TakesTheSameRecordsFromPiecesOfAnySize) {
  std::string data;
  for (unsigned i = 0; i < 50; ++i) {
    data += MakeData(MakeNumber(i), "介護職員（夜勤専従）");
  }
  const auto whole = ReadPage(MakePage(data));
  for (const size_t step : {1U, 2U, 7U, 1000U}) {
    const auto pieces = ReadPage(MakePage(data), step);
    ASSERT_EQ(pieces.Numbers(), whole.Numbers());
    EXPECT_EQ(pieces.records.back().Get(schema::Tag::kSksu), "介護職員（夜勤専従）");
  }
}

TEST(TeikyoXmlSource, TakesDataAtAnyDepthAndSkipsByteOrderMark) {
  const auto sink = ReadPage("\xEF\xBB\xBF<root><a><b>" + MakeData(MakeNumber(5)) + "</b></a>" +
                             MakeData(MakeNumber(6)) + "</root>");
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(5), MakeNumber(6)));
}

TEST(TeikyoXmlSource, KeepsUnknownTagsInTheRecord) {
  const auto sink = ReadPage(MakePage("<data><kjno>" + MakeNumber(1) +
                                      "</kjno><shinsetsu_x>値</shinsetsu_x><empty_x/></data>"));
  ASSERT_THAT(sink.records, SizeIs(1));
  ASSERT_THAT(sink.records[0].unknown(), SizeIs(1));
  EXPECT_EQ(sink.records[0].unknown()[0].tag, "shinsetsu_x");
  EXPECT_EQ(sink.records[0].unknown()[0].text, "値");
}

TEST(TeikyoXmlSource, AnEmptyPageHasNoRecordsAndNoBreak) {
  const auto sink = ReadPage(MakePage(""));
  EXPECT_THAT(sink.records, IsEmpty());
  EXPECT_THAT(sink.broken, IsEmpty());
}

TEST(TeikyoXmlSource, TruncatedPageKeepsEarlierRecords) {
  const std::string whole = MakePage(MakeData(MakeNumber(1)) + MakeData(MakeNumber(2)));
  const std::string page = whole.substr(0, whole.rfind("</sksu>") + 3);
  const auto sink = ReadPage(page);
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1)));
  ASSERT_THAT(sink.broken, SizeIs(1));
  EXPECT_THAT(sink.broken[0].reason, HasSubstr("ends too early"));
  EXPECT_EQ(sink.broken[0].number, MakeNumber(2));
  EXPECT_EQ(sink.broken[0].place.file, 7U);
  EXPECT_EQ(sink.broken[0].place.line, 8U);
}

TEST(TeikyoXmlSource, EveryTruncationGivesOneBreakAndNoHalfRecord) {
  const std::string whole = MakePage(MakeData(MakeNumber(1)) + MakeData(MakeNumber(2)));
  const size_t end_of_root = whole.find("</root>") + 7;
  for (size_t size = 0; size < end_of_root; ++size) {
    const auto sink = ReadPage(whole.substr(0, size));
    EXPECT_THAT(sink.broken, SizeIs(1)) << size;
    for (const auto& record : sink.records) {
      EXPECT_EQ(record.Get(schema::Tag::kSksu), "調理補助") << size;
    }
  }
}

TEST(TeikyoXmlSource, WrongEncodingIsABreakWithLineAndByte) {
  // 調理 in Shift_JIS, in a page that says it is UTF-8.
  const std::string page =
      MakePage(MakeData(MakeNumber(1)) + MakeData(MakeNumber(2), "\x92\xB2\x97\x9D"));
  const auto sink = ReadPage(page);
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1)));
  ASSERT_THAT(sink.broken, SizeIs(1));
  EXPECT_THAT(sink.broken[0].reason, HasSubstr("UTF-8"));
  EXPECT_EQ(sink.broken[0].place.line, 8U);
  EXPECT_EQ(sink.broken[0].place.byte, page.find('\x92'));
}

TEST(TeikyoXmlSource, UnknownDeclaredEncodingIsABreak) {
  const auto sink = ReadPage("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><root>" +
                             MakeData(MakeNumber(1)) + "</root>");
  EXPECT_THAT(sink.records, IsEmpty());
  ASSERT_THAT(sink.broken, SizeIs(1));
  EXPECT_THAT(sink.broken[0].reason, HasSubstr("encoding"));
}

TEST(TeikyoXmlSource, DoctypeIsRefusedBeforeAnyEntityGrows) {
  const auto sink = ReadPage(
      "<!DOCTYPE root [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><root>" +
      MakeData(MakeNumber(1), "&b;") + "</root>");
  EXPECT_THAT(sink.records, IsEmpty());
  ASSERT_THAT(sink.broken, SizeIs(1));
  EXPECT_THAT(sink.broken[0].reason, HasSubstr("DOCTYPE"));
}

TEST(TeikyoXmlSource, ValueAboveItsLimitIsARejectWithNumberAndField) {
  const RecordLimits limits;
  const std::string fits(limits.value_bytes, 'a');
  const auto sink = ReadPage(
      MakePage(MakeData(MakeNumber(1), fits) + MakeData(MakeNumber(2), fits + "a") +
               MakeData(MakeNumber(3), std::string(2 << 20, 'a')) + MakeData(MakeNumber(4))));
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1), MakeNumber(4)));
  ASSERT_THAT(sink.rejects, SizeIs(2));
  EXPECT_EQ(sink.rejects[0].number, MakeNumber(2));
  EXPECT_EQ(sink.rejects[1].number, MakeNumber(3));
  EXPECT_EQ(sink.rejects[1].field, "sksu");
  EXPECT_EQ(sink.rejects[1].place.line, 9U);
  EXPECT_THAT(sink.broken, IsEmpty());
}

TEST(TeikyoXmlSource, RecordAboveItsLimitIsARejectNamedEvenWhenTheNumberComesLast) {
  std::string values;
  for (int i = 0; i < 40; ++i) {
    values +=
        "<x" + std::to_string(i) + ">" + std::string(60'000, 'b') + "</x" + std::to_string(i) + ">";
  }
  const auto sink = ReadPage(MakePage("<data>" + values + "<kjno>" + MakeNumber(9) +
                                      "</kjno></data>" + MakeData(MakeNumber(10))));
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(10)));
  ASSERT_THAT(sink.rejects, SizeIs(1));
  EXPECT_EQ(sink.rejects[0].number, MakeNumber(9));
}

TEST(TeikyoXmlSource, RecordOfAHundredMegabytesIsOneReject) {
  RepeatingByteSource input("<root><data><kjno>" + MakeNumber(1) + "</kjno>",
                            "<sksu>" + std::string(1000, 'c') + "</sksu>",
                            100'000,
                            "</data>" + MakeData(MakeNumber(2)) + "</root>");
  RecordingSink sink;
  ASSERT_TRUE(TeikyoXmlSource().Read(input, 0, sink).has_value());
  ASSERT_THAT(sink.rejects, SizeIs(1));
  EXPECT_EQ(sink.rejects[0].number, MakeNumber(1));
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(2)));
}

struct Hostile {
  std::string name;
  std::string head;
  std::string pattern;
};

class TeikyoXmlSourceHostile : public ::testing::TestWithParam<Hostile> {};

TEST_P(TeikyoXmlSourceHostile, EndlessInputIsABreakLongBeforeItsEnd) {
  constexpr uint64_t kRepeats = 50'000'000;
  RepeatingByteSource input(GetParam().head, GetParam().pattern, kRepeats, "");
  RecordingSink sink;
  ASSERT_TRUE(TeikyoXmlSource().Read(input, 0, sink).has_value());
  EXPECT_THAT(sink.broken, SizeIs(1));
  EXPECT_LT(input.file_position(), 8U << 20);
}

INSTANTIATE_TEST_SUITE_P(Forms,
                         TeikyoXmlSourceHostile,
                         ::testing::Values(Hostile{"Depth", "<root>", "<a>"},
                                           Hostile{"TagName", "<root><", "a"},
                                           Hostile{"Attributes", "<root><data ", "a=\"\" "},
                                           Hostile{"AttributeValue", "<root><data a=\"", "x"},
                                           Hostile{"Comment", "<root><!--", "x"}),
                         [](const auto& param_info) { return param_info.param.name; });

TEST(TeikyoXmlSource, EndlessUnknownNamesAreABreak) {
  std::string page = "<root>";
  for (int i = 0; i < 5000; ++i) {
    page += "<u" + std::to_string(i) + "/>";
  }
  const auto sink = ReadPage(page + MakeData(MakeNumber(1)) + "</root>");
  EXPECT_THAT(sink.records, IsEmpty());
  ASSERT_THAT(sink.broken, SizeIs(1));
  EXPECT_THAT(sink.broken[0].reason, HasSubstr("unknown tags"));
}

TEST(TeikyoXmlSource, BrokenCompressionIsABreakAndUnreadableDiskAnError) {
  const std::string page = "<root>" + MakeData(MakeNumber(1));
  RecordingSink sink;
  MemoryByteSource corrupt(page, SIZE_MAX, Corruption("x.gz: byte 9: the gzip data end too early"));
  EXPECT_TRUE(TeikyoXmlSource().Read(corrupt, 0, sink).has_value());
  EXPECT_THAT(sink.Numbers(), ElementsAre(MakeNumber(1)));
  ASSERT_THAT(sink.broken, SizeIs(1));
  EXPECT_THAT(sink.broken[0].reason, HasSubstr("byte 9"));

  MemoryByteSource unreadable(page, SIZE_MAX, Internal("x: cannot be read"));
  const auto status = TeikyoXmlSource().Read(unreadable, 0, sink);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kInternal);
}

TEST(TeikyoXmlSource, StopsWithTheErrorOfTheSink) {
  MemoryByteSource input(MakePage(MakeData(MakeNumber(1)) + MakeData(MakeNumber(2))));
  RecordingSink sink;
  sink.record_status = Internal("disk full");
  const auto status = TeikyoXmlSource().Read(input, 0, sink);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().message, "disk full");
  EXPECT_THAT(sink.records, SizeIs(1));
  EXPECT_THAT(sink.broken, IsEmpty());
}

}  // namespace
}  // namespace kyujin::indexer

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/query/search_parameter.h"
#include "tests/unit/query/request_reader.h"

namespace kyujin::query {
namespace {

using enum ParameterFault;

struct ErrorCase {
  const char* query;
  const char* parameter;
  ParameterFault fault;
  const char* suggestion;  // code of the first one; "" = none is asked for
};

void PrintTo(const ErrorCase& c, std::ostream* out) {
  *out << c.query;
}

class RequestErrorsTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(RequestErrorsTest, NamesParameterFaultAndWayOut) {
  const ParseOutcome outcome = Read(GetParam().query);
  ASSERT_EQ(outcome.errors.size(), 1U);
  const ParameterError& error = outcome.errors[0];
  EXPECT_EQ(error.parameter, GetParam().parameter);
  EXPECT_EQ(error.fault, GetParam().fault);
  EXPECT_EQ(outcome.is_malformed(), GetParam().fault == kMalformed);
  EXPECT_FALSE(error.reason.empty());
  if (*GetParam().suggestion != '\0') {
    ASSERT_FALSE(error.suggestions.empty());
    EXPECT_EQ(error.suggestions[0].code, GetParam().suggestion);
    EXPECT_FALSE(error.suggestions[0].label.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(
    UnknownParameters,
    RequestErrorsTest,
    testing::Values(ErrorCase{"foo=1", "foo", kMalformed, ""},
                    ErrorCase{"prefs=13", "prefs", kMalformed, "pref"},
                    ErrorCase{"condition=remote", "condition", kMalformed, "conditions"},
                    ErrorCase{"monthlymin=1", "monthlymin", kMalformed, "monthly_min"},
                    ErrorCase{"PREF=13", "PREF", kMalformed, "pref"},
                    ErrorCase{"=1", "", kMalformed, ""},
                    ErrorCase{"foo=", "foo", kMalformed, ""},
                    ErrorCase{"stations=渋谷", "stations", kMalformed, "station"}));

INSTANTIATE_TEST_SUITE_P(
    PointsTimesAndEmployers,
    RequestErrorsTest,
    testing::Values(ErrorCase{"near=35", "near", kMalformed, ""},
                    ErrorCase{"near=35,139,1", "near", kMalformed, ""},
                    ErrorCase{"near=渋谷", "near", kMalformed, ""},
                    ErrorCase{"near=90.1,139", "near", kMalformed, ""},
                    ErrorCase{"near=35,-180.5", "near", kMalformed, ""},
                    ErrorCase{"near=35,139&near=35,139", "near", kMalformed, ""},
                    ErrorCase{"radius_km=5", "radius_km", kMalformed, ""},
                    ErrorCase{"sort=distance", "sort", kMalformed, ""},
                    ErrorCase{"near=35,139&radius_km=-1", "radius_km", kMalformed, ""},
                    ErrorCase{"near=35,139&radius_km=20039", "radius_km", kMalformed, ""},
                    ErrorCase{"near=35,139&radius_km=inf", "radius_km", kMalformed, ""},
                    ErrorCase{"near=35,139&radius_km=1e3", "radius_km", kMalformed, ""},
                    ErrorCase{"start_from=9", "start_from", kMalformed, ""},
                    ErrorCase{"start_from=0900", "start_from", kMalformed, ""},
                    ErrorCase{"start_from=09:60", "start_from", kMalformed, ""},
                    ErrorCase{"start_from=9:5", "start_from", kMalformed, ""},
                    ErrorCase{"end_by=48:00", "end_by", kMalformed, ""},
                    ErrorCase{"end_by=24:00&end_by=25:00", "end_by", kMalformed, ""},
                    ErrorCase{"employer_number=1301-12345-6", "employer_number", kMalformed, ""},
                    ErrorCase{"employer_number=株式会社", "employer_number", kMalformed, ""}));

INSTANTIATE_TEST_SUITE_P(
    NoNumber,
    RequestErrorsTest,
    testing::Values(ErrorCase{"monthly_min=abc", "monthly_min", kMalformed, ""},
                    ErrorCase{"monthly_min=20万", "monthly_min", kMalformed, ""},
                    ErrorCase{"monthly_min=1e5", "monthly_min", kMalformed, ""},
                    ErrorCase{"monthly_min=1.5", "monthly_min", kMalformed, ""},
                    ErrorCase{"monthly_min=+5", "monthly_min", kMalformed, ""},
                    ErrorCase{"monthly_min=200,000", "monthly_min", kMalformed, ""},
                    ErrorCase{"monthly_min=0x10", "monthly_min", kMalformed, ""},
                    ErrorCase{"limit=ten", "limit", kMalformed, ""},
                    ErrorCase{"age=1 2", "age", kMalformed, ""},
                    ErrorCase{"received_within_days=-", "received_within_days", kMalformed, ""}));

INSTANTIATE_TEST_SUITE_P(
    OutOfRange,
    RequestErrorsTest,
    testing::Values(ErrorCase{"limit=101", "limit", kMalformed, ""},
                    ErrorCase{"limit=-1", "limit", kMalformed, ""},
                    ErrorCase{"offset=10001", "offset", kMalformed, ""},
                    ErrorCase{"monthly_min=100000000", "monthly_min", kMalformed, ""},
                    ErrorCase{"hourly_min=-1", "hourly_min", kMalformed, ""},
                    ErrorCase{"hourly_min=99999999999999999999999", "hourly_min", kMalformed, ""},
                    ErrorCase{"age=121", "age", kMalformed, ""},
                    ErrorCase{"holidays_min=367", "holidays_min", kMalformed, ""},
                    ErrorCase{"walk_max=-5", "walk_max", kMalformed, ""}));

INSTANTIATE_TEST_SUITE_P(
    NoDate,
    RequestErrorsTest,
    testing::Values(ErrorCase{"received_from=today", "received_from", kMalformed, ""},
                    ErrorCase{"received_from=2026-02-30", "received_from", kMalformed, ""},
                    ErrorCase{"received_from=2026-13-01", "received_from", kMalformed, ""},
                    ErrorCase{"received_from=20261101", "received_from", kMalformed, ""}));

INSTANTIATE_TEST_SUITE_P(
    PostingNumbersAndCursors,
    RequestErrorsTest,
    testing::Values(ErrorCase{"number=123", "number", kMalformed, ""},
                    ErrorCase{"number=13010-1234567", "number", kMalformed, ""},
                    ErrorCase{"number=abc", "number", kMalformed, ""},
                    ErrorCase{"exclude_number=13010-12345678,1", "exclude_number", kMalformed, ""},
                    ErrorCase{"cursor=abc", "cursor", kMalformed, ""}));

INSTANTIATE_TEST_SUITE_P(
    GivenTwice,
    RequestErrorsTest,
    testing::Values(ErrorCase{"q=a&q=b", "q", kMalformed, ""},
                    ErrorCase{"q=a&q=a", "q", kMalformed, ""},
                    ErrorCase{"sort=new&sort=new", "sort", kMalformed, ""},
                    ErrorCase{"limit=1&limit=2", "limit", kMalformed, ""},
                    ErrorCase{"monthly_min=1&monthly_min=2", "monthly_min", kMalformed, ""}));

INSTANTIATE_TEST_SUITE_P(
    UnknownValues,
    RequestErrorsTest,
    testing::Values(ErrorCase{"sort=newest", "sort", kUnknownValue, "new"},
                    ErrorCase{"station=駅", "station", kUnknownValue, ""},
                    ErrorCase{"sort=new,relevance", "sort", kUnknownValue, ""},
                    ErrorCase{"sort=NEW", "sort", kUnknownValue, "new"},
                    ErrorCase{"q_mode=xor", "q_mode", kUnknownValue, "or"},
                    ErrorCase{"interpret=yes", "interpret", kUnknownValue, ""},
                    ErrorCase{"partial=sometimes", "partial", kUnknownValue, ""},
                    ErrorCase{"pref=tokyo", "pref", kUnknownValue, "13"},
                    ErrorCase{"pref=東京都", "pref", kUnknownValue, "13"},
                    ErrorCase{"pref=48", "pref", kUnknownValue, ""},
                    ErrorCase{"pref=9", "pref", kUnknownValue, "09"},
                    ErrorCase{"pref=013", "pref", kUnknownValue, ""},
                    ErrorCase{"city=13999", "city", kUnknownValue, ""},
                    ErrorCase{"city=渋谷区", "city", kUnknownValue, "13113"},
                    ErrorCase{"city=13", "city", kUnknownValue, ""},
                    ErrorCase{"employment=8", "employment", kUnknownValue, ""},
                    ErrorCase{"employment=正社員", "employment", kUnknownValue, "1"},
                    ErrorCase{"kind=1", "kind", kUnknownValue, ""},
                    ErrorCase{"kind=generall", "kind", kUnknownValue, "general"},
                    ErrorCase{"full_part=both", "full_part", kUnknownValue, ""},
                    ErrorCase{"wage_type=weekly", "wage_type", kUnknownValue, ""},
                    ErrorCase{"wage_basis=total", "wage_basis", kUnknownValue, ""},
                    ErrorCase{"occupation=16", "occupation", kUnknownValue, ""},
                    ErrorCase{"occupation=100", "occupation", kUnknownValue, ""},
                    ErrorCase{"occupation=067-1", "occupation", kUnknownValue, ""},
                    ErrorCase{"occupation=067-001", "occupation", kUnknownValue, ""},
                    ErrorCase{"industry=Z", "industry", kUnknownValue, ""},
                    ErrorCase{"industry=p", "industry", kUnknownValue, "P"},
                    ErrorCase{
                        "conditions=no_nightwork", "conditions", kUnknownValue, "no_night_work"},
                    ErrorCase{"conditions=夜勤なし", "conditions", kUnknownValue, "no_night_work"},
                    ErrorCase{"conditions=--new", "conditions", kUnknownValue, ""},
                    ErrorCase{"conditions=-", "conditions", kUnknownValue, ""},
                    ErrorCase{"work_system=-night", "work_system", kUnknownValue, ""},
                    ErrorCase{"insurance=-health", "insurance", kUnknownValue, ""},
                    ErrorCase{"holiday_weekdays=土", "holiday_weekdays", kUnknownValue, "sat"},
                    ErrorCase{"facets=prefecture", "facets", kUnknownValue, "pref"},
                    ErrorCase{"fields=distance", "fields", kUnknownValue, ""},
                    ErrorCase{"fields=titel", "fields", kUnknownValue, "title"},
                    ErrorCase{"q_in=body", "q_in", kUnknownValue, ""}));

TEST(RequestErrorsTest, AllAreCollectedAndOneOfFormDecides) {
  const ParseOutcome outcome = Read("foo=1&pref=99,13,98&limit=x&sort=up&q=介護");
  std::vector<std::string> parameters;
  for (const ParameterError& error : outcome.errors) {
    parameters.push_back(error.parameter);
  }
  EXPECT_THAT(parameters, testing::UnorderedElementsAre("foo", "pref", "pref", "limit", "sort"));
  EXPECT_TRUE(outcome.is_malformed());
  EXPECT_FALSE(Read("pref=99&sort=up").is_malformed());
}

TEST(RequestErrorsTest, ValuesAreEchoedAsSentAndCut) {
  EXPECT_EQ(Read("pref=１９９").errors[0].value, "１９９");
  EXPECT_EQ(Read("pref=13, ９９９ ").errors[0].value, "９９９");
  std::string word;
  for (size_t i = 0; i < 300; ++i) {
    word += "長";
  }
  EXPECT_EQ(Read("pref=" + word).errors[0].value.size(), 300U);
}

TEST(RequestErrorsTest, WordsHaveLimits) {
  std::string text(200, 'a');
  EXPECT_TRUE(Read("q=" + text).has_request());
  EXPECT_TRUE(Read("q=" + text + "a").is_malformed());
  EXPECT_TRUE(Read("q_not=" + text + "a").is_malformed());
  std::string wide;
  std::string words;
  for (int i = 0; i < 200; ++i) {
    wide += "介";
  }
  for (int i = 0; i < 64; ++i) {
    words += "a ";
  }
  EXPECT_TRUE(Read("q=" + wide).has_request());
  EXPECT_TRUE(Read("q=" + wide + "介").is_malformed());
  EXPECT_TRUE(Read("q=" + words).has_request());
  EXPECT_TRUE(Read("q=" + words + "a").is_malformed());
}

TEST(RequestErrorsTest, ListsHaveLimits) {
  std::string numbers;
  for (int i = 0; i < 400; ++i) {
    numbers += "13010-" + std::to_string(10'000'000 + i) + ",";
  }
  EXPECT_TRUE(Read("number=" + numbers).has_request());
  const ParseOutcome outcome = Read("number=" + numbers + "13010-00000001");
  ASSERT_EQ(outcome.errors.size(), 1U);
  EXPECT_TRUE(outcome.is_malformed());
  EXPECT_TRUE(Read("exclude_number=" + numbers + "13010-00000001").has_request());
}

TEST(RequestErrorsTest, ManyErrorsAreCutButKeepTheirFault) {
  std::string query = "kind=";
  for (int i = 0; i < 90; ++i) {
    query += "x" + std::to_string(i) + ",";
  }
  for (const char* name : {"pref", "city", "occupation", "industry", "employment", "conditions"}) {
    query += "&" + std::string(name) + "=";
    for (int i = 0; i < 90; ++i) {
      query += "x" + std::to_string(i) + ",";
    }
  }
  EXPECT_LE(Read(query).errors.size(), 100U);
  EXPECT_FALSE(Read(query).is_malformed());
  EXPECT_TRUE(Read(query + "&limit=x").is_malformed());
}

TEST(RequestErrorsTest, BrokenUtf8IsRefused) {
  EXPECT_TRUE(Read("q=\xE3\x81").is_malformed());
  EXPECT_TRUE(Read("pref=\xFF").is_malformed());
}

}  // namespace
}  // namespace kyujin::query

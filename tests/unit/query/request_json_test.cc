#include <gtest/gtest.h>

#include "tests/unit/query/request_reader.h"

namespace kyujin::query {
namespace {

struct Case {
  const char* json;
  const char* query;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.json;
}

class RequestJsonTest : public testing::TestWithParam<Case> {};

TEST_P(RequestJsonTest, MeansTheSameAsTheUrl) {
  const ParseOutcome outcome = ReadJson(GetParam().json);
  EXPECT_TRUE(outcome.has_request());
  EXPECT_EQ(Canonical(outcome), Canonical(Read(GetParam().query)));
}

INSTANTIATE_TEST_SUITE_P(
    Requests,
    RequestJsonTest,
    testing::Values(Case{"{}", ""},
                    Case{R"({"q": "介護 夜勤", "pref": ["14", "13"]})", "q=介護 夜勤&pref=13,14"},
                    Case{R"({"pref": "13"})", "pref=13"},
                    Case{R"({"pref": "13,14"})", "pref=13,14"},
                    Case{R"({"pref": [], "q": "", "monthly_min": ""})", ""},
                    Case{R"({"pref": ["", "13"]})", "pref=13"},
                    Case{R"({"monthly_min": 200000, "limit": 5})", "monthly_min=200000"},
                    Case{R"({"received_from": "2026-11-01"})", "received_from=2026-11-01"},
                    Case{R"({"conditions": ["-new", "remote"]})", "conditions=-new,remote"}));

struct ErrorCase {
  const char* json;
  const char* parameter;
  ParameterFault fault;
};

void PrintTo(const ErrorCase& c, std::ostream* out) {
  *out << c.json;
}

class RequestJsonErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(RequestJsonErrorTest, IsRefused) {
  const ParseOutcome outcome = ReadJson(GetParam().json);
  ASSERT_EQ(outcome.errors.size(), 1U);
  EXPECT_EQ(outcome.errors[0].parameter, GetParam().parameter);
  EXPECT_EQ(outcome.errors[0].fault, GetParam().fault);
}

INSTANTIATE_TEST_SUITE_P(
    Types,
    RequestJsonErrorTest,
    testing::Values(ErrorCase{"[]", "", ParameterFault::kMalformed},
                    ErrorCase{"\"q\"", "", ParameterFault::kMalformed},
                    ErrorCase{"null", "", ParameterFault::kMalformed},
                    ErrorCase{R"({"query": "a"})", "query", ParameterFault::kMalformed},
                    ErrorCase{R"({"q": 5})", "q", ParameterFault::kMalformed},
                    ErrorCase{R"({"q": null})", "q", ParameterFault::kMalformed},
                    ErrorCase{R"({"q": true})", "q", ParameterFault::kMalformed},
                    ErrorCase{R"({"q": ["a"]})", "q", ParameterFault::kMalformed},
                    ErrorCase{R"({"q": {"a": 1}})", "q", ParameterFault::kMalformed},
                    ErrorCase{R"({"q": "a\u0000b"})", "q", ParameterFault::kMalformed},
                    ErrorCase{R"({"pref": 13})", "pref", ParameterFault::kMalformed},
                    ErrorCase{R"({"pref": [13]})", "pref", ParameterFault::kMalformed},
                    ErrorCase{R"({"pref": [["13"]]})", "pref", ParameterFault::kMalformed},
                    ErrorCase{R"({"pref": ["13,14"]})", "pref", ParameterFault::kUnknownValue},
                    ErrorCase{R"({"pref": ["99"]})", "pref", ParameterFault::kUnknownValue},
                    ErrorCase{
                        R"({"monthly_min": "200000"})", "monthly_min", ParameterFault::kMalformed},
                    ErrorCase{R"({"monthly_min": 1.5})", "monthly_min", ParameterFault::kMalformed},
                    ErrorCase{R"({"monthly_min": 1e3})", "monthly_min", ParameterFault::kMalformed},
                    ErrorCase{R"({"monthly_min": [1]})", "monthly_min", ParameterFault::kMalformed},
                    ErrorCase{R"({"monthly_min": -1})", "monthly_min", ParameterFault::kMalformed},
                    ErrorCase{R"({"limit": 101})", "limit", ParameterFault::kMalformed},
                    ErrorCase{R"({"employment": 1})", "employment", ParameterFault::kMalformed}));

}  // namespace
}  // namespace kyujin::query

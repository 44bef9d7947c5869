#include "server/http/problem.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"

namespace kyujin::http {
namespace {

TEST(ProblemTest, WritesTheMembersOfRfc9457) {
  const HttpResponse response =
      Problem(422, "unknown-code", "指定された値を使えません", "pref: \"99\" is no prefecture");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.Header("cache-control"), "no-store");
  const auto json = ParseJson(response.body);
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(*json->Find("type")->string(), "/problems/unknown-code");
  EXPECT_EQ(*json->Find("title")->string(), "指定された値を使えません");
  EXPECT_EQ(*json->Find("status")->integer(), 422);
  EXPECT_EQ(*json->Find("detail")->string(), "pref: \"99\" is no prefecture");
  EXPECT_EQ(json->Find("errors"), nullptr);
}

TEST(ProblemTest, TakesErrorsAsJson) {
  const HttpResponse response = Problem(400, "x", "t", "", R"([{"parameter":"q"}])");
  const auto json = ParseJson(response.body);
  ASSERT_TRUE(json.has_value());
  ASSERT_NE(json->Find("errors"), nullptr);
  EXPECT_EQ(json->Find("errors")->array()->size(), 1U);
  EXPECT_EQ(json->Find("detail"), nullptr);
}

TEST(ProblemTest, EscapesWhatComesFromOutside) {
  const HttpResponse response = Problem(400, "x", "t", "\"\\ \n\x1F 求人");
  const auto json = ParseJson(response.body);
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(*json->Find("detail")->string(), "\"\\ \n\x1F 求人");
}

TEST(StatusProblemTest, SaysWhenToComeBack) {
  EXPECT_EQ(StatusProblem(503, "").Header("Retry-After"), "1");
  EXPECT_EQ(StatusProblem(429, "").Header("Retry-After"), "1");
  EXPECT_FALSE(StatusProblem(500, "").Header("Retry-After"));
}

TEST(StatusProblemTest, HasATitleForEveryStatus) {
  for (int status = 400; status < 600; ++status) {
    const auto json = ParseJson(StatusProblem(status, "d").body);
    ASSERT_TRUE(json.has_value());
    EXPECT_FALSE(json->Find("title")->string()->empty());
    EXPECT_EQ(*json->Find("status")->integer(), status);
  }
}

}  // namespace
}  // namespace kyujin::http

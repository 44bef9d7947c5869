#include "server/api/content_negotiation.h"

#include <gtest/gtest.h>

namespace kyujin::api {
namespace {

http::HttpRequest With(const char* name, const char* value) {
  http::HttpRequest request;
  request.headers.emplace_back(name, value);
  return request;
}

TEST(ContentNegotiationTest, AcceptsJson) {
  EXPECT_TRUE(AcceptsJson({}));
  for (const char* accept : {"application/json",
                             "*/*",
                             "application/*",
                             "text/html, */*;q=0.8",
                             "Application/JSON;q=0.1",
                             "text/html;q=0.9, application/json; q=0.5",
                             ""}) {
    EXPECT_TRUE(AcceptsJson(With("Accept", accept))) << accept;
  }
  for (const char* accept : {"text/html",
                             "application/json;q=0",
                             "application/json;q=0.000, */*",
                             "application/xml, text/*",
                             "application/jsonx"}) {
    EXPECT_FALSE(AcceptsJson(With("Accept", accept))) << accept;
  }
}

TEST(ContentNegotiationTest, SendsJson) {
  for (const char* type : {"application/json",
                           "application/json; charset=utf-8",
                           "APPLICATION/JSON;charset=\"UTF-8\""}) {
    EXPECT_TRUE(SendsJson(With("Content-Type", type))) << type;
  }
  for (const char* type : {"text/plain",
                           "application/json; charset=shift_jis",
                           "application/x-www-form-urlencoded",
                           "application/problem+json",
                           ""}) {
    EXPECT_FALSE(SendsJson(With("Content-Type", type))) << type;
  }
  EXPECT_FALSE(SendsJson({}));
}

TEST(ContentNegotiationTest, ComparesTagsWeakly) {
  const std::string tag = WeakTag("a");
  EXPECT_TRUE(tag.starts_with("W/\""));
  EXPECT_NE(tag, WeakTag("b"));
  EXPECT_FALSE(HasCurrent({}, tag));
  EXPECT_TRUE(HasCurrent(With("If-None-Match", tag.c_str()), tag));
  EXPECT_TRUE(HasCurrent(With("If-None-Match", tag.substr(2).c_str()), tag));
  EXPECT_TRUE(HasCurrent(With("If-None-Match", ("\"x\", " + tag).c_str()), tag));
  EXPECT_TRUE(HasCurrent(With("If-None-Match", "*"), tag));
  EXPECT_FALSE(HasCurrent(With("If-None-Match", "W/\"x\""), tag));
}

}  // namespace
}  // namespace kyujin::api

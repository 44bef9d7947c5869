#include "server/api/error_response.h"

#include <gtest/gtest.h>

namespace kyujin::api {
namespace {

using query::MakeParameterError;
using query::ParameterError;

ParameterError Unknown() {
  ParameterError error = MakeParameterError("pref", "tokyo", "not one of the values of pref");
  error.fault = query::ParameterFault::kUnknownValue;
  error.suggestions = {{"13", "東京都"}};
  return error;
}

TEST(ErrorResponseTest, EveryCodeHasItsStatus) {
  EXPECT_EQ(HttpStatus(ErrorCode::kInvalidArgument), 400);
  EXPECT_EQ(HttpStatus(ErrorCode::kNotFound), 404);
  EXPECT_EQ(HttpStatus(ErrorCode::kGone), 410);
  EXPECT_EQ(HttpStatus(ErrorCode::kUnavailable), 503);
  EXPECT_EQ(HttpStatus(ErrorCode::kDeadlineExceeded), 503);
  EXPECT_EQ(HttpStatus(ErrorCode::kResourceExhausted), 503);
  EXPECT_EQ(HttpStatus(ErrorCode::kCorruption), 500);
  EXPECT_EQ(HttpStatus(ErrorCode::kInternal), 500);
}

TEST(ErrorResponseTest, InternalTextStaysInside) {
  for (const auto& error : {Internal("secret path"), Corruption("secret path")}) {
    const http::HttpResponse response = ErrorResponse(error);
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body.find("secret"), std::string::npos);
  }
}

TEST(ErrorResponseTest, OverloadSaysWhenToComeBack) {
  EXPECT_TRUE(ErrorResponse(DeadlineExceeded("too slow")).Header("Retry-After").has_value());
}

TEST(ErrorResponseTest, UnknownValuesAre422WithSuggestions) {
  const http::HttpResponse response = ParameterProblem({Unknown()});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_NE(response.body.find(R"("errors":[{"parameter":"pref","value":"tokyo",)"
                               R"("reason":"not one of the values of pref",)"
                               R"("suggestions":[{"code":"13","label":"東京都"}]}])"),
            std::string::npos);
}

TEST(ErrorResponseTest, OneErrorOfFormMakesAll400) {
  EXPECT_EQ(
      ParameterProblem({Unknown(), MakeParameterError("limit", "x", "not a whole number")}).status,
      400);
}

TEST(ErrorResponseTest, CallsWithoutParametersRefuseAny) {
  EXPECT_FALSE(RefuseParameters("").has_value());
  EXPECT_EQ(RefuseParameters("a=1")->status, 400);
  EXPECT_EQ(RefuseParameters("%zz")->status, 400);
}

}  // namespace
}  // namespace kyujin::api

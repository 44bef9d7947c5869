#include "server/http/handler_run.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/unit/http/gunzip.h"

namespace kyujin::http {
namespace {

class Failures : public HttpObserver {
 public:
  void OnFailure(std::string_view where, std::string_view what) override {
    text.append(where).append(": ").append(what);
  }
  std::string text;
};

HttpResponse Finish(HttpResponse response, const char* accept_encoding = nullptr) {
  HttpRequest request;
  if (accept_encoding != nullptr) {
    request.headers.emplace_back("accept-encoding", accept_encoding);
  }
  HttpObserver observer;
  return FinishResponse(request, std::move(response), HttpLimits{}, observer);
}

HttpResponse Json(size_t bytes) {
  return {.status = 200,
          .content_type = "application/json",
          .headers = {{"ETag", "W/\"1\""}},
          .body = std::string(bytes, 'a')};
}

TEST(FinishResponseTest, CompressesFromTheThresholdOn) {
  const HttpResponse large = Finish(Json(1'024), "gzip");
  EXPECT_EQ(large.Header("Content-Encoding"), "gzip");
  EXPECT_EQ(large.Header("Vary"), "Accept-Encoding");
  EXPECT_EQ(large.Header("ETag"), "W/\"1\"");
  EXPECT_EQ(Gunzip(large.body), std::string(1'024, 'a'));
  const HttpResponse small = Finish(Json(1'023), "gzip");
  EXPECT_FALSE(small.Header("Content-Encoding"));
  EXPECT_EQ(small.Header("Vary"), "Accept-Encoding");
}

TEST(FinishResponseTest, CompressesOnlyWhenAsked) {
  const HttpResponse response = Finish(Json(5'000));
  EXPECT_EQ(response.body.size(), 5'000U);
  EXPECT_EQ(response.Header("Vary"), "Accept-Encoding");
}

TEST(FinishResponseTest, CompressesEvenLittleWhenIdentityIsRefused) {
  EXPECT_EQ(Gunzip(Finish(Json(3), "gzip, identity;q=0").body), "aaa");
}

TEST(FinishResponseTest, ReadsAllLinesOfAcceptEncoding) {
  HttpRequest request;
  request.headers = {{"Accept-Encoding", "br"}, {"accept-encoding", "gzip"}};
  HttpObserver observer;
  EXPECT_EQ(FinishResponse(request, Json(5'000), {}, observer).Header("Content-Encoding"), "gzip");
}

TEST(FinishResponseTest, RefusesWhenNothingIsAcceptable) {
  const HttpResponse response = Finish(Json(5'000), "identity;q=0, br");
  EXPECT_EQ(response.status, 406);
  EXPECT_EQ(response.content_type, "application/problem+json");
}

TEST(FinishResponseTest, LeavesPicturesAndErrorsAlone) {
  HttpResponse picture = Json(5'000);
  picture.content_type = "image/png";
  EXPECT_FALSE(Finish(picture, "gzip").Header("Content-Encoding"));
  HttpResponse error = Json(5'000);
  error.status = 404;
  EXPECT_EQ(Finish(error, "identity;q=0").status, 404);
}

TEST(FinishResponseTest, NoBodyWhereThereMustBeNone) {
  for (int status : {204, 304}) {
    HttpResponse response = Json(5'000);
    response.status = status;
    response = Finish(response, "gzip");
    EXPECT_TRUE(response.body.empty());
    EXPECT_TRUE(response.content_type.empty());
    EXPECT_EQ(response.Header("ETag"), "W/\"1\"");
  }
}

TEST(FinishResponseTest, ForbidsSniffing) {
  EXPECT_EQ(Finish(Json(1)).Header("X-Content-Type-Options"), "nosniff");
}

TEST(FinishResponseTest, HeadersCannotSplitTheMessage) {
  for (const HeaderField& field : {HeaderField{"X-A", "b\r\nSet-Cookie: c"},
                                   HeaderField{"X-A\r\nB", "c"},
                                   HeaderField{"", "c"},
                                   HeaderField{"X A", "c"}}) {
    HttpResponse response = Json(1);
    response.headers.push_back(field);
    response = Finish(response);
    EXPECT_EQ(response.status, 500);
    EXPECT_FALSE(response.Header("ETag"));
  }
  HttpResponse response = Json(1);
  response.content_type = "text/plain\r\nX: y";
  EXPECT_EQ(Finish(response).status, 500);
}

TEST(FinishResponseTest, RefusesStatusesThatAreNone) {
  for (int status : {0, 100, 199, 600, -1}) {
    HttpResponse response = Json(1);
    response.status = status;
    EXPECT_EQ(Finish(response).status, 500);
  }
}

TEST(RunHandlerTest, ExceptionsStayInside) {
  Failures failures;
  const Route route{.method = "GET",
                    .pattern = "/v1/jobs",
                    .handler = [](const auto&, const auto&, const auto&) -> HttpResponse {
                      throw std::runtime_error("secret path");
                    },
                    .options = {}};
  const HttpResponse response = RunHandler({&route, {}}, {}, {}, failures);
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  EXPECT_EQ(failures.text, "/v1/jobs: secret path");
}

TEST(RunHandlerTest, EvenThoseThatAreNoExceptions) {
  Failures failures;
  const Route route{.method = "GET",
                    .pattern = "/",
                    .handler = [](const auto&, const auto&, const auto&) -> HttpResponse {
                      throw 5;  // NOLINT(hicpp-exception-baseclass)
                    },
                    .options = {}};
  EXPECT_EQ(RunHandler({&route, {}}, {}, {}, failures).status, 500);
}

TEST(FormatHttpDateTest, WritesTheFormOfRfc9110) {
  const std::chrono::system_clock::time_point epoch;
  EXPECT_EQ(FormatHttpDate(epoch + std::chrono::seconds(784'111'777)),
            "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(FormatHttpDate(epoch + std::chrono::milliseconds(1'999)),
            "Thu, 01 Jan 1970 00:00:01 GMT");
}

TEST(HttpRequestTest, HeaderNamesHaveNoCase) {
  HttpRequest request;
  request.headers = {{"If-None-Match", "a"}, {"if-none-match", "b"}};
  EXPECT_EQ(request.Header("IF-NONE-MATCH"), "a");
  EXPECT_FALSE(request.Header("If-Match"));
}

}  // namespace
}  // namespace kyujin::http

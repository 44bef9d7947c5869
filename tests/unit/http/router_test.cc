#include "server/http/router.h"

#include <gtest/gtest.h>

namespace kyujin::http {
namespace {

Handler Answering(const std::string& text) {
  return [text](const HttpRequest&, const PathParameters& parameters, const HandlerContext&) {
    HttpResponse response;
    response.body = text + std::string(parameters.Get("number"));
    return response;
  };
}

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    router_.Add("GET", "/v1/jobs/{number}", Answering("job "));
    router_.Add("GET", "/v1/jobs", Answering("list"));
    router_.Add("POST", "/v1/jobs/search", Answering("search"), {.max_body_bytes = 4U << 20});
    router_.Add("GET", "/", Answering("page"));
    router_.Add("PUT", "/v1/favourites/{number}", Answering("put "));
    router_.Add("DELETE", "/v1/favourites/{number}", Answering("delete "));
    router_.Add("PUT", "/v1/saved-queries/{number}/seen", Answering("seen "));
  }

  // The body of the handler's answer, or the status of the answer without handler.
  std::string Ask(std::string_view method, std::string_view path) {
    auto found = router_.Find(method, path);
    if (const auto* response = std::get_if<HttpResponse>(&found)) {
      return std::to_string(response->status);
    }
    const auto& match = std::get<RouteMatch>(found);
    return match.route->handler({}, match.parameters, {}).body;
  }

  std::string Allow(std::string_view method, std::string_view path) {
    auto found = router_.Find(method, path);
    const auto* response = std::get_if<HttpResponse>(&found);
    return response == nullptr ? "" : std::string(response->Header("Allow").value_or(""));
  }

  Router router_;
};

TEST_F(RouterTest, FindsLiteralsAndParameters) {
  EXPECT_EQ(Ask("GET", "/"), "page");
  EXPECT_EQ(Ask("GET", "/v1/jobs"), "list");
  EXPECT_EQ(Ask("GET", "/v1/jobs/13010-00000161"), "job 13010-00000161");
  EXPECT_EQ(Ask("PUT", "/v1/favourites/7"), "put 7");
  EXPECT_EQ(Ask("DELETE", "/v1/favourites/7"), "delete 7");
  EXPECT_EQ(Ask("PUT", "/v1/saved-queries/7/seen"), "seen 7");
}

TEST_F(RouterTest, DecodesSegmentsOnce) {
  EXPECT_EQ(Ask("GET", "/v1/%6Aobs"), "list");
  EXPECT_EQ(Ask("GET", "/v1/jobs/%E6%B1%82%2541"), "job 求%41");
  EXPECT_EQ(Ask("GET", "/v1/jobs/a%2Fb"), "job a/b");
}

TEST_F(RouterTest, LiteralsWinOverParametersWhateverTheOrderOfAdding) {
  EXPECT_EQ(Ask("POST", "/v1/jobs/search"), "search");
  EXPECT_EQ(Ask("GET", "/v1/jobs/search"), "405");
}

TEST_F(RouterTest, UnknownPathsAreNotFound) {
  for (const char* path : {"/v1",
                           "/v1/jobs/",
                           "/v1/jobs/1/2",
                           "//",
                           "/v1//jobs",
                           "/V1/jobs",
                           "/v1/jobs/..",
                           "/v1/jobs/%2e%2E",
                           "/v1/jobs/."}) {
    EXPECT_EQ(Ask("GET", path), "404") << path;
  }
  EXPECT_EQ(Ask("POST", "/nowhere"), "404");
  EXPECT_EQ(Ask("OPTIONS", "/nowhere"), "404");
}

TEST_F(RouterTest, BrokenEscapesAreBadRequests) {
  EXPECT_EQ(Ask("GET", "/v1/jobs/%"), "400");
  EXPECT_EQ(Ask("GET", "/v1/jobs/%00"), "400");
  EXPECT_EQ(Ask("GET", "/v1/jobs/%C0%AF"), "400");
  EXPECT_EQ(Ask("GET", "v1/jobs"), "400");
  EXPECT_EQ(Ask("GET", ""), "400");
  EXPECT_EQ(Ask("GET", "*"), "400");
}

TEST_F(RouterTest, HeadIsServedByTheGetHandler) {
  EXPECT_EQ(Ask("HEAD", "/v1/jobs/5"), "job 5");
  EXPECT_EQ(Ask("HEAD", "/v1/jobs/search"), "405");
}

TEST_F(RouterTest, WrongMethodsLearnTheRightOnes) {
  EXPECT_EQ(Ask("DELETE", "/v1/jobs"), "405");
  EXPECT_EQ(Allow("DELETE", "/v1/jobs"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(Allow("GET", "/v1/favourites/7"), "PUT, DELETE, OPTIONS");
  EXPECT_EQ(Ask("TRACE", "/v1/jobs"), "405");
  EXPECT_EQ(Ask("QUERY", "/v1/jobs"), "405");
}

TEST_F(RouterTest, MethodsNobodyKnowsAreNotImplemented) {
  EXPECT_EQ(Ask("get", "/v1/jobs"), "501");
  EXPECT_EQ(Ask("BREW", "/nowhere"), "501");
}

TEST_F(RouterTest, OptionsAnswersWithoutHandler) {
  EXPECT_EQ(Ask("OPTIONS", "/v1/jobs"), "204");
  EXPECT_EQ(Allow("OPTIONS", "/v1/jobs"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(Ask("OPTIONS", "*"), "204");
}

TEST_F(RouterTest, OptionsOfARouteTravelWithIt) {
  auto found = router_.Find("POST", "/v1/jobs/search");
  const auto& match = std::get<RouteMatch>(found);
  EXPECT_EQ(match.route->options.max_body_bytes, 4U << 20);
  EXPECT_EQ(match.route->pattern, "/v1/jobs/search");
}

TEST_F(RouterTest, RefusesContradictingRoutes) {
  EXPECT_DEATH(router_.Add("GET", "/v1/jobs", Answering("again")), "");
  EXPECT_DEATH(router_.Add("PATCH", "/v1/jobs/{id}", Answering("other name")), "");
  EXPECT_DEATH(router_.Add("GET", "v2", Answering("no slash")), "");
}

}  // namespace
}  // namespace kyujin::http

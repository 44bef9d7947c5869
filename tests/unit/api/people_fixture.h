// The handlers of people's own things over a small index and an empty store.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "server/api/favourite_handler.h"
#include "server/api/person_handler.h"
#include "server/api/saved_query_handler.h"
#include "server/store/open_store.h"
#include "server/store/token_text.h"
#include "tests/testing/temporary_folder.h"
#include "tests/unit/api/small_index.h"
#include "tests/unit/store/manual_clock.h"

namespace kyujin::api {

// Remembers what went wrong. Confined to one thread.
class FailureList final : public http::HttpObserver {
 public:
  void OnRequest(const http::RequestRecord& /*record*/) override {}
  void OnFailure(std::string_view /*where*/, std::string_view what) override {
    failures.emplace_back(what);
  }
  std::vector<std::string> failures;
};

struct Sent {
  std::string token;
  std::string body = {};
  std::vector<http::HeaderField> headers = {};
};

inline schema::FeedRecord PeopleRecord(std::string_view number, std::string_view title) {
  schema::FeedRecord feed = FullRecord();
  feed.Set("kjno", number);
  feed.Set("sksu", title);
  return feed;
}

// Confined to one thread.
class PeopleFixture : public testing::Test {
 protected:
  PeopleFixture() {
    auto opened = store::OpenStore("sqlite:" + (folder_ / "store.sqlite").string(), clock_);
    KYUJIN_CHECK(opened.has_value());
    store_ = std::move(*opened);
    access_ = std::make_unique<Access>(*store_, observer_);
    saved_ = std::make_unique<SavedQueryHandler>(
        SavedQueryServices{
            *store_, *access_, snapshots_, searcher_, search_, calendar_, observer_, 3},
        workers_);
    const PeopleServices services{*store_, *access_, snapshots_, removed_, calendar_, observer_, 2};
    favourites_ = std::make_unique<FavouriteHandler>(services);
    person_ = std::make_unique<PersonHandler>(services);
    saved_->AddRoutes(&router_);
    favourites_->AddRoutes(&router_);
    person_->AddRoutes(&router_);
  }

  void Publish(const std::vector<schema::FeedRecord>& records) {
    std::vector<schema::JobPosting> postings;
    for (const schema::FeedRecord& record : records) {
      postings.push_back(Derive(record));
    }
    index_.Publish(std::move(postings));
    snapshots_.Set(index_.Open());
    KYUJIN_CHECK(removed_.Follow(*snapshots_.Get()).has_value());
  }

  std::string Token(std::string_view user, store::Role role = store::Role::kUser) {
    const auto text = store::NewTokenText();
    KYUJIN_CHECK(text.has_value());
    KYUJIN_CHECK(store_->AddToken(store::DigestOf(*text), user, role).has_value());
    return *text;
  }

  http::HttpResponse Send(std::string_view method, std::string_view target, const Sent& sent) {
    http::HttpRequest request;
    request.method = method;
    const size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    request.headers = sent.headers;
    if (!sent.token.empty()) {
      request.headers.emplace_back("Authorization", "Bearer " + sent.token);
    }
    if (!sent.body.empty()) {
      request.headers.emplace_back("Content-Type", "application/json");
      request.body = sent.body;
    }
    const auto found = router_.Find(request.method, request.path);
    if (const auto* refusal = std::get_if<http::HttpResponse>(&found)) {
      return *refusal;
    }
    const auto& match = std::get<http::RouteMatch>(found);
    http::HandlerContext context;
    context.worker_index = 0;
    return match.route->handler(request, match.parameters, context);
  }

  // The JSON of an answer with that status.
  JsonValue Json(const http::HttpResponse& response, int status = 200) {
    EXPECT_EQ(response.status, status) << response.body;
    auto value = ParseJson(response.body);
    return value.has_value() ? *std::move(value) : JsonValue();
  }

  static std::string Text(const JsonValue& value, std::string_view name) {
    const JsonValue* member = value.Find(name);
    return member != nullptr && member->string() != nullptr ? *member->string() : "";
  }
  static int64_t Int(const JsonValue& value, std::string_view name) {
    const JsonValue* member = value.Find(name);
    return member != nullptr && member->integer() != nullptr ? *member->integer() : -1;
  }
  static const JsonArray& List(const JsonValue& value, std::string_view name) {
    static const JsonArray none;
    const JsonValue* member = value.Find(name);
    return member != nullptr && member->array() != nullptr ? *member->array() : none;
  }

  SmallIndex index_;
  test::TemporaryFolder folder_;
  test::ManualClock clock_;
  FailureList observer_;
  index::SnapshotHolder snapshots_;
  index::RemovedPostings removed_;
  search::Searcher searcher_;
  Calendar calendar_{clock_, Day("2026-11-22")};
  SearchWorkers workers_{index_.model(), 1};
  SearchHandler search_{{snapshots_, searcher_, calendar_, observer_, 1U << 20}, workers_};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Access> access_;
  std::unique_ptr<SavedQueryHandler> saved_;
  std::unique_ptr<FavouriteHandler> favourites_;
  std::unique_ptr<PersonHandler> person_;
  http::Router router_;
};

}  // namespace kyujin::api

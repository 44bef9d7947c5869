#include "tests/golden/served_index.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "engine/base/json.h"
#include "engine/schema/posting_deriver.h"

namespace kyujin::test {
namespace {

constexpr std::string_view kToday = "2026-11-22";
constexpr std::chrono::seconds kPatience{30};

}  // namespace

schema::FeedRecord BareRecord(const std::string& number, std::string_view received) {
  schema::FeedRecord feed;
  feed.Set(schema::Tag::kKjno, number);
  feed.Set(schema::Tag::kUktkymdSeireki, received);
  feed.Set(schema::Tag::kKjyukoymd, "2027/01/31");
  return feed;
}

schema::JobPosting DerivePosting(schema::FeedRecord feed) {
  static const schema::PlaceResolver places;
  schema::JobPosting posting;
  schema::Rejection rejection;
  KYUJIN_CHECK(schema::PostingDeriver(places).Derive(std::move(feed), &posting, &rejection));
  return posting;
}

ServedIndex::ServedIndex(const std::vector<schema::JobPosting>& postings) {
  index_.Publish(postings);
  Serve(index_.path(), *Date::Parse(kToday));
}

ServedIndex::ServedIndex(const std::filesystem::path& index, Date today) {
  Serve(index, today);
}

void ServedIndex::Serve(const std::filesystem::path& index, Date today) {
  app::ServerConfig config;
  config.index = index;
  config.listen = "127.0.0.1:0";
  config.today = today;
  config.worker_threads = 1;
  config.store = "sqlite:" + (people_ / "people.sqlite").string();
  auto app = app::App::Create(config);
  KYUJIN_CHECK(app.has_value());
  app_ = std::move(*app);
  app_->Start();
  const std::string address = app_->address();
  const int port = std::stoi(address.substr(address.rfind(':') + 1));
  client_ = std::make_unique<HttpClient>(static_cast<uint16_t>(port));
}

void ServedIndex::TakeUp() {
  app_->Reload();
  const std::string generation =
      fmt::format("\"generation\":{}", index_.publisher().live()->generation);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (client_->Get("/readyz").body.find(generation) == std::string::npos) {
    KYUJIN_CHECK(std::chrono::steady_clock::now() < deadline);
  }
}

std::optional<std::vector<std::string>> ServedIndex::Search(const std::string& query) {
  const HttpReply reply = client_->Get("/v1/jobs?" + query);
  const auto answer = ParseJson(reply.body);
  if (reply.status != 200 || !answer.has_value() || answer->Find("hits") == nullptr) {
    return std::nullopt;
  }
  std::vector<std::string> numbers;
  for (const JsonValue& hit : *answer->Find("hits")->array()) {
    numbers.push_back(*hit.Find("number")->string());
  }
  return numbers;
}

}  // namespace kyujin::test

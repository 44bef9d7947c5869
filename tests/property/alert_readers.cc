#include "tests/property/alert_readers.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "engine/base/json.h"
#include "tests/testing/event_stream_client.h"
#include "tests/testing/http_client.h"

namespace kyujin::test {
namespace {

constexpr int kOk = 200;

std::string TextOf(const JsonValue& object, std::string_view name) {
  const JsonValue* member = object.Find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : "";
}

GivenAlert AlertOf(const JsonValue& alert) {
  return {TextOf(alert, "id"),
          TextOf(alert, "saved_query"),
          TextOf(alert, "number"),
          TextOf(alert, "version")};
}

}  // namespace

AlertReader::AlertReader(Way way, const LivePorts& ports, std::string token, uint64_t seed)
    : ports_(ports), token_(std::move(token)), random_(seed), thread_([this, way] { Run(way); }) {}

void AlertReader::Stop() {
  is_stopped_ = true;
  if (thread_.joinable()) {
    thread_.join();
  }
}

size_t AlertReader::interruptions() const {
  const auto publication = [this](size_t place) {
    return given_[place].id.substr(0, given_[place].id.find('-'));
  };
  return static_cast<size_t>(std::count_if(begins_.begin(), begins_.end(), [&](size_t begin) {
    return begin > 0 && begin < given_.size() && publication(begin - 1) == publication(begin);
  }));
}

void AlertReader::Run(Way way) {
  constexpr std::chrono::milliseconds kUntilTheNextServer{2};
  while (!is_stopped_) {
    const uint16_t port = ports_.Pick(&random_);
    if (port == 0) {
      std::this_thread::sleep_for(kUntilTheNextServer);
    } else if (way == Way::kStream) {
      ReadStream(port);
    } else {
      ReadPage(port);
      std::this_thread::sleep_for(kUntilTheNextServer);
    }
  }
}

void AlertReader::ReadStream(uint16_t port) {
  HttpHeaders headers = {{"Authorization", "Bearer " + token_}};
  if (!cursor_.empty()) {
    headers["Last-Event-ID"] = cursor_;
  }
  EventStreamClient stream;
  if (!stream.Open(port, "/v1/alerts/stream", headers)) {
    return;
  }
  begins_.push_back(given_.size());
  // Now and then it leaves by itself, with events on the way.
  constexpr uint64_t kPatience = 60;
  uint64_t left = random_.Percent(30) ? 1 + random_.Below(kPatience) : UINT64_MAX;
  while (!is_stopped_ && stream.is_open() && left > 0) {
    const std::optional<ServerEvent> event = stream.Next();
    if (!event) {
      continue;
    }
    const auto alert = ParseJson(event->data);
    EXPECT_TRUE(alert.has_value() && !event->id.empty()) << event->data;
    if (alert.has_value()) {
      given_.push_back(AlertOf(*alert));
      cursor_ = event->id;
      ++count_;
      --left;
    }
  }
}

void AlertReader::ReadPage(uint16_t port) {
  constexpr uint64_t kMaxPage = 40;
  std::string target = fmt::format("/v1/alerts?limit={}", 1 + random_.Below(kMaxPage));
  if (!cursor_.empty()) {
    target += "&since=" + cursor_;
  }
  const HttpReply reply =
      HttpClient(port).Send("GET", target, {{"Authorization", "Bearer " + token_}});
  if (reply.status != kOk) {
    return;
  }
  begins_.push_back(given_.size());
  const auto page = ParseJson(reply.body);
  const JsonValue* alerts = page.has_value() ? page->Find("alerts") : nullptr;
  EXPECT_TRUE(alerts != nullptr && alerts->array() != nullptr) << reply.body;
  if (alerts == nullptr || alerts->array() == nullptr) {
    return;
  }
  for (const JsonValue& alert : *alerts->array()) {
    given_.push_back(AlertOf(alert));
    ++count_;
  }
  cursor_ = TextOf(*page, "next");
}

}  // namespace kyujin::test

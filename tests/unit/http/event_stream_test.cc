// Answers that go on after their head.
#include "server/http/event_stream.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/mutex.h"
#include "server/http/http_server.h"
#include "tests/unit/http/raw_client.h"

namespace kyujin::http {
namespace {

constexpr std::string_view kGet = "GET /stream HTTP/1.1\r\nHost: test\r\n\r\n";

// A server whose only route is a stream, and the streams it has begun.
class StreamServer {
 public:
  StreamServer() {
    Router router;
    router.Add("GET", "/stream", [this](const auto&, const auto&, const auto&) {
      HttpResponse response;
      response.content_type = "text/event-stream";
      response.stream = [this](std::shared_ptr<EventStream> stream) {
        const MutexLock lock(mutex_);
        streams_.push_back(std::move(stream));
        begun_.NotifyAll();
      };
      return response;
    });
    HttpLimits limits;
    limits.worker_threads = 2;
    auto server = HttpServer::Listen("127.0.0.1:0", std::move(router), limits, observer_);
    KYUJIN_CHECK(server.has_value());
    server_ = std::move(*server);
    server_->Start();
  }

  // The stream that began as number `place`; waits for it.
  std::shared_ptr<EventStream> Stream(size_t place) {
    const MutexLock lock(mutex_);
    while (streams_.size() <= place) {
      begun_.Wait(mutex_);
    }
    return streams_[place];
  }
  [[nodiscard]] uint16_t port() const { return server_->port(); }
  HttpServer& http() { return *server_; }

 private:
  Mutex mutex_;
  ConditionVariable begun_;
  std::vector<std::shared_ptr<EventStream>> streams_ KYUJIN_GUARDED_BY(mutex_);
  HttpObserver observer_;
  std::unique_ptr<HttpServer> server_;
};

std::shared_ptr<const std::string> Text(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

// Streams close on their own thread.
void AwaitClosed(const EventStream& stream) {
  while (stream.is_open()) {
    std::this_thread::yield();
  }
}

TEST(EventStreamTest, EventsFollowTheHeadInOrder) {
  StreamServer server;
  RawClient client(server.port());
  client.Send(kGet);
  const std::string head = client.ReadHead();
  EXPECT_EQ(StatusOf(head), 200);
  EXPECT_NE(head.find("Content-Type: text/event-stream"), head.npos);
  EXPECT_NE(head.find("Connection: close"), head.npos);
  EXPECT_EQ(head.find("Content-Length"), head.npos);
  const auto stream = server.Stream(0);
  for (int i = 0; i < 500; ++i) {
    stream->Send(Text("data: " + std::to_string(i) + "\r\n\r\n"));
  }
  for (int i = 0; i < 500; ++i) {
    ASSERT_EQ(client.ReadHead(), "data: " + std::to_string(i) + "\r\n\r\n");
  }
  server.http().Stop();
  EXPECT_TRUE(client.IsAtEnd());
  EXPECT_FALSE(stream->is_open());
}

TEST(EventStreamTest, AHeadRequestBeginsNoStream) {
  StreamServer server;
  RawClient client(server.port());
  client.Send("HEAD /stream HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadHead()), 200);
  EXPECT_TRUE(client.IsAtEnd());
}

TEST(EventStreamTest, ManyListenersGetAnEventAndAreClosedAtOnce) {
  constexpr size_t kListeners = 200;
  StreamServer server;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (size_t i = 0; i < kListeners; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->Send(kGet);
    EXPECT_EQ(StatusOf(clients.back()->ReadHead()), 200);
  }
  const auto event = Text("data: news\r\n\r\n");
  for (size_t i = 0; i < kListeners; ++i) {
    server.Stream(i)->Send(event);
  }
  for (const auto& client : clients) {
    EXPECT_EQ(client->ReadHead(), *event);
  }
  const auto start = std::chrono::steady_clock::now();
  server.http().Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  for (const auto& client : clients) {
    EXPECT_TRUE(client->IsAtEnd());
  }
}

TEST(EventStreamTest, AClientThatLeavesIsNoticed) {
  StreamServer server;
  RawClient client(server.port());
  client.Send(kGet);
  client.ReadHead();
  const auto stream = server.Stream(0);
  EXPECT_TRUE(stream->is_open());
  client.Send("what nobody reads");
  client.Close();
  AwaitClosed(*stream);
  stream->Send(Text("data: to nobody\n\n"));
}

TEST(EventStreamTest, AClientThatDoesNotReadIsClosed) {
  constexpr size_t kEvents = 300;
  StreamServer server;
  RawClient client(server.port());
  client.Send(kGet);
  client.ReadHead();
  const auto stream = server.Stream(0);
  const auto large = Text(std::string(100'000, 'x'));
  for (size_t i = 0; i < kEvents; ++i) {
    stream->Send(large);
  }
  AwaitClosed(*stream);
}

}  // namespace
}  // namespace kyujin::http

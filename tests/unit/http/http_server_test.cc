#include "server/http/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/http/gunzip.h"
#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

namespace kyujin::http {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kGetHello = "GET /hello?1 HTTP/1.1\r\nHost: a\r\n\r\n";

void ExpectHello(const std::string& response) {
  EXPECT_EQ(StatusOf(response), 200);
  EXPECT_EQ(BodyOf(response), "hello 1");
  EXPECT_THAT(response, HasSubstr("\r\nDate: "));
  EXPECT_THAT(response, HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(response, Not(HasSubstr("Connection: close")));
}

TEST(HttpServerTest, KeepsTheConnection) {
  TestServer server;
  RawClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.Send(kGetHello);
    ExpectHello(client.ReadResponse());
  }
}

TEST(HttpServerTest, ClosesWhenAsked) {
  TestServer server;
  RawClient client(server.port());
  client.Send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string response = client.ReadToEnd();
  EXPECT_EQ(StatusOf(response), 200);
  EXPECT_THAT(response, HasSubstr("Connection: close\r\n"));
}

TEST(HttpServerTest, OldClientsKeepTheConnectionWhenTheyAsk) {
  TestServer server;
  RawClient client(server.port());
  client.Send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(client.ReadResponse(), HasSubstr("Connection: keep-alive\r\n"));
  client.Send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadToEnd()), 200);
}

TEST(HttpServerTest, ServesPipelinedRequestsInOrder) {
  TestServer server;
  RawClient client(server.port());
  std::string requests;
  std::vector<std::string> expected;
  for (int i = 0; i < 100; ++i) {
    requests += "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    expected.emplace_back("io");
    requests += "GET /jobs/" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    expected.push_back("job " + std::to_string(i));
    requests += "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
    expected.emplace_back("body");
  }
  std::thread sender([&] { client.Send(requests); });
  std::vector<std::string> actual;
  while (actual.size() < expected.size()) {
    actual.push_back(BodyOf(client.ReadResponse()));
  }
  sender.join();
  EXPECT_EQ(actual, expected);
}

TEST(HttpServerTest, HeadIsGetWithoutBody) {
  TestServer server;
  RawClient client(server.port());
  client.Send("HEAD /hello?1 HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string head = client.ReadHead();
  EXPECT_EQ(StatusOf(head), 200);
  EXPECT_THAT(head, HasSubstr("Content-Length: 7\r\n"));
  EXPECT_THAT(head, HasSubstr("ETag: W/\"1\"\r\n"));
  client.Send("HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadHead()), 404);
  client.Send(kGetHello);
  EXPECT_EQ(BodyOf(client.ReadResponse()), "hello 1");
}

TEST(HttpServerTest, OptionsListsTheMethods) {
  TestServer server;
  RawClient client(server.port());
  client.Send("OPTIONS /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string head = client.ReadHead();
  EXPECT_EQ(StatusOf(head), 204);
  EXPECT_THAT(head, HasSubstr("Allow: GET, HEAD, OPTIONS\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
  client.Send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadHead()), 204);
}

TEST(HttpServerTest, WrongPathsAndMethodsKeepTheConnection) {
  TestServer server;
  RawClient client(server.port());
  client.Send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadResponse()), 404);
  client.Send("DELETE /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string response = client.ReadResponse();
  EXPECT_EQ(StatusOf(response), 405);
  EXPECT_THAT(response, HasSubstr("Allow: GET, HEAD, OPTIONS\r\n"));
  client.Send(kGetHello);
  EXPECT_EQ(StatusOf(client.ReadResponse()), 200);
}

TEST(HttpServerTest, NotModifiedHasNoBody) {
  TestServer server;
  RawClient client(server.port());
  client.Send("GET /not-modified HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string head = client.ReadHead();
  EXPECT_EQ(StatusOf(head), 304);
  EXPECT_THAT(head, HasSubstr("ETag: W/\"1\"\r\n"));
  client.Send(kGetHello);
  EXPECT_EQ(StatusOf(client.ReadResponse()), 200);
}

TEST(HttpServerTest, CompressesLargeAnswersWhenAsked) {
  TestServer server;
  RawClient client(server.port());
  client.Send("GET /large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
  const std::string response = client.ReadResponse();
  EXPECT_THAT(response, HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_THAT(response, HasSubstr("Vary: Accept-Encoding\r\n"));
  EXPECT_EQ(Gunzip(BodyOf(response)), std::string(3'000'000, 'x'));
  client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(BodyOf(client.ReadResponse()).size(), 3'000'000U);
  client.Send("GET /large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: identity;q=0\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadResponse()), 406);
}

TEST(HttpServerTest, TakesLargeBodiesWhereTheRouteAllows) {
  TestServer server;
  RawClient client(server.port());
  const std::string body(4U << 20, 'x');
  client.Send("POST /bulk HTTP/1.1\r\nHost: a\r\nContent-Length: 4194304\r\n\r\n" + body);
  EXPECT_EQ(BodyOf(client.ReadResponse()), "4194304");
  client.Send("POST /bulk HTTP/1.1\r\nHost: a\r\nContent-Length: 4194305\r\n\r\n" + body + "x");
  EXPECT_EQ(StatusOf(client.ReadToEnd()), 413);
}

TEST(HttpServerTest, InvitesTheBodyOfAnAcceptableRequest) {
  TestServer server;
  RawClient client(server.port());
  client.Send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.ReadHead(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("body");
  EXPECT_EQ(BodyOf(client.ReadResponse()), "body");
}

TEST(HttpServerTest, DoesNotInviteABodyItWillNotTake) {
  TestServer server;
  RawClient client(server.port());
  client.Send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadToEnd()), 413);
}

TEST(HttpServerTest, DoesNotInviteABodyThatIsAlreadyThere) {
  TestServer server;
  RawClient client(server.port());
  client.Send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nbody");
  const std::string response = client.ReadResponse();
  EXPECT_EQ(StatusOf(response), 200);
  EXPECT_EQ(BodyOf(response), "body");
}

TEST(HttpServerTest, ExceptionsBecomeA500WithoutTheirText) {
  TestServer server;
  RawClient client(server.port());
  client.Send("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string response = client.ReadResponse();
  EXPECT_EQ(StatusOf(response), 500);
  EXPECT_THAT(response, HasSubstr("application/problem+json"));
  EXPECT_THAT(response, Not(HasSubstr("secret")));
  EXPECT_THAT(server.observer.failures(), ElementsAre("/throw: secret text"));
  client.Send(kGetHello);
  EXPECT_EQ(StatusOf(client.ReadResponse()), 200);
}

TEST(HttpServerTest, TellsTheObserver) {
  TestServer server;
  RawClient client(server.port());
  client.Send(
      "GET /jobs/5 HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\nGET\r\n\r\n");
  client.ReadToEnd();
  EXPECT_THAT(server.observer.lines(), ElementsAre("GET /jobs/{number} 200", "GET  404", "  400"));
}

TEST(HttpServerTest, ClosesSilentConnections) {
  HttpLimits limits;
  limits.idle_timeout = milliseconds(1);
  TestServer server(limits);
  RawClient client(server.port());
  EXPECT_TRUE(client.IsAtEnd());
}

TEST(HttpServerTest, ABytesNowAndThenDoesNotMoveTheDeadline) {
  HttpLimits limits;
  limits.header_timeout = milliseconds(1);
  TestServer server(limits);
  RawClient client(server.port());
  client.Send("GET /hello HTTP/1.1\r\n");
  const std::string response = client.ReadToEnd();
  EXPECT_EQ(StatusOf(response), 408);
  EXPECT_THAT(response, HasSubstr("Connection: close\r\n"));
}

TEST(HttpServerTest, BodiesHaveADeadlineToo) {
  HttpLimits limits;
  limits.body_timeout = milliseconds(1);
  TestServer server(limits);
  RawClient client(server.port());
  client.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
  EXPECT_EQ(StatusOf(client.ReadToEnd()), 408);
}

TEST(HttpServerTest, AHandlerThatOverrunsLosesItsClient) {
  HttpLimits limits;
  // One millisecond after the request, though its deadline is far away.
  limits.handler_overrun = milliseconds(1) - TestServer::kHandlerTimeout;
  TestServer server(limits);
  RawClient client(server.port());
  client.Send("GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadToEnd()), 503);
  EXPECT_THAT(server.observer.failures(), ElementsAre("/gate: the handler overran its deadline"));
  server.gate.Release();
}

TEST(HttpServerTest, ARequestThatWaitedPastItsDeadlineIsNotRun) {
  TestServer server;
  RawClient client(server.port());
  // The handler would wait for ever: nobody opens the gate.
  client.Send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string response = client.ReadResponse();
  EXPECT_EQ(StatusOf(response), 503);
  EXPECT_THAT(response, HasSubstr("Retry-After: 1\r\n"));
  client.Send(kGetHello);
  EXPECT_EQ(StatusOf(client.ReadResponse()), 200);
}

TEST(HttpServerTest, RefusesRequestsOverTheQueue) {
  HttpLimits limits;
  limits.worker_threads = 1;
  limits.max_queued_requests = 0;
  TestServer server(limits);
  RawClient client(server.port());
  client.Send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string response = client.ReadResponse();
  EXPECT_EQ(StatusOf(response), 503);
  EXPECT_THAT(response, HasSubstr("Retry-After: 1\r\n"));
  client.Send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(BodyOf(client.ReadResponse()), "io");
}

TEST(HttpServerTest, RefusesConnectionsOverTheLimit) {
  HttpLimits limits;
  limits.max_connections = 1;
  TestServer server(limits);
  RawClient first(server.port());
  first.Send(kGetHello);
  EXPECT_EQ(StatusOf(first.ReadResponse()), 200);
  RawClient second(server.port());
  EXPECT_EQ(StatusOf(second.ReadToEnd()), 503);
  first.Send(kGetHello);
  EXPECT_EQ(StatusOf(first.ReadResponse()), 200);
}

TEST(HttpServerTest, EndsConnectionsAfterTheirShare) {
  HttpLimits limits;
  limits.max_requests_per_connection = 2;
  TestServer server(limits);
  RawClient client(server.port());
  client.Send(kGetHello);
  EXPECT_THAT(client.ReadResponse(), Not(HasSubstr("Connection: close")));
  client.Send(kGetHello);
  EXPECT_THAT(client.ReadToEnd(), HasSubstr("Connection: close\r\n"));
}

TEST(HttpServerTest, SpreadsConnectionsOverItsLoops) {
  HttpLimits limits;
  limits.io_threads = 3;
  limits.worker_threads = 3;
  TestServer server(limits);
  std::vector<std::thread> clients;
  clients.reserve(6);
  for (int i = 0; i < 6; ++i) {
    clients.emplace_back([&server, i] {
      RawClient client(server.port());
      for (int j = 0; j < 50; ++j) {
        const std::string number = std::to_string(i) + "-" + std::to_string(j);
        client.Send("GET /jobs/" + number + " HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(BodyOf(client.ReadResponse()), "job " + number);
      }
    });
  }
  for (std::thread& thread : clients) {
    thread.join();
  }
  server.http->Stop();
}

TEST(HttpServerStopTest, RunningRequestsAreAnswered) {
  TestServer server;
  RawClient running(server.port());
  running.Send("GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
  RawClient idle(server.port());
  idle.Send(kGetHello);
  idle.ReadResponse();
  server.gate.AwaitVisitors();
  std::thread stopper([&] { server.http->Stop(milliseconds(60'000)); });
  // Once the idle connection is closed the server is stopping; only then may the handler end.
  EXPECT_TRUE(idle.IsAtEnd());
  EXPECT_FALSE(RawClient(server.port()).is_connected());
  server.gate.Release();
  const std::string response = running.ReadToEnd();
  EXPECT_EQ(BodyOf(response), "passed");
  EXPECT_THAT(response, HasSubstr("Connection: close\r\n"));
  stopper.join();
}

// Asks again and again until the server closes. Returns whether every answer was whole.
bool AskUntilClosed(uint16_t port, std::latch& first_answers) {
  RawClient client(port);
  bool is_whole = true;
  std::string response = "none yet";
  for (int i = 0; !response.empty(); ++i) {
    client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    response = client.ReadResponse();
    // Nothing at all is what a client sees whose next request crossed the server's farewell.
    is_whole = is_whole && (response.empty() || BodyOf(response).size() == 3'000'000);
    if (i == 0) {
      first_answers.count_down();
    }
  }
  return is_whole;
}

TEST(HttpServerStopTest, NoAnswerIsCutShort) {
  HttpLimits limits;
  limits.io_threads = 2;
  TestServer server(limits);
  std::latch first_answers(4);
  std::vector<std::future<bool>> clients(4);
  for (auto& client : clients) {
    client = std::async(std::launch::async,
                        [&] { return AskUntilClosed(server.port(), first_answers); });
  }
  first_answers.wait();
  server.http->Stop(milliseconds(60'000));
  for (auto& client : clients) {
    EXPECT_TRUE(client.get());
  }
}

TEST(HttpServerStopTest, GraceHasAnEnd) {
  TestServer server;
  RawClient running(server.port());
  running.Send("GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
  server.gate.AwaitVisitors();
  std::thread stopper([&] { server.http->Stop(milliseconds(1)); });
  EXPECT_TRUE(running.IsAtEnd());
  server.gate.Release();
  stopper.join();
}

TEST(HttpServerStopTest, CanBeStoppedTwiceOrNeverStarted) {
  RecordingObserver observer;
  HttpLimits limits;
  limits.worker_threads = 1;
  auto server = HttpServer::Listen("127.0.0.1:0", Router(), limits, observer);
  ASSERT_TRUE(server.has_value());
  (*server)->Stop();
  (*server)->Stop();
}

TEST(HttpServerListenTest, PortInUseIsAnErrorThatNamesIt) {
  TestServer server;
  const std::string address = server.http->address();
  EXPECT_EQ(address, "127.0.0.1:" + std::to_string(server.port()));
  RecordingObserver observer;
  const auto second = HttpServer::Listen(address, Router(), {}, observer);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(second.error().message, HasSubstr(address));
  EXPECT_THAT(second.error().message, HasSubstr("choose another"));
}

TEST(HttpServerListenTest, AddressesThatAreNoneAreRefused) {
  RecordingObserver observer;
  for (const char* address : {"",
                              "8080",
                              "127.0.0.1",
                              "127.0.0.1:",
                              "127.0.0.1:x",
                              "::1:80",
                              "127.0.0.1:65536",
                              "example.invalid:80",
                              "127.0.0.1:-1",
                              ":80"}) {
    const auto server = HttpServer::Listen(address, Router(), {}, observer);
    ASSERT_FALSE(server.has_value()) << address;
    EXPECT_EQ(server.error().code, ErrorCode::kInvalidArgument) << address;
  }
}

TEST(HttpServerListenTest, LocalhostIsLoopback) {
  RecordingObserver observer;
  const auto server = HttpServer::Listen("localhost:0", Router(), {}, observer);
  ASSERT_TRUE(server.has_value());
  EXPECT_THAT((*server)->address(), HasSubstr("127.0.0.1:"));
}

}  // namespace
}  // namespace kyujin::http

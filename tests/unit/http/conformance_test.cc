// Bytes in, status out: what the server says to clients that are broken or hostile.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

namespace kyujin::http {
namespace {

struct WireCase {
  const char* name;
  std::string bytes;
  int status;
};

std::ostream& operator<<(std::ostream& out, const WireCase& wire_case) {
  return out << wire_case.name;
}

constexpr const char* kLast = "Host: a\r\nConnection: close\r\n";

std::string Post(const std::string& headers) {
  return "POST /echo HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}

std::string Get(const std::string& target, const std::string& headers = "Host: a\r\n") {
  return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
}

class WireCaseTest : public testing::TestWithParam<WireCase> {
 protected:
  // One server for all cases: what one client does must not matter to the next.
  static uint16_t Port() {
    static TestServer server;
    return server.port();
  }
};

void ExpectRefusal(const std::string& response) {
  EXPECT_NE(response.find("Content-Type: application/problem+json\r\n"), std::string::npos);
  EXPECT_NE(response.find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(response.find("\r\n\r\n"), response.rfind("\r\n\r\n")) << "answered twice";
}

TEST_P(WireCaseTest, InOnePieceThenClosed) {
  RawClient client(Port());
  client.Send(GetParam().bytes);
  client.FinishSending();
  const std::string response = client.ReadToEnd();
  EXPECT_EQ(StatusOf(response), GetParam().status) << response;
  if (GetParam().status >= 400) {
    ExpectRefusal(response);
  }
}

TEST_P(WireCaseTest, ByteByByte) {
  if (GetParam().bytes.size() > 1'000) {
    GTEST_SKIP();
  }
  RawClient client(Port());
  client.SendBytewise(GetParam().bytes);
  client.FinishSending();
  EXPECT_EQ(StatusOf(client.ReadToEnd()), GetParam().status);
}

TEST_P(WireCaseTest, ServerSurvivesAResetAtEveryByte) {
  if (GetParam().bytes.size() > 300) {
    GTEST_SKIP();
  }
  for (size_t size = 1; size < GetParam().bytes.size(); ++size) {
    RawClient client(Port());
    client.Send(GetParam().bytes.substr(0, size));
    client.Abort();
  }
  RawClient client(Port());
  client.Send(Get("/hello?q"));
  EXPECT_EQ(BodyOf(client.ReadResponse()), "hello q");
}

INSTANTIATE_TEST_SUITE_P(
    Framing,
    WireCaseTest,
    testing::Values(
        WireCase{"BothLengths", Post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
        WireCase{"BothReversed", Post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
        WireCase{"GzipTransfer", Post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"), 400},
        WireCase{"GzipTransferAlone", Post("Transfer-Encoding: gzip\r\n"), 501},
        WireCase{
            "Chunked", Post("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n", 411},
        WireCase{"TwoLengths", Post("Content-Length: 5\r\nContent-Length: 5\r\n") + "hello", 400},
        WireCase{"ListLength", Post("Content-Length: 5,5\r\n") + "hello", 400},
        WireCase{"SignedLength", Post("Content-Length: +5\r\n") + "hello", 400},
        WireCase{"HugeLength", Post("Content-Length: 99999999999999999999999\r\n"), 400},
        WireCase{"OverLimit", Post("Content-Length: 65537\r\n") + "x", 413},
        WireCase{"HugeButValid", Post("Content-Length: 18446744073709551615\r\n"), 413},
        WireCase{"GzipBody", Post("Content-Encoding: gzip\r\nContent-Length: 1\r\n") + "x", 415},
        WireCase{"OldChunked", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400}),
    [](const auto& instance) { return instance.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Heads,
    WireCaseTest,
    testing::Values(
        WireCase{"NoHost", Get("/hello", ""), 400},
        WireCase{"TwoHosts", Get("/hello", "Host: a\r\nHost: a\r\n"), 400},
        WireCase{"OtherHost", Get("http://evil/hello"), 400},
        WireCase{"RawUtf8", Get("/hello?q=求人"), 400},
        WireCase{"SpaceInTarget", Get("/hello there"), 400},
        WireCase{"Fragment", Get("/hello#x"), 400},
        WireCase{"EncodedNul", Get("/jobs/%00", kLast), 400},
        WireCase{"Overlong", Get("/jobs/%C0%AF", kLast), 400},
        WireCase{"Dots", Get("/jobs/%2e%2e", kLast), 404},
        WireCase{"SpaceBeforeColon", Get("/hello", "Host : a\r\n"), 400},
        WireCase{"EmptyName", Get("/hello", "Host: a\r\n: b\r\n"), 400},
        WireCase{"Folded", Get("/hello", "Host: a\r\nA: b\r\n c\r\n"), 400},
        WireCase{"BareLf", "GET /hello HTTP/1.1\nHost: a\n\n", 400},
        WireCase{"Nul", std::string("GET /he\0lo HTTP/1.1\r\n", 21), 400},
        WireCase{"ThreeEmptyLines", "\r\n\r\n\r\n" + Get("/hello"), 400},
        WireCase{"Tls", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400},
        WireCase{"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        WireCase{"Version12", "GET /hello HTTP/1.2\r\nHost: a\r\n\r\n", 505},
        WireCase{"Version09", "GET /hello\r\n\r\n", 400},
        WireCase{"LongTarget", Get("/hello?" + std::string(8'000, 'a')), 414},
        WireCase{"EndlessLine", std::string(20'000, 'a'), 414},
        WireCase{"LongHeaders",
                 Get("/hello",
                     "Host: a\r\n" + ("A: " + std::string(8'000, 'a') + "\r\n") +
                         ("B: " + std::string(8'000, 'b') + "\r\n") +
                         ("C: " + std::string(400, 'b') + "\r\n")),
                 431},
        WireCase{
            "LongHeader", Get("/hello", "Host: a\r\nA: " + std::string(8'190, 'a') + "\r\n"), 431}),
    [](const auto& instance) { return instance.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Methods,
    WireCaseTest,
    testing::Values(
        WireCase{"Unknown", "BREW /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 501},
        WireCase{"LowerCase", "get /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 501},
        WireCase{"Connect", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        WireCase{"Trace", "TRACE /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405},
        WireCase{"BadExpectation", Post("Expect: tea\r\nContent-Length: 1\r\n"), 417},
        WireCase{"WrongMethodWithBody",
                 "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
                 405}),
    [](const auto& instance) { return instance.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Good,
    WireCaseTest,
    testing::Values(
        WireCase{"Plain", Get("/hello"), 200},
        WireCase{"OneEmptyLine", "\r\n" + Get("/hello"), 200},
        WireCase{"AbsoluteForm", Get("http://a/hello"), 200},
        WireCase{"Old", "GET /hello HTTP/1.0\r\n\r\n", 200},
        WireCase{"Body", Post("Content-Length: 5\r\n") + "hello", 200},
        WireCase{"AtLimit", Post("Content-Length: 65536\r\n") + std::string(65'536, 'x'), 200},
        WireCase{"LongestLine", Get("/hello?" + std::string(8'000 - 20, 'a')), 200}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace kyujin::http

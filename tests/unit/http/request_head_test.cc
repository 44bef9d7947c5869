#include "server/http/request_head.h"

#include <gtest/gtest.h>

namespace kyujin::http {
namespace {

// The status of the refusal, or 0.
int Check(const std::string& bytes) {
  auto parsed = ParseHead(bytes);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
    return refusal->status;
  }
  auto checked = CheckHead(std::get<ParsedHead>(parsed));
  const auto* refusal = std::get_if<Refusal>(&checked);
  return refusal == nullptr ? 0 : refusal->status;
}

CheckedHead Checked(const std::string& bytes) {
  return std::get<CheckedHead>(CheckHead(std::get<ParsedHead>(ParseHead(bytes))));
}

struct HeadCase {
  const char* head;
  int status;
};

class HeadCaseTest : public testing::TestWithParam<HeadCase> {};

TEST_P(HeadCaseTest, IsJudgedAsTheTableSays) {
  EXPECT_EQ(Check(GetParam().head), GetParam().status) << GetParam().head;
}

#define KYUJIN_POST "POST / HTTP/1.1\r\nHost: a\r\n"

INSTANTIATE_TEST_SUITE_P(
    Framing,
    HeadCaseTest,
    testing::Values(
        HeadCase{KYUJIN_POST "Content-Length: 5\r\n\r\n", 0},
        HeadCase{KYUJIN_POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Transfer-Encoding: chunked, gzip\r\nContent-Length: 5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Transfer-Encoding: gzip\r\n\r\n", 501},
        HeadCase{KYUJIN_POST "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n",
                 400},
        HeadCase{KYUJIN_POST "Transfer-Encoding: Chunked\r\n\r\n", 411},
        HeadCase{"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: 5,5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: +5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: -5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: 0x5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: 5 5\r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: \r\n\r\n", 400},
        HeadCase{KYUJIN_POST "Content-Length: 18446744073709551616\r\n\r\n", 400}));

INSTANTIATE_TEST_SUITE_P(
    HostAndTarget,
    HeadCaseTest,
    testing::Values(HeadCase{"GET / HTTP/1.1\r\n\r\n", 400},
                    HeadCase{"GET / HTTP/1.0\r\n\r\n", 0},
                    HeadCase{"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
                    HeadCase{"GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
                    HeadCase{"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
                    HeadCase{"GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 0},
                    HeadCase{"GET /\xE6\xB1\x82 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    HeadCase{"GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    HeadCase{"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    HeadCase{"GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    HeadCase{"GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n", 0},
                    HeadCase{"GET http://b/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    HeadCase{"GET ftp://a/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    HeadCase{"GET http://u@a/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    HeadCase{"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501},
                    HeadCase{"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 0},
                    HeadCase{"GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400}));

INSTANTIATE_TEST_SUITE_P(Syntax,
                         HeadCaseTest,
                         testing::Values(HeadCase{"GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
                                         HeadCase{"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
                                         HeadCase{"GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505},
                                         HeadCase{"GET /\r\n\r\n", 400},
                                         HeadCase{"GET / http/1.1\r\nHost: a\r\n\r\n", 400},
                                         HeadCase{"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
                                         HeadCase{"GET / HTTP/1.1\r\n: a\r\n\r\n", 400},
                                         HeadCase{"GET / HTTP/1.1\r\nHost\r\n\r\n", 400},
                                         HeadCase{"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                                         HeadCase{"\r\n", 400},
                                         HeadCase{"", 400}));

INSTANTIATE_TEST_SUITE_P(
    Expectations,
    HeadCaseTest,
    testing::Values(HeadCase{KYUJIN_POST "Expect: 100-continue\r\n\r\n", 0},
                    HeadCase{KYUJIN_POST "Expect: 200-ok\r\n\r\n", 417},
                    HeadCase{KYUJIN_POST "Content-Encoding: gzip\r\n\r\n", 415},
                    HeadCase{KYUJIN_POST "Content-Encoding: identity\r\n\r\n", 0}));

#undef KYUJIN_POST

TEST(CheckHeadTest, SplitsTheTarget) {
  const CheckedHead head = Checked("GET /v1/jobs?q=a?b&c HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(head.path, "/v1/jobs");
  EXPECT_EQ(head.query, "q=a?b&c");
}

TEST(CheckHeadTest, TakesTheAbsoluteFormOfItsOwnHost) {
  const CheckedHead head = Checked("GET http://A:80?q=1 HTTP/1.1\r\nHost: a:80\r\n\r\n");
  EXPECT_EQ(head.path, "/");
  EXPECT_EQ(head.query, "q=1");
}

TEST(CheckHeadTest, KnowsWhetherTheConnectionStays) {
  EXPECT_TRUE(Checked("GET / HTTP/1.1\r\nHost: a\r\n\r\n").keeps_alive);
  EXPECT_FALSE(Checked("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n").keeps_alive);
  EXPECT_FALSE(Checked("GET / HTTP/1.0\r\n\r\n").keeps_alive);
  EXPECT_TRUE(Checked("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keeps_alive);
}

TEST(CheckHeadTest, ReadsLengthAndExpectation) {
  const CheckedHead head =
      Checked("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nExpect: 100-Continue\r\n\r\n");
  EXPECT_EQ(head.content_length, 12U);
  EXPECT_TRUE(head.expects_continue);
}

}  // namespace
}  // namespace kyujin::http

#include "server/http/head_scanner.h"

#include <gtest/gtest.h>

#include <string>

namespace kyujin::http {
namespace {

using State = HeadScan::State;

HeadScan ScanWhole(std::string_view bytes, const HttpLimits& limits = {}) {
  return HeadScanner(limits).Scan(bytes);
}

// Gives the scanner one more byte each time, as a slow client would.
HeadScan ScanBytewise(std::string_view bytes, const HttpLimits& limits = {}) {
  HeadScanner scanner(limits);
  HeadScan scan;
  for (size_t size = 1; size <= bytes.size() && scan.state == State::kIncomplete; ++size) {
    scan = scanner.Scan(bytes.substr(0, size));
  }
  return scan;
}

TEST(HeadScannerTest, FindsTheEndOfTheHead) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const HeadScan& scan : {ScanWhole(head + "GET /next"), ScanBytewise(head)}) {
    EXPECT_EQ(scan.state, State::kComplete);
    EXPECT_EQ(scan.begin, 0U);
    EXPECT_EQ(scan.end, head.size());
  }
}

TEST(HeadScannerTest, WaitsForMore) {
  EXPECT_EQ(ScanWhole("GET / HTTP/1.1\r\nHost: a\r\n\r").state, State::kIncomplete);
  EXPECT_EQ(ScanWhole("").state, State::kIncomplete);
}

TEST(HeadScannerTest, ForgivesOneEmptyLineBeforeTheRequest) {
  const HeadScan scan = ScanBytewise("\r\nGET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(scan.state, State::kComplete);
  EXPECT_EQ(scan.begin, 2U);
  EXPECT_EQ(ScanBytewise("\r\n\r\nGET / HTTP/1.1\r\n\r\n").status, 400);
}

class BadHeadTest : public testing::TestWithParam<std::string_view> {};

TEST_P(BadHeadTest, IsRefusedAtOnceAndBytewise) {
  EXPECT_EQ(ScanWhole(GetParam()).state, State::kRefused);
  EXPECT_EQ(ScanWhole(GetParam()).status, 400);
  EXPECT_EQ(ScanBytewise(GetParam()).status, 400);
}

INSTANTIATE_TEST_SUITE_P(Forms,
                         BadHeadTest,
                         testing::Values("GET / HTTP/1.1\nHost: a\n\n",
                                         "\n",
                                         "GET / HTTP/1.1\rHost: a",
                                         "GET / HTTP/1.1\r\r\n",
                                         " GET / HTTP/1.1\r\n",
                                         "GET / HTTP/1.1\r\nA: b\r\n folded\r\n",
                                         "GET / HTTP/1.1\r\nA: b\r\n\tfolded\r\n",
                                         "GET / HTTP/1.1\r\nA: \x1B[0m\r\n",
                                         "GET /\x7F HTTP/1.1\r\n",
                                         std::string_view("GET /\0 HTTP/1.1\r\n", 17),
                                         // the first bytes of a TLS handshake
                                         std::string_view("\x16\x03\x01\x02\x00\x01", 6)));

TEST(HeadScannerTest, RequestLineEndsAtItsLimit) {
  HttpLimits limits;
  limits.max_request_line_bytes = 40;
  const std::string line = "GET /" + std::string(26, 'a') + " HTTP/1.1";
  ASSERT_EQ(line.size(), 40U);
  EXPECT_EQ(ScanWhole(line + "\r\n\r\n", limits).state, State::kComplete);
  EXPECT_EQ(ScanWhole("x" + line + "\r\n\r\n", limits).status, 414);
  EXPECT_EQ(ScanBytewise("x" + line, limits).status, 414);
}

TEST(HeadScannerTest, OneFieldEndsAtItsLimit) {
  HttpLimits limits;
  limits.max_header_field_bytes = 20;
  const std::string start = "GET / HTTP/1.1\r\n";
  EXPECT_EQ(ScanWhole(start + "Abc: " + std::string(15, 'x') + "\r\n\r\n", limits).state,
            State::kComplete);
  EXPECT_EQ(ScanWhole(start + "Abc: " + std::string(16, 'x') + "\r\n\r\n", limits).status, 431);
}

TEST(HeadScannerTest, AllFieldsTogetherEndAtTheirLimit) {
  HttpLimits limits;
  limits.max_header_bytes = 64;
  const std::string start = "GET /" + std::string(100, 'a') + " HTTP/1.1\r\n";
  const std::string fields = "A: " + std::string(27, 'x') + "\r\nB: " + std::string(25, 'y');
  EXPECT_EQ(ScanWhole(start + fields + "\r\n\r\n", limits).state, State::kComplete);
  EXPECT_EQ(ScanWhole(start + fields + "yyyyyyyy\r\n\r\n", limits).status, 431);
}

TEST(HeadScannerTest, NumberOfFieldsIsLimited) {
  HttpLimits limits;
  limits.max_header_fields = 2;
  EXPECT_EQ(ScanWhole("GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\n\r\n", limits).state, State::kComplete);
  EXPECT_EQ(ScanWhole("GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n", limits).status, 431);
}

}  // namespace
}  // namespace kyujin::http

#include "server/http/content_coding.h"

#include <gtest/gtest.h>

#include "tests/unit/http/gunzip.h"

namespace kyujin::http {
namespace {

struct CodingCase {
  const char* header;
  bool identity;
  bool gzip;
  bool prefers_gzip;
};

class CodingCaseTest : public testing::TestWithParam<CodingCase> {};

TEST_P(CodingCaseTest, FollowsTheQualityValues) {
  const AcceptedCodings accepted = ParseAcceptEncoding(GetParam().header);
  EXPECT_EQ(accepted.identity, GetParam().identity) << GetParam().header;
  EXPECT_EQ(accepted.gzip, GetParam().gzip) << GetParam().header;
  EXPECT_EQ(accepted.prefers_gzip, GetParam().prefers_gzip) << GetParam().header;
}

INSTANTIATE_TEST_SUITE_P(
    Headers,
    CodingCaseTest,
    testing::Values(CodingCase{"gzip", true, true, true},
                    CodingCase{"GZip, deflate, br", true, true, true},
                    CodingCase{"br;q=1.0, gzip;q=0.8, *;q=0.1", true, true, true},
                    CodingCase{"*", true, true, true},
                    CodingCase{"", true, false, false},
                    CodingCase{"br", true, false, false},
                    CodingCase{"gzip;q=0", true, false, false},
                    CodingCase{"gzip;q=0.0, *", true, false, false},
                    CodingCase{"identity, gzip;q=0.5", true, true, false},
                    CodingCase{"gzip ; q=0.5 , identity ; q=0.4", true, true, true},
                    CodingCase{"identity;q=0", false, false, false},
                    CodingCase{"*;q=0", false, false, false},
                    CodingCase{"*;q=0, gzip", false, true, true},
                    CodingCase{"gzip;q=0.001, identity;q=0", false, true, true},
                    CodingCase{"gzip;q=2", true, false, false},
                    CodingCase{"gzip;q=abc", true, false, false},
                    CodingCase{"gzip;x=1", true, false, false},
                    CodingCase{"gzip;q=1.0001", true, false, false},
                    CodingCase{",,;,gzip,", true, true, true}));

TEST(ParseAcceptEncodingTest, WithoutTheHeaderNothingIsCompressed) {
  const AcceptedCodings accepted = ParseAcceptEncoding(std::nullopt);
  EXPECT_TRUE(accepted.identity);
  EXPECT_FALSE(accepted.gzip);
}

TEST(GzipTest, ComesBackTheSame) {
  std::string body;
  for (int i = 0; i < 5'000; ++i) {
    body += "求人 " + std::to_string(i) + "\n";
  }
  for (const std::string& text : {body, std::string(), std::string("a")}) {
    const auto compressed = Gzip(text, 1);
    ASSERT_TRUE(compressed.has_value());
    EXPECT_EQ(Gunzip(*compressed), text);
  }
  EXPECT_LT(Gzip(body, 1)->size(), body.size() / 3);
}

}  // namespace
}  // namespace kyujin::http

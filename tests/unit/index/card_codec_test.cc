#include "engine/index/card_codec.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::index {
namespace {

using schema::JobPosting;

std::string Encoded(const JobPosting& posting) {
  std::string card;
  EncodeCard(posting, &card);
  return card;
}

TEST(CardCodecTest, PostingsComeBackWithEveryMember) {
  std::mt19937_64 random(test::RandomSeed());
  for (const JobPosting& posting : test::RandomPostings(&random, 1'000)) {
    const Result<JobPosting> back = DecodeCard(Encoded(posting));
    ASSERT_TRUE(back.has_value()) << back.error().message;
    ASSERT_TRUE(test::IsSame(*back, posting)) << posting.number.ToString();
  }
}

TEST(CardCodecTest, AnEmptyPostingComesBack) {
  const Result<JobPosting> back = DecodeCard(Encoded(JobPosting()));
  ASSERT_TRUE(back.has_value());
  EXPECT_TRUE(test::IsSame(*back, JobPosting()));
}

TEST(CardCodecTest, BusStopsStayBusStops) {
  JobPosting posting;
  posting.stations = {{"渋谷駅", "渋谷", 5, false}, {"役場前", "役場前", std::nullopt, true}};
  EXPECT_EQ(DecodeCard(Encoded(posting))->stations, posting.stations);
}

TEST(CardCodecTest, AppendsToWhatIsThere) {
  std::string bytes = "before";
  EncodeCard(JobPosting(), &bytes);
  EXPECT_EQ(bytes, "before" + Encoded(JobPosting()));
}

TEST(CardCodecTest, TruncatedCardsAreCorrupt) {
  std::mt19937_64 random(test::RandomSeed());
  for (const JobPosting& posting : test::RandomPostings(&random, 20)) {
    const std::string card = Encoded(posting);
    for (size_t size = 0; size < card.size(); ++size) {
      const Result<JobPosting> back = DecodeCard(std::string_view(card).substr(0, size));
      ASSERT_FALSE(back.has_value()) << size;
      ASSERT_EQ(back.error().code, ErrorCode::kCorruption);
    }
    EXPECT_FALSE(DecodeCard(card + '\0').has_value()) << "a byte too many";
  }
}

TEST(CardCodecTest, FlippedBitsNeverCrash) {
  std::mt19937_64 random(test::RandomSeed());
  size_t refused = 0;
  for (const JobPosting& posting : test::RandomPostings(&random, 10)) {
    const std::string card = Encoded(posting);
    for (size_t bit = 0; bit < card.size() * 8; ++bit) {
      std::string broken = card;
      broken[bit / 8] = static_cast<char>(broken[bit / 8] ^ (1 << (bit % 8)));
      const Result<JobPosting> back = DecodeCard(broken);
      if (back.has_value()) {
        // What was read can be written and read again.
        ASSERT_TRUE(test::IsSame(*DecodeCard(Encoded(*back)), *back)) << "bit " << bit;
      } else {
        ASSERT_EQ(back.error().code, ErrorCode::kCorruption);
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 0U);
}

TEST(CardCodecTest, RandomBytesNeverCrash) {
  std::mt19937_64 random(test::RandomSeed());
  for (int run = 0; run < 5'000; ++run) {
    std::string bytes(random() % 200, '\0');
    for (char& byte : bytes) {
      byte = random() % 2 == 0 ? static_cast<char>(random() % 4) : static_cast<char>(random());
    }
    const Result<JobPosting> back = DecodeCard(bytes);
    ASSERT_TRUE(back.has_value() || back.error().code == ErrorCode::kCorruption);
  }
}

}  // namespace
}  // namespace kyujin::index

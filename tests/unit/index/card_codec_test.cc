#include "engine/index/card_codec.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::index {
namespace {

using schema::JobPosting;

StoredPosting Encoded(const JobPosting& posting) {
  StoredPosting stored;
  EncodePosting(posting, &stored);
  return stored;
}

Result<JobPosting> Decoded(const StoredPosting& stored) {
  return DecodePosting(stored.hit, stored.card);
}

// What is wrong with one part must show when both are read.
constexpr std::array kParts = {&StoredPosting::hit, &StoredPosting::card};

TEST(CardCodecTest, PostingsComeBackWithEveryMember) {
  std::mt19937_64 random(test::RandomSeed());
  for (const JobPosting& posting : test::RandomPostings(&random, 1'000)) {
    const Result<JobPosting> back = Decoded(Encoded(posting));
    ASSERT_TRUE(back.has_value()) << back.error().message;
    ASSERT_TRUE(test::IsSame(*back, posting)) << posting.number.ToString();
  }
}

TEST(CardCodecTest, AnEmptyPostingComesBack) {
  const Result<JobPosting> back = Decoded(Encoded(JobPosting()));
  ASSERT_TRUE(back.has_value());
  EXPECT_TRUE(test::IsSame(*back, JobPosting()));
}

TEST(CardCodecTest, BusStopsStayBusStops) {
  JobPosting posting;
  posting.stations = {{"渋谷駅", "渋谷", 5, false}, {"役場前", "役場前", std::nullopt, true}};
  EXPECT_EQ(Decoded(Encoded(posting))->stations, posting.stations);
}

TEST(CardCodecTest, WritesOverWhatIsThere) {
  StoredPosting stored{"before", "before"};
  EncodePosting(JobPosting(), &stored);
  EXPECT_EQ(stored, Encoded(JobPosting()));
}

TEST(CardCodecTest, NoTextStandsTwice) {
  JobPosting posting;
  std::string description;
  for (int i = 0; i < 100; ++i) {
    description += i < 90 ? "前" : "後";
  }
  posting.feed.Set(schema::Tag::kSksu, "看護師");
  posting.feed.Set(schema::Tag::kShigotoNy, description);
  const StoredPosting stored = Encoded(posting);
  EXPECT_NE(stored.hit.find("看護師"), std::string::npos);
  EXPECT_EQ(stored.card.find("看護師"), std::string::npos);
  EXPECT_EQ(stored.hit.find("後"), std::string::npos);
  EXPECT_EQ(stored.card.find("前"), std::string::npos);
  EXPECT_EQ(Decoded(stored)->feed.Get(schema::Tag::kShigotoNy), description);
}

TEST(CardCodecTest, ABlankBeginningIsNotLost) {
  JobPosting posting;
  posting.feed.Set(schema::Tag::kShigotoNy, std::string(120, ' ') + "介護");
  const Result<JobPosting> back = Decoded(Encoded(posting));
  EXPECT_TRUE(test::IsSame(*back, posting));
}

TEST(CardCodecTest, TruncatedCardsAreCorrupt) {
  std::mt19937_64 random(test::RandomSeed());
  for (const JobPosting& posting : test::RandomPostings(&random, 20)) {
    const StoredPosting stored = Encoded(posting);
    for (const auto part : kParts) {
      StoredPosting cut = stored;
      while (!(cut.*part).empty()) {
        (cut.*part).pop_back();
        const Result<JobPosting> back = Decoded(cut);
        ASSERT_FALSE(back.has_value()) << (cut.*part).size();
        ASSERT_EQ(back.error().code, ErrorCode::kCorruption);
      }
      StoredPosting longer = stored;
      longer.*part += '\0';
      EXPECT_FALSE(Decoded(longer).has_value()) << "a byte too many";
    }
  }
}

TEST(CardCodecTest, FlippedBitsNeverCrash) {
  std::mt19937_64 random(test::RandomSeed());
  size_t refused = 0;
  for (const JobPosting& posting : test::RandomPostings(&random, 10)) {
    const StoredPosting stored = Encoded(posting);
    for (size_t bit = 0; bit < (stored.hit.size() + stored.card.size()) * 8; ++bit) {
      StoredPosting broken = stored;
      const size_t byte = bit / 8;
      char& flipped =
          byte < broken.hit.size() ? broken.hit[byte] : broken.card[byte - broken.hit.size()];
      flipped = static_cast<char>(flipped ^ (1 << (bit % 8)));
      const Result<JobPosting> back = Decoded(broken);
      if (back.has_value()) {
        // What was read can be written and read again.
        ASSERT_TRUE(test::IsSame(*Decoded(Encoded(*back)), *back)) << "bit " << bit;
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
    const StoredPosting empty = Encoded(JobPosting());
    for (const Result<JobPosting>& back :
         {DecodePosting(bytes, empty.card), DecodePosting(empty.hit, bytes), DecodeHit(bytes)}) {
      ASSERT_TRUE(back.has_value() || back.error().code == ErrorCode::kCorruption);
    }
  }
}

}  // namespace
}  // namespace kyujin::index

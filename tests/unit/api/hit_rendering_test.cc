// A hit rendered from hits.bin and the columns is, byte for byte, the hit rendered from the whole
// posting.
#include <gtest/gtest.h>

#include <random>

#include "server/api/hit_writer.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::api {
namespace {

std::string Rendered(const schema::JobPosting& posting, Date today) {
  HitOptions options;
  options.today = today;
  options.score = 1;
  JsonWriter json;
  WriteHit(posting, options, &json);
  return std::string(json.view());
}

TEST(HitRenderingTest, HitsSayWhatWholePostingsSay) {
  std::mt19937_64 random(test::RandomSeed());
  std::vector<schema::JobPosting> postings = test::RandomPostings(&random, 500);
  const Date today = *Date::Parse("2026-11-22");
  // Too large for their columns.
  postings[3].positions = UINT16_MAX;
  postings[4].wage.type = schema::WageType::kYearly;
  postings[4].wage.base = schema::YenRange{UINT32_MAX, UINT32_MAX};
  postings[5].age_max = UINT8_MAX;
  postings[6].walk_minutes = UINT8_MAX;
  postings[7].overtime_hours = UINT16_MAX;
  postings[8].annual_holidays = UINT16_MAX;
  // Only the first line of the address; more stations than one; nothing at all.
  postings[9].feed.Set(schema::Tag::kShgbsjusho, "");
  postings[9].feed.Set(schema::Tag::kShgbsjusho1N, "東京都渋谷区");
  postings[10].stations = {{"甲駅", "甲", 12}, {"乙駅", "乙", 5}};
  postings[10].walk_minutes = 5;
  postings[11].feed.Clear();
  postings[12].wage.fixed_overtime = schema::YenRange{30'000, 40'000};
  postings[12].wage.fixed_overtime_hours = 20;
  postings[13].conditions_from_text = postings[13].conditions_yes = 0x155;
  postings[14].received = today;
  test::TestIndex index;
  index.Publish(postings, 3);
  const auto snapshot = index.Open();
  for (const schema::JobPosting& posting : postings) {
    const auto hit = snapshot->ReadHit(*snapshot->Find(posting.number));
    ASSERT_TRUE(hit.has_value()) << hit.error().message;
    ASSERT_EQ(Rendered(*hit, today), Rendered(posting, today)) << posting.number.ToString();
  }
}

}  // namespace
}  // namespace kyujin::api

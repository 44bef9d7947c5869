#include "engine/schema/municipality.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace kyujin::schema {
namespace {

TEST(MunicipalityTest, WardsBelongToTwentyCities) {
  size_t cities = 0;
  size_t wards = 0;
  for (const Municipality& one : Municipalities()) {
    EXPECT_EQ(FindMunicipality(one.code), &one);
    EXPECT_EQ(one.prefecture, one.code / 1000);
    EXPECT_EQ(IsDesignatedCity(one.code), !WardsOf(one.code).empty()) << one.name;
    cities += IsDesignatedCity(one.code) ? 1U : 0U;
    wards += WardsOf(one.code).size();
    EXPECT_EQ(one.city != 0, one.kind == MunicipalityKind::kWard) << one.name;
  }
  EXPECT_EQ(cities, 20U);
  EXPECT_EQ(wards, 171U);
}

TEST(MunicipalityTest, WardsOfHamamatsuAreThoseOf2024) {
  std::vector<uint16_t> codes;
  for (const Municipality& ward : WardsOf(22130)) {
    codes.push_back(ward.code);
  }
  EXPECT_EQ(codes, (std::vector<uint16_t>{22138, 22139, 22140}));
  EXPECT_TRUE(WardsOf(0).empty());
  EXPECT_TRUE(WardsOf(13113).empty());
}

TEST(MunicipalityTest, FormerCodesBecomeCodesOfToday) {
  EXPECT_EQ(CurrentMunicipality("22131"), "22138");
  EXPECT_EQ(CurrentMunicipality("40305"), "40231");
  EXPECT_EQ(CurrentMunicipality("14209"), "14150");
  EXPECT_EQ(CurrentMunicipality("01100"), "01100");
  for (const std::string_view wrong :
       {"", "13999", "1100", "011002", "+1100", "1310a", "99999", "00000"}) {
    EXPECT_EQ(CurrentMunicipality(wrong), std::nullopt) << wrong;
  }
}

TEST(MunicipalityTest, FormerNamesBecomeCodesOfToday) {
  EXPECT_EQ(CurrentMunicipalityOfName("浜松市中区"), "22138");
  EXPECT_EQ(CurrentMunicipalityOfName("那珂川町"), "40231");
  EXPECT_EQ(CurrentMunicipalityOfName("筑紫郡那珂川町"), "40231");
  EXPECT_EQ(CurrentMunicipalityOfName("岡部町"), std::nullopt);  // one in 埼玉県, one in 静岡県
  EXPECT_EQ(CurrentMunicipalityOfName("志太郡岡部町"), "22214");
  EXPECT_EQ(CurrentMunicipalityOfName(""), std::nullopt);
}

TEST(MunicipalityTest, PrefecturesOfMunicipalities) {
  EXPECT_EQ(PrefectureOf(1101), 1);
  EXPECT_EQ(PrefectureOf(47382), 47);
  EXPECT_EQ(PrefectureOf(13999), 0);
  EXPECT_EQ(PrefectureOf(0), 0);
}

TEST(MunicipalityTest, EveryPrefectureHasASeatInJapan) {
  ASSERT_EQ(PrefectureSeats().size(), 47U);
  EXPECT_NEAR(PrefectureSeats()[12].latitude, 35.69, 0.01);
  EXPECT_NEAR(PrefectureSeats()[12].longitude, 139.69, 0.01);
  // 沖縄県 is the southernmost and 北海道 the northernmost.
  const auto by_latitude = [](const PrefectureSeat& a, const PrefectureSeat& b) {
    return a.latitude < b.latitude;
  };
  const auto seats = PrefectureSeats();
  EXPECT_EQ(std::min_element(seats.begin(), seats.end(), by_latitude) - seats.begin(), 46);
  EXPECT_EQ(std::max_element(seats.begin(), seats.end(), by_latitude) - seats.begin(), 0);
}

}  // namespace
}  // namespace kyujin::schema

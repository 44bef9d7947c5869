#include "engine/schema/place_resolver.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <ostream>
#include <random>
#include <string>

#include "engine/schema/municipality.h"

namespace kyujin::schema {

void PrintTo(const Place& place, std::ostream* out) {
  *out << unsigned{place.prefecture} << "/" << place.municipality;
}

namespace {

const PlaceResolver& Resolver() {
  static const PlaceResolver resolver;
  return resolver;
}

Place Resolve(std::string_view address) {
  return Resolver().Resolve(address);
}

TEST(PlaceResolverTest, EveryMunicipalityIsFoundUnderItsFullName) {
  for (const Municipality& one : Municipalities()) {
    const std::string prefecture(PrefectureTable().codes[one.prefecture - 1U].label);
    const Municipality* city = FindMunicipality(one.city);
    const std::string city_name(city == nullptr ? "" : city->name);
    const Place expected{one.prefecture, one.code};
    const std::string address =
        prefecture + std::string(one.county) + city_name + std::string(one.name);
    EXPECT_EQ(Resolve(address), expected) << address;
    EXPECT_EQ(Resolve(address + "１丁目２番３号"), expected) << address;
    const std::string spaced = prefecture + "　" + std::string(one.county) + " " + city_name +
                               "　" + std::string(one.name) + "　大字東町";
    EXPECT_EQ(Resolve(spaced), expected) << spaced;
  }
}

TEST(PlaceResolverTest, CountiesMayBeLeftOut) {
  EXPECT_EQ(Resolve("群馬県吉岡町大久保１番地"), (Place{10, 10345}));
  EXPECT_EQ(Resolve("群馬県北群馬郡吉岡町大久保１番地"), (Place{10, 10345}));
  EXPECT_EQ(Resolve("北海道古宇郡泊村"), (Place{1, 1403}));
  EXPECT_EQ(Resolve("北海道泊村"), (Place{1, 0}));  // there are two
}

TEST(PlaceResolverTest, LongestNameWins) {
  EXPECT_EQ(Resolve("三重県四日市市諏訪町"), (Place{24, 24202}));
  EXPECT_EQ(Resolve("石川県野々市市三納"), (Place{17, 17212}));
  EXPECT_EQ(Resolve("広島県廿日市市下平良"), (Place{34, 34213}));
  EXPECT_EQ(Resolve("千葉県市川市八幡"), (Place{12, 12203}));
  EXPECT_EQ(Resolve("福島県郡山市朝日"), (Place{7, 7203}));
  EXPECT_EQ(Resolve("岐阜県郡上市八幡町"), (Place{21, 21219}));
  EXPECT_EQ(Resolve("東京都町田市森野"), (Place{13, 13209}));
  EXPECT_EQ(Resolve("長野県小県郡青木村"), (Place{20, 20349}));
}

TEST(PlaceResolverTest, NeverAPlaceInsideAPlace) {
  EXPECT_EQ(Resolve("東京都府中市宮西町"), (Place{13, 13206}));
  EXPECT_EQ(Resolve("東京都"), (Place{13, 0}));
  EXPECT_EQ(Resolve("京都府京都市"), (Place{26, 26100}));
  EXPECT_EQ(Resolve("神奈川県の事業所　横浜市"), (Place{14, 0}));
  EXPECT_EQ(Resolve("埼玉県板橋区"), (Place{11, 0}));
}

TEST(PlaceResolverTest, DesignatedCitiesWithAndWithoutAWard) {
  EXPECT_EQ(Resolve("神奈川県横浜市保土ヶ谷区天王町"), (Place{14, 14106}));
  EXPECT_EQ(Resolve("神奈川県横浜市"), (Place{14, 14100}));
  EXPECT_EQ(Resolve("札幌市北区北七条西"), (Place{1, 1102}));
  EXPECT_EQ(Resolve("名古屋市"), (Place{23, 23100}));
  EXPECT_EQ(Resolve("福岡県博多区博多駅前"),
            (Place{40, 40132}));                       // one ward of that name in the prefecture
  EXPECT_EQ(Resolve("神奈川県緑区"), (Place{14, 0}));  // two of them
}

TEST(PlaceResolverTest, WithoutAPrefectureTheNameMustBeUnique) {
  EXPECT_EQ(Resolve("渋谷区神南"), (Place{13, 13113}));
  EXPECT_EQ(Resolve("旭川市七条通"), (Place{1, 1204}));
  EXPECT_EQ(Resolve("入間郡三芳町"), (Place{11, 11324}));
  EXPECT_EQ(Resolve("府中市宮西町"), (Place{0, 0}));  // 東京都, 広島県
  EXPECT_EQ(Resolve("北区赤羽"), (Place{0, 0}));
  EXPECT_EQ(Resolve("博多区博多駅前"), (Place{0, 0}));
}

TEST(PlaceResolverTest, MarksOfListsAreSkipped) {
  EXPECT_EQ(Resolve("●神戸市西区玉津町"), (Place{28, 28111}));
  EXPECT_EQ(Resolve("（１）杉並区西荻南"), (Place{13, 13115}));
  EXPECT_EQ(Resolve("２）〒150-0041 東京都渋谷区"), (Place{13, 13113}));
  EXPECT_EQ(Resolve("①　渋谷区神南　②　新宿区"), (Place{13, 13113}));
  EXPECT_EQ(Resolve("３旭川市"), Place{});
}

TEST(PlaceResolverTest, AWholeNameFurtherOnTellsThePlace) {
  EXPECT_EQ(Resolve("本社ビル　埼玉県さいたま市浦和区本太"), (Place{11, 11107}));
  EXPECT_EQ(Resolve("勤務先（東京都府中市宮西町）"),
            (Place{13, 13206}));  // not 京都府 in 東京都府中市
  EXPECT_EQ(Resolve("山形県内の各施設　東京都港区"), (Place{6, 0}));
  EXPECT_EQ(Resolve("弊社は東京都内、または埼玉県川口市"), (Place{11, 11203}));
  EXPECT_EQ(Resolve("弊社は渋谷区"), Place{});
}

TEST(PlaceResolverTest, PrefecturesWrittenTwice) {
  EXPECT_EQ(Resolve("大分県大分県大分市荷揚町"), (Place{44, 44201}));
  EXPECT_EQ(Resolve("京都府京都市京都府"), (Place{26, 26100}));
}

TEST(PlaceResolverTest, LaterAddressesOnlyMakeTheFirstFiner) {
  const auto first = [](std::initializer_list<std::string_view> addresses) {
    return Resolver().ResolveFirst({addresses.begin(), addresses.size()});
  };
  EXPECT_EQ(first({"岡山県岡山市", "岡山県岡山市南区米倉"}), (Place{33, 33104}));
  EXPECT_EQ(first({"岡山県岡山市", "岡山県倉敷市"}), (Place{33, 33100}));
  EXPECT_EQ(first({"岡山県", "岡山県倉敷市"}), (Place{33, 33202}));
  EXPECT_EQ(first({"岡山県", "広島県福山市"}), (Place{33, 0}));
  EXPECT_EQ(first({"岡山県岡山市南区", "岡山県岡山市"}), (Place{33, 33104}));
  EXPECT_EQ(first({"", "各利用者宅", "広島県福山市"}), (Place{34, 34207}));
  EXPECT_EQ(first({}), Place{});
}

TEST(PlaceResolverTest, PostalCodesAreSkipped) {
  EXPECT_EQ(Resolve("〒150-0041　東京都渋谷区神南"), (Place{13, 13113}));
  EXPECT_EQ(Resolve("〒１５０－００４１東京都渋谷区神南"), (Place{13, 13113}));
  EXPECT_EQ(Resolve("（〒150−0041）東京都渋谷区神南"), (Place{13, 13113}));
  EXPECT_EQ(Resolve("1500041 東京都渋谷区神南"), (Place{13, 13113}));
  EXPECT_EQ(Resolve("〒東京都渋谷区"), (Place{13, 13113}));
  EXPECT_EQ(Resolve("〒150-004渋谷区神南"), (Place{0, 0}));
}

TEST(PlaceResolverTest, WaysOfWritingOneName) {
  EXPECT_EQ(Resolve("茨城県竜ヶ崎市"), (Place{8, 8208}));
  EXPECT_EQ(Resolve("茨城県龍ケ崎市"), (Place{8, 8208}));
  EXPECT_EQ(Resolve("埼玉県鶴ケ島市"), (Place{11, 11241}));
  EXPECT_EQ(Resolve("宮城県塩釜市"), (Place{4, 4203}));
  EXPECT_EQ(Resolve("高知県高岡郡檮原町"), (Place{39, 39405}));
  EXPECT_EQ(Resolve("長野県駒が根市"), (Place{20, 20210}));
  EXPECT_EQ(Resolve("奈良県葛\xF3\xA0\x84\x80城市"),
            (Place{29, 29211}));  // with a variation selector
}

TEST(PlaceResolverTest, FormerNames) {
  EXPECT_EQ(Resolve("静岡県浜松市中区元城町"), (Place{22, 22138}));
  EXPECT_EQ(Resolve("静岡県浜松市中央区元城町"), (Place{22, 22138}));
  EXPECT_EQ(Resolve("福岡県筑紫郡那珂川町"), (Place{40, 40231}));
  EXPECT_EQ(Resolve("兵庫県篠山市"), (Place{28, 28221}));
  EXPECT_EQ(Resolve("埼玉県鳩ヶ谷市"), (Place{11, 11203}));
  EXPECT_EQ(Resolve("東京都三宅島三宅村"), (Place{13, 13381}));
  EXPECT_EQ(Resolve("栃木県那須郡那珂川町"), (Place{9, 9411}));
  EXPECT_EQ(Resolve("福岡県宗像郡福津市"), (Place{40, 40224}));  // a county that is no more
}

TEST(PlaceResolverTest, AnythingElseIsUnknown) {
  for (const std::string_view text :
       {"", "　", "在宅", "〒", "\xFF\xFE", "東京", "３丁目", "アメリカ合衆国"}) {
    EXPECT_EQ(Resolve(text), Place{}) << text;
  }
  EXPECT_EQ(Resolve("東京都\xFF"), (Place{13, 0}));
  EXPECT_EQ(Resolve(std::string(100000, '0')), Place{});
}

// Addresses glued together from pieces, whole and cut: whatever comes out is a place of the
// country.
TEST(PlaceResolverTest, WhateverTheTextThePlaceExists) {
  constexpr std::array<std::string_view, 12> kPieces = {"東京都",
                                                        "京都府",
                                                        "府中市",
                                                        "横浜市",
                                                        "緑区",
                                                        "郡",
                                                        "〒150",
                                                        "（１）",
                                                        "　",
                                                        "\xE6\x9D",
                                                        "ヶ",
                                                        "県"};
  std::mt19937 random(20240101);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (size_t j = random() % 6; j > 0; --j) {
      text += kPieces[random() % kPieces.size()];
    }
    text.resize(text.size() - std::min<size_t>(text.size(), random() % 3));
    const Place place = Resolve(text);
    EXPECT_LE(place.prefecture, 47);
    if (place.municipality != 0) {
      EXPECT_EQ(PrefectureOf(place.municipality), place.prefecture) << text;
    }
  }
}

}  // namespace
}  // namespace kyujin::schema

#include "engine/text/romaji.h"

#include <gtest/gtest.h>

namespace kyujin::text {
namespace {

TEST(RomajiTest, HiraganaOfSpellings) {
  const std::pair<const char*, const char*> cases[] = {
      {"kaigo", "かいご"},
      {"kangoshi", "かんごし"},
      {"kangosi", "かんごし"},
      {"shinbun", "しんぶん"},
      {"shimbun", "しんぶん"},
      {"konna", "こんな"},
      {"kan'i", "かんい"},
      {"kekka", "けっか"},
      {"matcha", "まっちゃ"},
      {"macchi", "まっち"},
      {"toukyou", "とうきょう"},
      {"tōkyō", "とーきょー"},
      {"jimu", "じむ"},
      {"zimu", "じむ"},
      {"chousa", "ちょうさ"},
      {"tyousa", "ちょうさ"},
      {"fairu", "ふぁいる"},
      {"vi-gan", "ゔぃーがん"},
      {"dhirekuta-", "でぃれくたー"},
      {"hoiku", "ほいく"},
      {"kann", "かん"},
      {"sutaffu", "すたっふ"},
      {"honnya", "ほんにゃ"},
      {"hon'ya", "ほんや"},
      {"kan", "かん"},
      {"tsuuyaku", "つうやく"},
  };
  for (const auto& [letters, kana] : cases) {
    EXPECT_EQ(HiraganaOfRomaji(letters), kana) << letters;
  }
  for (const char* letters : {"", "sql", "c++", "k", "介護", "kaig", "x1"}) {
    EXPECT_EQ(HiraganaOfRomaji(letters), std::nullopt) << letters;
  }
}

TEST(RomajiTest, KeysOfOneReadingAreEqual) {
  const std::vector<std::vector<std::string>> readings = {
      {"とうきょう", "トウキョウ", "トーキョー", "tokyo", "toukyou", "Tōkyō", "TOKYO"},
      {"かんごし", "カンゴシ", "kangoshi", "kangosi"},
      {"しんぶん", "shinbun", "shimbun", "sinbun"},
      {"ちゅうごく", "chuugoku", "chugoku", "tyuugoku"},
      {"じゃんぼ", "janbo", "zyanbo", "jambo", "jyanbo"},
      {"ふぁいる", "ファイル", "fairu"},
      {"ディレクター", "direkuta", "dhirekuta-"},
      {"ヴィーガン", "ビーガン", "vi-gan", "bigan"},
      {"まっちゃ", "matcha", "maccha", "mattya"},
      {"けっか", "kekka"},
      {"おおさか", "oosaka", "osaka", "Ōsaka"},
      {"つうやく", "tsuyaku", "tuyaku"},
      {"シェフ", "shefu", "syefu"},
      {"チェック", "chekku"},
      {"ティーチャー", "ti-cha-", "thi-cha-"},
      {"こんな", "konna"},
  };
  for (const std::vector<std::string>& spellings : readings) {
    for (const std::string& spelling : spellings) {
      EXPECT_EQ(RomajiKey(spelling), RomajiKey(spellings.front())) << spelling;
      EXPECT_NE(RomajiKey(spelling), "") << spelling;
    }
  }
  EXPECT_NE(RomajiKey("かんご"), RomajiKey("かいご"));
  EXPECT_EQ(RomajiKey("看護"), "");
  EXPECT_EQ(RomajiKey("c++"), "");
}

TEST(RomajiTest, WhatIsTypedSoFarIsAPrefixOfTheKey) {
  for (const char* word : {"kangoshi",
                           "shibuya",
                           "tokyo",
                           "chousa",
                           "matcha",
                           "janbo",
                           "fairu",
                           "chuuou",
                           "tsuuyaku",
                           "shefu",
                           "kyouto",
                           "sutaffu",
                           "jimu"}) {
    const std::string key = RomajiKey(word);
    for (size_t length = 1; length <= std::string_view(word).size(); ++length) {
      const std::string typed = RomajiKey(std::string_view(word).substr(0, length));
      EXPECT_TRUE(key.starts_with(typed)) << word << ' ' << length << ' ' << typed << ' ' << key;
    }
  }
}

TEST(RomajiTest, KindsOfKana) {
  EXPECT_EQ(HiraganaOf("カンゴ看護ー1"), "かんご看護ー1");
  EXPECT_EQ(KatakanaOf("かんご看護ー1"), "カンゴ看護ー1");
  EXPECT_TRUE(IsKana("かんごシー"));
  EXPECT_FALSE(IsKana("看ご"));
  EXPECT_FALSE(IsKana(""));
}

}  // namespace
}  // namespace kyujin::text

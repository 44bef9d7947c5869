#include <string>

#include "tests/testing/random_values.h"

namespace kyujin::test {
namespace {

// Words with what MeCab splits and what it leaves whole, letters and digits that come in both
// widths, katakana, and words that hold other words.
std::string RandomText(int min_words, int max_words, RandomSource* random) {
  std::string text;
  for (int words = random->Between(min_words, max_words); words > 0; --words) {
    const std::string& word = random->Pick(FeedWords());
    text += random->Percent(50) ? ToFullWidth(word) : word;
    if (words > 1) {
      text +=
          random->Pick({"", "", "の", "　", " ", "・", "、", "。", "（", "）", "\n", "を", " & "});
    }
  }
  return text;
}

const std::vector<std::string>& FeedConditions() {
  static const std::vector<std::string> conditions{"夜勤なし",
                                                   "夜勤あり",
                                                   "転勤はありません",
                                                   "マイカー通勤不可",
                                                   "車通勤ＯＫ",
                                                   "賞与あり",
                                                   "在宅勤務可能",
                                                   "未経験者歓迎",
                                                   "学歴・経験不問",
                                                   "６０歳以上の方も歓迎",
                                                   "託児所完備",
                                                   "トライアル雇用併用求人",
                                                   "駅から徒歩５分",
                                                   "土日祝休み"};
  return conditions;
}

// What conditions are read from where no field decides them, now and then.
std::string RandomCondition(RandomSource* random) {
  constexpr unsigned kPercent = 25;
  return random->Percent(kPercent) ? "。" + random->Pick(FeedConditions()) : "";
}

struct TextTag {
  std::string_view tag;
  unsigned percent;
  int max_words;
};
constexpr std::array<TextTag, 9> kTextTags{{{"sksu", 97, 3},
                                            {"shigoto_ny", 95, 25},
                                            {"jgshmei", 95, 3},
                                            {"jgshmeikana", 50, 1},
                                            {"jigyony", 60, 8},
                                            {"kaishatokucho", 40, 6},
                                            {"hynapcskill", 30, 3},
                                            {"hynamenkyo_snta", 25, 2},
                                            {"kjjknktkjk", 50, 15}}};

}  // namespace

const std::vector<std::string>& FeedWords() {
  static const std::vector<std::string> words{
      "看護師",        "介護",     "介護福祉士", "病棟",
      "夜勤",          "日勤",     "外来",       "訪問",
      "施設",          "経験",     "未経験",     "歓迎",
      "調理",          "事務",     "一般事務",   "データ入力",
      "入力",          "営業",     "運転",       "配送",
      "倉庫",          "清掃",     "保育",       "Excel",
      "word",          "PC",       "CAD",        "node.js",
      "3交替",         "120日",    "リハビリ",   "フォークリフト",
      "スタッフ",      "株式会社", "東京",       "働きやすい",
      "募集しています"};
  return words;
}

const std::vector<std::string>& FeedPrefectures() {
  static const std::vector<std::string> prefectures{"01", "13", "14", "27"};
  return prefectures;
}

void AddTexts(RandomRecord* record, RandomSource* random) {
  for (const TextTag& text : kTextTags) {
    if (random->Percent(text.percent)) {
      record->Add(text.tag, RandomText(1, text.max_words, random) + RandomCondition(random));
    }
  }
}

}  // namespace kyujin::test

// One table for each rule of the analysis: a text and the tokens it becomes, in one line:
// term@position, parts and negated words with their marks.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/analyzer.h"
#include "random_text.h"

namespace kyujin::text {
namespace {

struct Case {
  std::string_view text;
  std::string_view tokens;
};

std::string Shown(std::string_view text) {
  static const auto model = LoadModel();
  Analyzer analyzer(model);
  std::vector<Token> tokens;
  analyzer.Analyze(text, &tokens);
  std::string shown;
  for (const Token& token : tokens) {
    shown += shown.empty() ? "" : " ";
    shown += token.text + "@" + std::to_string(token.position);
  }
  return shown;
}

class AnalysisRule : public testing::TestWithParam<Case> {};

TEST_P(AnalysisRule, Holds) {
  EXPECT_EQ(Shown(GetParam().text), GetParam().tokens) << GetParam().text;
}

#define KYUJIN_RULE(name, ...) \
  INSTANTIATE_TEST_SUITE_P(name, AnalysisRule, testing::Values(__VA_ARGS__))

KYUJIN_RULE(Compounds,
            Case{"看護師", "看護師@0 ~看護@0 ~師@1"},
            Case{"准看護師", "准看護師@0 ~准@0 ~看護師@1 ~看護@1 ~師@2"},
            Case{"看護師募集", "看護師@0 ~看護@0 ~師@1 募集@2"},
            Case{"保育園", "保育園@0 ~保育@0 ~園@1"},
            Case{"京都大学硬式野球部", "京都大学@0 ~京都@0 ~大学@1 硬式@2 野球@3 部@4"},
            Case{"外国人参政権", "外国人参政権@0 ~外国人@0 ~参政権@1"});

// A word must not look like a part or a negated word.
KYUJIN_RULE(MarksAreNoLetters,
            Case{"A~\u303C1", "a@0 \u303C@2 1@3"},
            Case{"\u303C~\u303C", "\u303C@0 \u303C@2"});

KYUJIN_RULE(CannotBeTakenBack, Case{"応募の場合は不要です", "応募@0 場合@2 不要@4"});

KYUJIN_RULE(NounsBeforeParticles,
            Case{"見守りを通して", "見守り@0"},
            Case{"締め付けながら", "締め付ける@0"});

KYUJIN_RULE(ClosedCompounds,
            Case{"営業時間", "営業時間@0"},
            Case{"営業所", "営業所@0"},
            Case{"事務所内", "事務所内@0 ~事務所@0"},
            Case{"介護休業", "介護休業@0"},
            Case{"正社員登用", "正社員登用@0 ~登用@0"},
            Case{"株式会社", "株式会社@0"},
            Case{"未経験", "未経験@0"});

KYUJIN_RULE(Places,
            Case{"東京都", "東京都@0 ~東京@0"},
            Case{"京都府", "京都府@0 ~京都@0"},
            Case{"府中市", "府中市@0 ~府中@0"},
            Case{"三重県", "三重県@0 ~三重@0"},
            Case{"北海道", "北海道@0"},
            Case{"東大阪市", "東大阪市@0 ~東大阪@0"});

KYUJIN_RULE(Negation,
            Case{"夜勤なし", "!夜勤@0"},
            Case{"夜勤無し", "!夜勤@0"},
            Case{"夜勤はありません", "!夜勤@0"},
            Case{"夜勤は一切ありません", "!夜勤@0"},
            Case{"夜勤なしの日勤", "!夜勤@0 日勤@2"},
            Case{"夜勤あり", "夜勤@0"},
            Case{"夜勤の予定はありません", "!夜勤@0 !予定@2"},
            Case{"マイカー通勤不可", "!マイカー通勤@0"},
            Case{"転勤はありません", "!転勤@0"},
            Case{"深夜作業なし", "!深夜@0 !作業@1"},
            Case{"看護師夜勤なし", "看護師@0 ~看護@0 ~師@1 !夜勤@2"},
            Case{"経験は問いません", "経験不問@0"},
            Case{"経験不問", "経験不問@0"},
            Case{"学歴は不問", "学歴不問@0"},
            Case{"不可能な作業", "不可能@0 作業@2"});

KYUJIN_RULE(VariantCharacters,
            Case{"髙橋", "高橋@0"},
            Case{"渡邊", "渡辺@0"},
            Case{"斉藤", "斎藤@0"},
            Case{"齋藤", "斎藤@0"},
            Case{"ヴィーガン", "ビーガン@0"},
            Case{"部分々々", "部分@0 部分@1"},
            Case{"人々", "人々@0"},
            Case{"3ヶ月", "3@0 か月@1"});

KYUJIN_RULE(LongVowels,
            Case{"サーバー", "サーバ@0"},
            Case{"サーバ", "サーバ@0"},
            Case{"カー", "カー@0"},
            Case{"ビル", "ビル@0"},
            Case{"ビール", "ビール@0"},
            Case{"マネジャー", "マネージャ@0"},
            Case{"サ-バ-", "サーバ@0"},
            Case{"デ―タ", "データ@0"},
            Case{"パート-アルバイト", "パート@0 アルバイト@2"});

KYUJIN_RULE(Spellings,
            Case{"取り扱い", "取扱い@0"},
            Case{"取扱", "取扱い@0"},
            Case{"引越し", "引っ越し@0"},
            Case{"焼肉", "焼き肉@0"},
            Case{"焼餃子", "焼き餃子@0 ~焼き@0 ~餃子@1"},
            Case{"子ども", "子供@0"},
            Case{"受け付け", "受付@0"},
            Case{"盛り付け、検品", "盛り付け@0 検品@2"},
            Case{"盛り付けます", "盛り付ける@0"});

KYUJIN_RULE(NumbersAndUnits,
            Case{"二級", "2@0 級@1"},
            Case{"二十五歳", "25@0 歳@1"},
            Case{"三重", "三重@0"},
            Case{"千葉", "千葉@0"},
            Case{"4t", "4@0 トン@1"},
            Case{"４トン", "4@0 トン@1"},
            Case{"t", "t@0"});

KYUJIN_RULE(BrokenWords,
            Case{"看　護　師", "看護師@0 ~看護@0 ~師@1"},
            Case{"看　護　師　募　集", "看護師@0 ~看護@0 ~師@1 募集@2"},
            Case{"コンピュ　ーター", "コンピュータ@0"},
            Case{"訪　問看護", "訪問看護@0 ~訪問@0 ~看護@1"},
            Case{"休日　本社", "休日@0 本社@1"},
            Case{"営業　所長", "営業@0 所長@1"},
            Case{"大阪　市内", "大阪@0 市内@1"},
            Case{"週3日　勤務", "週@0 3@1 日@2 勤務@3"});

KYUJIN_RULE(UnknownKatakana,
            Case{"ジェイティエンジニアリング",
                 "ジェイティエンジニアリング@0 ~ジェイティ@0 ~エンジニアリング@1"});

KYUJIN_RULE(ContentWords,
            Case{"データを検索します", "データ@0 検索@2"},
            Case{"働きやすい職場です", "働く@0 職場@2"},
            Case{"これは仕事ではない", "仕事@0"});

#undef KYUJIN_RULE

}  // namespace
}  // namespace kyujin::text

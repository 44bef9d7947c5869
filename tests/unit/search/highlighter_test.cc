#include "engine/search/highlighter.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/schema/posting_deriver.h"
#include "tests/unit/query/request_reader.h"

namespace kyujin::search {
namespace {

using query::MatchKind;
using query::WordForm;

class HighlighterTest : public testing::Test {
 protected:
  schema::JobPosting Posting(const std::map<std::string, std::string>& texts) {
    schema::JobPosting posting;
    for (const auto& [tag, text] : texts) {
      posting.feed.Set(tag, text);
    }
    return posting;
  }

  // The highlights by the name of their field.
  std::map<std::string, std::string> Highlight(const query::WordQuery& words,
                                               const schema::JobPosting& posting) {
    std::map<std::string, std::string> found;
    for (const FieldHighlight& highlight : Highlighter(words, &analyzer_).Highlight(posting)) {
      found[std::string(schema::SearchFields()[static_cast<size_t>(highlight.field)].name)] =
          highlight.html;
    }
    return found;
  }

  std::map<std::string, std::string> Highlight(std::string_view parameters,
                                               const schema::JobPosting& posting) {
    const query::ParseOutcome outcome = query::Read(parameters);
    KYUJIN_CHECK(outcome.has_request());
    return Highlight(outcome.request.words, posting);
  }

  text::Analyzer analyzer_ = query::MakeAnalyzer();
};

using Fields = std::map<std::string, std::string>;

TEST_F(HighlighterTest, MarksEachFieldThatMatched) {
  const schema::JobPosting posting = Posting({{"sksu", "調理師（夜勤なし）"},
                                              {"shigoto_ny", "病院の調理場で調理をします。"},
                                              {"jgshmei", "株式会社調理"},
                                              {"kaishatokucho", "駅の近くの会社です"}});
  EXPECT_EQ(Highlight("interpret=off&q=会社", posting),
            (Fields{{"business", "駅の近くの<em>会社</em>です"}}));
  EXPECT_EQ(Highlight("interpret=off&q=病院", posting),
            (Fields{{"description", "<em>病院</em>の調理場で調理をします。"}}));
  EXPECT_EQ(Highlight("interpret=off&q=病院 OR 会社&q_in=business", posting),
            (Fields{{"business", "駅の近くの<em>会社</em>です"}}));
  EXPECT_EQ(Highlight("interpret=off&q=-病院", posting), Fields());
  EXPECT_EQ(Highlight("", posting), Fields());
}

TEST_F(HighlighterTest, FoldsWhatTheAnalyzerFolds) {
  const schema::JobPosting posting = Posting({{"sksu", "ＪＡＶＡ／ｼｽﾃﾑ開発"}});
  EXPECT_EQ(Highlight("interpret=off&q=java", posting),
            (Fields{{"title", "<em>ＪＡＶＡ</em>／ｼｽﾃﾑ開発"}}));
  EXPECT_EQ(Highlight("interpret=off&q=システム", posting),
            (Fields{{"title", "ＪＡＶＡ／<em>ｼｽﾃﾑ</em>開発"}}));
}

TEST_F(HighlighterTest, PhrasesOnlyWhereTheyStandTogether) {
  const schema::JobPosting posting = Posting({{"sksu", "病院と会社、病院　会社"}});
  EXPECT_EQ(Highlight("interpret=off&q=\"病院 会社\"", posting),
            (Fields{{"title", "病院と会社、<em>病院　会社</em>"}}));
}

TEST_F(HighlighterTest, FormsOfAWord) {
  query::WordQuery words;
  words.clauses = {{{{"ナース",
                      false,
                      {WordForm{{{"ナース", 0}}, MatchKind::kWord, 256},
                       WordForm{{{"病院", 0}}, MatchKind::kSynonym, 128}}}}}};
  EXPECT_EQ(Highlight(words, Posting({{"sksu", "病院のナース"}})),
            (Fields{{"title", "<em>病院</em>の<em>ナース</em>"}}));
}

TEST_F(HighlighterTest, APartialMatchIsMarkedInsideItsToken) {
  query::WordQuery words;
  words.clauses = {{{{"ドラ",
                      false,
                      {WordForm{{{"ドラ", 0}}, MatchKind::kWord, 256},
                       WordForm{{{"ドラゴンズ", 0}}, MatchKind::kPartial, 64}}}}}};
  EXPECT_EQ(Highlight(words, Posting({{"sksu", "ドラゴンズ"}})),
            (Fields{{"title", "<em>ドラ</em>ゴンズ"}}));
  // Half-width sound marks are characters of their own: which of them matched is not told apart.
  EXPECT_EQ(Highlight(words, Posting({{"sksu", "ﾄﾞﾗｺﾞﾝｽﾞ"}})),
            (Fields{{"title", "<em>ﾄﾞﾗｺﾞﾝｽﾞ</em>"}}));
}

TEST_F(HighlighterTest, TheBestTextOfAField) {
  const schema::JobPosting posting =
      Posting({{"jigyony", "病院です"}, {"kaishatokucho", "会社の病院です"}});
  EXPECT_EQ(Highlight("interpret=off&q=病院 会社", posting),
            (Fields{{"business", "<em>会社</em>の<em>病院</em>です"}}));
}

}  // namespace
}  // namespace kyujin::search

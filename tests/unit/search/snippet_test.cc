#include "engine/search/snippet.h"

#include <gtest/gtest.h>

#include "engine/text/utf8.h"

namespace kyujin::search {
namespace {

// Every place of `words` in `text`, numbered by word.
std::vector<TextMatch> Find(std::string_view text, const std::vector<std::string>& words) {
  std::vector<TextMatch> matches;
  for (uint32_t number = 0; number < words.size(); ++number) {
    for (size_t at = text.find(words[number]); at != std::string_view::npos;
         at = text.find(words[number], at + 1)) {
      matches.push_back(
          {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words[number].size()), number});
    }
  }
  std::sort(matches.begin(), matches.end(), [](const TextMatch& a, const TextMatch& b) {
    return a.begin < b.begin;
  });
  return matches;
}

std::string Repeat(std::string_view text, size_t times) {
  std::string repeated;
  for (size_t i = 0; i < times; ++i) {
    repeated += text;
  }
  return repeated;
}

std::string WithoutMarks(std::string html) {
  for (const std::string_view mark : {"<em>", "</em>"}) {
    for (size_t at = html.find(mark); at != std::string::npos; at = html.find(mark)) {
      html.erase(at, mark.size());
    }
  }
  return html;
}

TEST(SnippetTest, MarksAndEscapes) {
  struct Case {
    std::string text;
    std::vector<std::string> words;
    std::string html;
  };
  const Case cases[] = {
      {"看護師", {"看護師"}, "<em>看護師</em>"},
      {"夜勤のある看護師です", {"看護師"}, "夜勤のある<em>看護師</em>です"},
      // Touching and overlapping matches are one mark.
      {"介護福祉士", {"介護", "福祉"}, "<em>介護福祉</em>士"},
      {"介護福祉士", {"介護福祉", "福祉士"}, "<em>介護福祉士</em>"},
      {"介護福祉士", {"介護福祉士", "福祉"}, "<em>介護福祉士</em>"},
      {"<b>C&C</b> \"x\" 'y' C",
       {"C"},
       "&lt;b&gt;<em>C</em>&amp;<em>C</em>&lt;/b&gt; &quot;x&quot; &#39;y&#39; <em>C</em>"},
      // Spaces at the ends say nothing.
      {"　看護師　", {"看護師"}, "<em>看護師</em>"},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(MakeSnippet(test.text, Find(test.text, test.words), 90).html, test.html);
  }
}

TEST(SnippetTest, TakesTheStretchWithMostWords) {
  const std::string text = "看護師。" + Repeat("あ", 200) + "看護師と看護師。" + Repeat("い", 200) +
                           "看護師と介護士。" + Repeat("う", 200);
  const Snippet snippet = MakeSnippet(text, Find(text, {"看護師", "介護士"}), 90);
  EXPECT_EQ(snippet.words, 2U);
  EXPECT_EQ(snippet.matches, 2U);
  EXPECT_NE(snippet.html.find("<em>看護師</em>と<em>介護士</em>"), std::string::npos);
  const Snippet one = MakeSnippet(text, Find(text, {"看護師"}), 90);
  EXPECT_NE(one.html.find("<em>看護師</em>と<em>看護師</em>"), std::string::npos);
}

TEST(SnippetTest, BeginsWithItsSentence) {
  const std::string text =
      Repeat("前の文です。", 50) + "ここでは看護師が働きます。" + Repeat("後の文です。", 50);
  const Snippet snippet = MakeSnippet(text, Find(text, {"看護師"}), 40);
  EXPECT_TRUE(snippet.html.starts_with("ここでは<em>看護師</em>") ||
              snippet.html.starts_with("前の文です。"))
      << snippet.html;
}

TEST(SnippetTest, IsNeverLongerThanAskedAndAlwaysOfTheText) {
  for (size_t before = 0; before < 120; before += 7) {
    for (size_t after = 0; after < 120; after += 11) {
      for (const size_t length : {size_t{1}, size_t{5}, size_t{20}, size_t{60}}) {
        const std::string text = Repeat("前", before) + Repeat("語", length) + Repeat("後", after);
        const auto begin = static_cast<uint32_t>(before * 3);
        const auto end = static_cast<uint32_t>(begin + length * 3);
        const Snippet snippet = MakeSnippet(text, {{begin, end, 0}}, 30);
        const std::string plain = WithoutMarks(snippet.html);
        const size_t whole = before + length + after;
        EXPECT_EQ(text::CountCodePoints(plain), std::min<size_t>(whole, 30)) << text;
        EXPECT_NE(text.find(plain), std::string::npos);
        EXPECT_NE(snippet.html.find("<em>語"), std::string::npos);
      }
    }
  }
}

}  // namespace
}  // namespace kyujin::search

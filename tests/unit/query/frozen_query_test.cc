#include "engine/query/frozen_query.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/query/request_reader.h"

namespace kyujin::query {
namespace {

constexpr std::string_view kAlways = "interpret=off&partial=never";

FreezeOutcome Freeze(std::string_view query) {
  const ParseOutcome outcome = Read(query);
  KYUJIN_CHECK(outcome.has_request());
  return FreezeRequest(outcome.request);
}

std::string Frozen(std::string_view query) {
  const FreezeOutcome outcome = Freeze(query);
  KYUJIN_CHECK(outcome.has_query());
  return outcome.query.canonical;
}

ParseOutcome ReadFrozen(std::string_view canonical) {
  text::Analyzer analyzer = MakeAnalyzer();
  return ParseFrozenQuery(canonical, &analyzer);
}

// What the words of two queries look for, however they are typed.
std::string Forms(const WordQuery& query) {
  std::string text = std::to_string(query.fields);
  const auto add = [&text](const Word& word) {
    text += word.quoted ? " \"" : " ";
    for (const WordForm& form : word.forms) {
      for (const WordForm::Part& part : form.parts) {
        text += part.term + "@" + std::to_string(part.offset) + ",";
      }
      text += "/";
    }
  };
  for (const WordClause& clause : query.clauses) {
    text += "+";
    for (const Word& word : clause.alternatives) {
      add(word);
    }
  }
  for (const Word& word : query.excluded) {
    text += " -";
    add(word);
  }
  return text;
}

TEST(FrozenQueryTest, IsTheCanonicalParameters) {
  const struct {
    const char* query;
    const char* frozen;
  } cases[] = {
      {"", "interpret=off&partial=never"},
      {"pref=14,１３,13&partial=always", "interpret=off&partial=never&pref=13,14"},
      {"q=JAVA　ｐｈｐ -Perl", "interpret=off&partial=never&q=java php -perl"},
      {"q=\"Big Data\" OR C%2B%2B", "interpret=off&partial=never&q=\"big data\" OR c%2b%2b"},
      {"q=\"OR\"", "interpret=off&partial=never&q=\"or\""},
      {"q_not=PHP OR", "interpret=off&partial=never&q_not=php"},
      {"q=看護師 夜勤なし&interpret=on",
       "conditions=no_night_work&interpret=off&partial=never&q=看護師"},
      {"q=夜勤なし&interpret=off", "interpret=off&partial=never&q=夜勤なし"},
      {"conditions=new,-bonus", "conditions=-bonus,new&interpret=off&partial=never"},
      {"received_within_days=3", "interpret=off&partial=never&received_within_days=3"},
      {"near=35.5,139.5&radius_km=3.0",
       "interpret=off&near=35.500000,139.500000&partial=never&radius_km=3"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Unescaped(Frozen(c.query)), c.frozen) << c.query;
  }
}

TEST(FrozenQueryTest, LeavesOutWhatOnlySaysHowAnAnswerLooks) {
  EXPECT_EQ(
      Frozen("limit=5&offset=10&facets=all&fields=title&highlight=on&explain=on&sort=wage_min"),
      kAlways);
}

TEST(FrozenQueryTest, KeepsTheTypedWordsForDisplay) {
  EXPECT_EQ(Freeze("q=Java 夜勤なし").query.typed_words, "Java 夜勤なし");
  EXPECT_EQ(Freeze("pref=13").query.typed_words, "");
}

TEST(FrozenQueryTest, RefusesPostingsThatAreNotNew) {
  const FreezeOutcome outcome = Freeze("conditions=bonus,-new");
  ASSERT_EQ(outcome.errors.size(), 1U);
  EXPECT_EQ(outcome.errors[0].parameter, "conditions");
  EXPECT_EQ(outcome.errors[0].value, "-new");
  EXPECT_EQ(outcome.errors[0].fault, ParameterFault::kUnknownValue);
}

TEST(FrozenQueryTest, NamesWhatTheTablesNoLongerKnow) {
  const struct {
    const char* canonical;
    const char* parameter;
  } cases[] = {
      {"interpret=off&partial=never&smell=good", "smell"},
      {"conditions=telepathy&interpret=off&partial=never", "conditions"},
      {"interpret=off&partial=never&pref=99", "pref"},
      {"interpret=off&partial=never&q=%E4%BB%8", "q"},
      {"interpret=off&partial=never&q=%00", "q"},
  };
  for (const auto& c : cases) {
    const ParseOutcome outcome = ReadFrozen(c.canonical);
    ASSERT_EQ(outcome.errors.size(), 1U) << c.canonical;
    EXPECT_EQ(outcome.errors[0].parameter, c.parameter);
  }
}

TEST(FrozenQueryTest, NamesKeepTheirCommas) {
  const ParseOutcome sent = ReadJson(R"({"exclude_employer": ["Foo, Bar", "Baz"]})");
  ASSERT_TRUE(sent.has_request());
  const ParseOutcome read = ReadFrozen(FreezeRequest(sent.request).query.canonical);
  ASSERT_TRUE(read.has_request());
  EXPECT_EQ(std::get<EmployerFilter>(read.request.filters.at(0).body).names,
            (std::vector<std::string>{"baz", "foo,bar"}));
}

TEST(FrozenQueryTest, TextsThatFoldingMakesLongerAreRead) {
  std::string q = "q=";
  for (int i = 0; i < 200; ++i) {
    q += "㍿";
  }
  const std::string frozen = Frozen(q);
  const ParseOutcome read = ReadFrozen(frozen);
  ASSERT_TRUE(read.has_request());
  EXPECT_EQ(FreezeRequest(read.request).query.canonical, frozen);
}

TEST(FrozenQueryTest, SplitsIntoPiecesThatStandAlone) {
  const auto split = [](std::string_view query) {
    std::vector<std::string> parts;
    for (const std::string& part : SplitFrozenQuery(Frozen(query))) {
      parts.push_back(Unescaped(part));
    }
    std::sort(parts.begin(), parts.end());
    return parts;
  };
  using Parts = std::vector<std::string>;
  EXPECT_EQ(split(""), Parts());
  EXPECT_EQ(split("conditions=remote,bonus&pref=13&city=14101&age=30"),
            (Parts{"age=30", "city=14101&pref=13", "conditions=bonus", "conditions=remote"}));
  EXPECT_EQ(split("q=a b OR c -d&q_not=e&q_in=title&interpret=off"),
            (Parts{"interpret=off&q=-d&q_in=title",
                   "interpret=off&q=a&q_in=title",
                   "interpret=off&q=b OR c&q_in=title",
                   "interpret=off&q_in=title&q_not=e"}));
  EXPECT_EQ(split("q=a b -c&q_mode=or"),
            (Parts{"interpret=off&q=-c", "interpret=off&q=a b&q_mode=or"}));
  EXPECT_EQ(
      split("monthly_min=1&wage_basis=base&received_within_days=3&start_from=9:00&end_by=18:00"),
      (Parts{"end_by=18:00&start_from=09:00",
             "monthly_min=1&wage_basis=base",
             "received_within_days=3"}));
}

// Whatever is typed: freezing again changes nothing, and the words look for the same.
TEST(FrozenQueryTest, ReadsBackAsItself) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::string> pieces = {
      "a",        "A",  "Ａ",       "ß",        "İ",    "ǰ",          "㍿",
      "か゛",     "ｶﾞ", "看護師",   "夜勤なし", "渋谷", "OR",         " ",
      "　",       "-",  "－",       "−",        "\"",   "”",          "\xE2\x80\x8B",
      "\xC2\xAD", "¨",  "\xCC\x88", "ﷺ",        "%",    "&",          "=",
      ",",        "，", "#",        "ー",       "ヴ",   "時給1200円", "\t",
      "\n",       "ﬀ",  "ͅ",         "Ⅻ",        "①"};
  text::Analyzer analyzer = MakeAnalyzer();
  for (int i = 0; i < 3'000; ++i) {
    ParameterPairs pairs;
    for (const char* name : {"q", "q_not", "exclude_employer", "station", "licence"}) {
      std::string text;
      for (uint64_t size = random() % 8; size > 0; --size) {
        text += pieces[random() % pieces.size()];
      }
      pairs.emplace_back(name, text);
    }
    const ParseOutcome sent = ParseSearchParameters(pairs, &analyzer);
    if (!sent.has_request()) {
      continue;
    }
    const std::string frozen = FreezeRequest(sent.request).query.canonical;
    const ParseOutcome read = ParseFrozenQuery(frozen, &analyzer);
    ASSERT_TRUE(read.has_request()) << frozen << " " << read.errors[0].reason;
    ASSERT_EQ(FreezeRequest(read.request).query.canonical, frozen);
    ASSERT_EQ(read.request.canonical, frozen);
    ASSERT_EQ(read.request.words.is_symbols, sent.request.words.is_symbols) << frozen;
    if (!sent.request.words.is_symbols) {
      ASSERT_EQ(Forms(read.request.words), Forms(sent.request.words)) << frozen;
    }
    ASSERT_EQ(read.request.filters.size(), sent.request.filters.size()) << frozen;
  }
}

}  // namespace
}  // namespace kyujin::query

#include "engine/base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

using testing::HasSubstr;

std::string WhyNot(std::string_view text, const JsonLimits& limits = {}) {
  const Result<JsonValue> value = ParseJson(text, limits);
  if (value.has_value()) {
    return "parsed";
  }
  EXPECT_EQ(value.error().code, ErrorCode::kInvalidArgument);
  return value.error().message;
}

TEST(ParseJsonTest, BuildsTheTree) {
  const Result<JsonValue> value =
      ParseJson(R"( {"a": [1, -2, 2.5, true, false, null, "求人"], "b": {}, "": [] } )");
  ASSERT_TRUE(value.has_value());
  const JsonArray& a = *value->Find("a")->array();
  ASSERT_EQ(a.size(), 7U);
  EXPECT_EQ(*a[0].integer(), 1);
  EXPECT_EQ(*a[1].integer(), -2);
  EXPECT_EQ(*a[2].number(), 2.5);
  EXPECT_TRUE(*a[3].boolean());
  EXPECT_FALSE(*a[4].boolean());
  EXPECT_TRUE(a[5].is_null());
  EXPECT_EQ(*a[6].string(), "求人");
  EXPECT_TRUE(value->Find("b")->object()->empty());
  EXPECT_TRUE(value->Find("")->array()->empty());
  EXPECT_EQ(value->Find("c"), nullptr);
  EXPECT_EQ(a[0].Find("a"), nullptr);
  EXPECT_EQ(a[0].number(), nullptr);
  EXPECT_EQ(a[0].string(), nullptr);
}

TEST(ParseJsonTest, MembersKeepTheirOrder) {
  const JsonValue value = *ParseJson(R"({"z": 1, "a": 2, "m": 3})");
  std::string names;
  for (const JsonMember& member : *value.object()) {
    names += member.first;
  }
  EXPECT_EQ(names, "zam");
}

TEST(ParseJsonTest, ScalarsAreDocumentsToo) {
  EXPECT_EQ(*ParseJson("7")->integer(), 7);
  EXPECT_TRUE(ParseJson("null")->is_null());
}

// RapidJSON's exact conversion is undefined for these; found by the manifest's fuzzer.
TEST(ParseJsonTest, ZeroInManyDigitsIsZero) {
  for (const char* text :
       {"0e-67", "0.0", "-0.0", "0.000000000000000000000000000000000", "1e-400"}) {
    const auto value = ParseJson(text);
    ASSERT_TRUE(value.has_value()) << text;
    ASSERT_NE(value->number(), nullptr) << text;
    EXPECT_EQ(*value->number(), 0.0) << text;
  }
}

TEST(ParseJsonTest, IntegersOutsideInt64AreDoubles) {
  EXPECT_EQ(*ParseJson("9223372036854775807")->integer(), INT64_MAX);
  EXPECT_EQ(*ParseJson("-9223372036854775808")->integer(), INT64_MIN);
  EXPECT_EQ(*ParseJson("9223372036854775808")->number(), 9223372036854775808.0);
  EXPECT_EQ(*ParseJson("18446744073709551615")->number(), 18446744073709551615.0);
  EXPECT_EQ(*ParseJson("-9223372036854775809")->number(), -9223372036854775809.0);
  EXPECT_EQ(*ParseJson(std::string(300, '9'))->number(), 1e300);
}

TEST(ParseJsonTest, RefusesNumbersThatAreNone) {
  for (const char* text :
       {"1e400", "-1e400", "01", "+1", ".5", "1.", "1e", "0x1", "NaN", "Infinity", "-", "--1"}) {
    EXPECT_THAT(WhyNot(text), HasSubstr("JSON: ")) << text;
  }
  EXPECT_THAT(WhyNot(std::string(400, '9')), HasSubstr("JSON: "));
}

TEST(ParseJsonTest, RefusesWhatIsNotOneDocument) {
  for (const char* text :
       {"",       " ",       "{",        "[1",         "[1,]",        "{\"a\":1,}",  "{a:1}",
        "'a'",    "[1] [2]", "[1]x",     "{}}",        "{\"a\" 1}",   "tru",         "\"open",
        "[1 2]",  "/*c*/1",  "1 // end", "\"a\nb\"",   "\"\\x41\"",   "\"\\u12\"",   "]",
        "\"\t\"", "{\"a\"}", "nullnull", "{1: \"a\"}", "\"\\ud800\"", "\"\\udc00a\""}) {
    EXPECT_THAT(WhyNot(text), HasSubstr("JSON: ")) << text;
  }
}

TEST(ParseJsonTest, SaysWhere) {
  EXPECT_THAT(WhyNot("[1, 2, x]"), HasSubstr("(byte 7)"));
}

TEST(ParseJsonTest, RefusesNulBytes) {
  EXPECT_THAT(WhyNot(std::string_view("[1]\0", 4)), HasSubstr("NUL at byte 3"));
  EXPECT_THAT(WhyNot(std::string_view("[\"a\0b\"]", 7)), HasSubstr("NUL at byte 3"));
}

TEST(ParseJsonTest, RefusesInvalidUtf8) {
  for (const char* bytes : {"\x80",
                            "\xC3",
                            "\xC0\xAF",
                            "\xE0\x80\xAF",
                            "\xED\xA0\x80",
                            "\xF4\x90\x80\x80",
                            "\xF8\x88\x80\x80\x80",
                            "\xFF",
                            "\xE6\xB1"}) {
    EXPECT_THAT(WhyNot("[\"" + std::string(bytes) + "\"]"), HasSubstr("JSON: "));
    EXPECT_THAT(WhyNot("{\"" + std::string(bytes) + "\": 1}"), HasSubstr("JSON: "));
  }
}

TEST(ParseJsonTest, RefusesDuplicateNames) {
  EXPECT_THAT(WhyNot(R"({"a": 1, "b": 2, "a": 3})"), HasSubstr("\"a\" stands twice"));
  EXPECT_THAT(WhyNot(R"({"a": 1, "\u0061": 3})"), HasSubstr("\"a\" stands twice"));
  EXPECT_THAT(WhyNot(R"([{"x": {"": 1, "": 1}}])"), HasSubstr("stands twice"));
  EXPECT_EQ(WhyNot(R"({"a": {"a": 1}, "b": {"a": 1}})"), "parsed");
}

TEST(ParseJsonTest, DepthIsLimitedAndCannotExhaustTheStack) {
  EXPECT_EQ(WhyNot(std::string(16, '[') + std::string(16, ']')), "parsed");
  EXPECT_THAT(WhyNot(std::string(17, '[') + std::string(17, ']')), HasSubstr("deeper than 16"));
  EXPECT_THAT(WhyNot(std::string(1'000'000, '[')), HasSubstr("deeper than 16"));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) {
    objects += "{\"a\":";
  }
  EXPECT_THAT(WhyNot(objects), HasSubstr("deeper than 16"));
}

TEST(ParseJsonTest, ValuesAreLimited) {
  JsonLimits limits;
  limits.max_values = 3;
  EXPECT_EQ(WhyNot("[1, 2]", limits), "parsed");
  EXPECT_THAT(WhyNot("[1, 2, 3, 4]", limits), HasSubstr("more than 3 values"));
}

TEST(ParseJsonTest, StringsAndNamesAreLimited) {
  JsonLimits limits;
  limits.max_string_bytes = 4;
  EXPECT_EQ(WhyNot(R"({"abcd": "abcd"})", limits), "parsed");
  EXPECT_THAT(WhyNot(R"(["abcde"])", limits), HasSubstr("longer than 4 bytes"));
  EXPECT_THAT(WhyNot(R"({"abcde": 1})", limits), HasSubstr("longer than 4 bytes"));
}

// The names come in the order that was worst for a sorted list: each in front of all others.
TEST(ParseJsonTest, ManyNamesCostNoSquare) {
  std::string text = "{";
  constexpr int kNames = 99'999;
  for (int i = 0; i < kNames; ++i) {
    text += (i == 0 ? "\"" : ",\"") + std::to_string(1'000'000 - i) + "\":0";
  }
  const Result<JsonValue> value = ParseJson(text + "}");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->object()->size(), size_t{kNames});
}

TEST(JsonWriterTest, EscapesWhatJsonCannotHold) {
  constexpr char kText[] = "\\ \" / \n \r \t \b \f \x01 \x1F \x7F 求 \0";
  const std::string_view text(kText, sizeof(kText) - 1);
  JsonWriter json;
  json.StartObject();
  json.Member("quote\"", text);
  json.EndObject();
  const Result<JsonValue> back = ParseJson(json.view());
  ASSERT_TRUE(back.has_value()) << json.view();
  EXPECT_EQ(*back->Find("quote\"")->string(), text);
  EXPECT_THAT(std::string(json.view()), HasSubstr("\\u0001"));
  EXPECT_THAT(std::string(json.view()), HasSubstr("\\u0000"));
}

std::string Written(std::string_view text) {
  JsonWriter json;
  json.String(text);
  return std::string(json.view());
}

TEST(JsonWriterTest, ReplacesInvalidUtf8) {
  EXPECT_EQ(Written("a\xFFz"), "\"a\uFFFDz\"");
  EXPECT_EQ(Written("\xE6\xB1"), "\"\uFFFD\"");
  EXPECT_EQ(Written("\xE6\xB1x"), "\"\uFFFDx\"");
  EXPECT_EQ(Written("\xC0\xAF"), "\"\uFFFD\uFFFD\"");
  EXPECT_EQ(Written("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");
  EXPECT_EQ(Written("\xF4\x90\x80\x80"), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");
  EXPECT_EQ(Written("\xF0\x9F\x8D"), "\"\uFFFD\"");
  EXPECT_EQ(Written("\x80\x80"), "\"\uFFFD\uFFFD\"");
  EXPECT_EQ(Written("\U0001F363\uFFFF\u0080\u07FF\u0800\uD7FF\uE000\U0010FFFF"),
            "\"\U0001F363\uFFFF\u0080\u07FF\u0800\uD7FF\uE000\U0010FFFF\"");
}

TEST(JsonWriterTest, AnyBytesBecomeValidJson) {
  std::mt19937_64 random(test::RandomSeed());
  constexpr std::string_view kPieces[] = {"a",
                                          "abcdefgh",
                                          "求",
                                          "求人",
                                          "\xE6",
                                          "\xB1",
                                          "\xF0\x9F",
                                          "\x8D\xA3",
                                          "\xED\xA0",
                                          "\"",
                                          "\\",
                                          "\xFF",
                                          "\n"};
  for (int run = 0; run < 2'000; ++run) {
    std::string text;
    for (uint64_t i = random() % 12; i > 0; --i) {
      text += random() % 4 == 0 ? std::string(1, static_cast<char>(random()))
                                : std::string(kPieces[random() % std::size(kPieces)]);
    }
    JsonWriter json;
    json.StartObject();
    json.Member(text, text);
    json.EndObject();
    const Result<JsonValue> back = ParseJson(json.view());
    ASSERT_TRUE(back.has_value()) << testing::PrintToString(text) << back.error().message;
    ASSERT_EQ(*back->object()->front().second.string(), back->object()->front().first);
  }
}

TEST(JsonWriterTest, ValidTextsComeBackWhateverStandsWhere) {
  std::mt19937_64 random(test::RandomSeed());
  constexpr std::string_view kPieces[] = {"a",
                                          "z ",
                                          "0123456",
                                          "求",
                                          "人材",
                                          "\uFF5E",
                                          "é",
                                          "🍣",
                                          "\"",
                                          "\\",
                                          "\n",
                                          "\x1F",
                                          "\x01",
                                          "\x7F",
                                          "!",
                                          "#"};
  for (int run = 0; run < 20'000; ++run) {
    std::string text;
    for (uint64_t i = random() % 9; i > 0; --i) {
      text += kPieces[random() % (run % 2 == 0 ? 6 : std::size(kPieces))];
    }
    const Result<JsonValue> back = ParseJson(Written(text));
    ASSERT_TRUE(back.has_value()) << testing::PrintToString(text) << back.error().message;
    ASSERT_EQ(*back->string(), text);
  }
}

TEST(JsonWriterTest, NumbersComeBack) {
  std::mt19937_64 random(test::RandomSeed());
  JsonWriter json;
  json.StartArray();
  json.Int(INT64_MIN);
  json.Uint(UINT64_MAX);
  json.Double(0.1);
  json.Double(3.0);
  std::vector<double> numbers;
  while (numbers.size() < 1'000) {
    const auto number = std::bit_cast<double>(random());
    if (std::isfinite(number)) {
      numbers.push_back(number);
      json.Double(number);
    }
  }
  json.EndArray();
  EXPECT_THAT(std::string(json.view()),
              testing::StartsWith("[-9223372036854775808,18446744073709551615,0.1,3.0,"));
  const JsonArray back = *ParseJson(json.view())->array();
  for (size_t i = 0; i < numbers.size(); ++i) {
    ASSERT_EQ(*back[i + 4].number(), numbers[i]);
  }
}

TEST(JsonWriterTest, WritesEveryKindOfValue) {
  JsonWriter json;
  json.StartObject();
  json.MemberInt("i", -1);
  json.MemberUint("u", 1);
  json.MemberDouble("d", 0.5);
  json.MemberBool("b", true);
  json.Key("n");
  json.Null();
  json.Key("r");
  json.Raw("[1,{}]");
  json.Member("e", std::string_view());
  json.EndObject();
  JsonWriter moved = std::move(json);
  EXPECT_EQ(moved.view(), R"({"i":-1,"u":1,"d":0.5,"b":true,"n":null,"r":[1,{}],"e":""})");
}

}  // namespace
}  // namespace kyujin

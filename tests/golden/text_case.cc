#include "tests/golden/text_case.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace kyujin::test {
namespace {

using schema::Tag;

// Where a field's text comes from in the feed.
constexpr std::pair<std::string_view, Tag> kFields[] = {{"title", Tag::kSksu},
                                                        {"employer", Tag::kJgshmei},
                                                        {"description", Tag::kShigotoNy},
                                                        {"station", Tag::kShgbsMyre},
                                                        {"workplace", Tag::kShgbsjusho},
                                                        {"business", Tag::kJigyony},
                                                        {"licence", Tag::kMenkyoSkku1N},
                                                        {"experience", Tag::kHynakiknt},
                                                        {"other", Tag::kKjjknktkjk}};

constexpr std::string_view kParameters[] = {"interpret", "partial", "q_in", "q_mode", "q_not"};

std::vector<std::string> Split(std::string_view text, std::string_view separator) {
  std::vector<std::string> pieces;
  size_t begin = 0;
  while (true) {
    const size_t end = text.find(separator, begin);
    pieces.emplace_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) {
      return pieces;
    }
    begin = end + separator.size();
  }
}

std::vector<std::pair<std::string, std::string>> ReadParameters(const std::string& why) {
  std::vector<std::pair<std::string, std::string>> parameters;
  std::istringstream words(why);
  for (std::string word; words >> word;) {
    const size_t mark = word.find('=');
    const std::string_view name = std::string_view(word).substr(0, mark);
    if (mark != std::string::npos &&
        std::find(std::begin(kParameters), std::end(kParameters), name) != std::end(kParameters)) {
      parameters.emplace_back(name, word.substr(mark + 1));
    }
  }
  return parameters;
}

}  // namespace

TextCase ParseTextCase(const std::string& line) {
  const std::vector<std::string> columns = Split(line, "\t");
  constexpr size_t kColumns = 5;
  if (columns.size() != kColumns) {
    ADD_FAILURE() << "not five columns: " << line;
    return {};
  }
  const auto* field = std::find_if(std::begin(kFields), std::end(kFields), [&](const auto& known) {
    return known.first == columns[1];
  });
  EXPECT_NE(field, std::end(kFields)) << "unknown field: " << line;
  EXPECT_TRUE(columns[3] == "hit" || columns[3] == "miss" || columns[3] == "above") << line;
  TextCase text_case{.line = line,
                     .query = columns[0],
                     .tag = field == std::end(kFields) ? Tag::kSksu : field->second,
                     .texts = Split(columns[2], " || "),
                     .expect = columns[3] == "above"
                                   ? Expectation::kAbove
                                   : (columns[3] == "hit" ? Expectation::kHit : Expectation::kMiss),
                     .parameters = ReadParameters(columns[4])};
  EXPECT_EQ(text_case.texts.size(), text_case.expect == Expectation::kAbove ? 2U : 1U) << line;
  return text_case;
}

std::string GoldenPath(std::string_view name) {
  return std::string(KYUJIN_SOURCE_DIR) + "/tests/golden/" + std::string(name);
}

std::vector<std::string> GoldenLines(std::string_view name) {
  std::ifstream file(GoldenPath(name));
  EXPECT_TRUE(file.good()) << name;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    // C# and C++ begin no comment.
    if (!line.empty() && !line.starts_with("# ") && line != "#") {
      lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace kyujin::test

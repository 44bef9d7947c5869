// The text cases of text_cases.tsv: one query and one or two texts each, and what must come of it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/schema/feed_field.h"

namespace kyujin::test {

enum class Expectation { kHit, kMiss, kAbove };

struct TextCase {
  std::string line;  // as it stands in the file
  std::string query;
  schema::Tag tag;                 // where the texts stand
  std::vector<std::string> texts;  // one, or two of which the first must rank above the second
  Expectation expect;
  std::vector<std::pair<std::string, std::string>> parameters;  // of the request, beside q
};

// Reads a case. Fails the test for a line that is none.
TextCase ParseTextCase(const std::string& line);

// The lines of a file in the source tree, without comments and empty ones.
std::vector<std::string> GoldenLines(std::string_view name);
// The path of that file.
std::string GoldenPath(std::string_view name);

}  // namespace kyujin::test

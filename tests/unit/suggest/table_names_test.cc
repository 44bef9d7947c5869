#include "engine/suggest/table_names.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace kyujin::suggest {
namespace {

const TableNames& Tables() {
  static const TableNames tables;
  return tables;
}

// Whether `typed` leads to a name with that parameter and value.
bool Leads(std::string_view typed, std::string_view parameter, std::string_view value) {
  const std::vector<uint32_t> ids = TypedName(typed).Find(Tables().index());
  return std::any_of(ids.begin(), ids.end(), [&](uint32_t id) {
    const TableName& name = Tables().names()[id];
    return name.parameter == parameter && name.value == value;
  });
}

TEST(TableNamesTest, NamesOfEveryTable) {
  struct Case {
    const char* typed;
    const char* parameter;
    const char* value;
  };
  const Case cases[] = {
      {"看", "occupation", "023"},
      {"かんご", "occupation", "023"},
      {"kango", "occupation", "023"},
      {"じゅうい", "occupation", "021"},
      {"事務的", "occupation", "06"},
      {"学芸員", "occupation", "019"},
      {"とうきょう", "pref", "13"},
      {"tokyo", "pref", "13"},
      {"しぶや", "city", "13113"},
      {"yokohama", "city", "14100"},
      {"さっぽろしちゅう", "city", "01101"},
      {"札幌市中", "city", "01101"},
      {"中央区", "city", "01101"},
      {"ちゅうおうく", "city", "01101"},
      {"かんごし", "licence", "L001"},
      {"junkan", "licence", "L002"},
  };
  for (const Case& test : cases) {
    EXPECT_TRUE(Leads(test.typed, test.parameter, test.value)) << test.typed;
  }
  EXPECT_FALSE(Leads("京都", "pref", "13"));
}

}  // namespace
}  // namespace kyujin::suggest

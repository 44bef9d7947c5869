#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "engine/text/analyzer.h"

namespace kyujin::text {
namespace {

bool IsOneAsciiLine(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

TEST(AnalyzerModelTest, VersionIsOneAsciiLineAndRepeatable) {
  const auto first = AnalyzerModel::Load();
  const auto second = AnalyzerModel::Load();
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_EQ((*first)->version(), (*second)->version());
  EXPECT_FALSE((*first)->version().empty());
  EXPECT_TRUE(IsOneAsciiLine((*first)->version())) << (*first)->version();
  EXPECT_EQ(Analyzer(*first).version(), (*first)->version());
}

TEST(AnalyzerModelTest, AMissingDictionaryIsNotFoundAndNamed) {
  const auto model = AnalyzerModel::Load({.dictionary_path = "/nowhere/dic"});
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
  EXPECT_NE(model.error().message.find("/nowhere/dic"), std::string::npos);
}

TEST(AnalyzerModelTest, AMissingUserDictionaryIsNotFoundAndNamed) {
  const auto model = AnalyzerModel::Load({.own_dictionary_path = "/nowhere/own"});
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
  EXPECT_NE(model.error().message.find("/nowhere/own/user.dic"), std::string::npos);
}

Status LoadUserDictionary(std::string_view bytes) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "text_test_broken_dictionary";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "user.dic", std::ios::binary) << bytes;
  const auto model = AnalyzerModel::Load({.own_dictionary_path = folder.string()});
  std::filesystem::remove_all(folder);
  return model.has_value() ? Status() : Status(model.error());
}

TEST(AnalyzerModelTest, ABrokenUserDictionaryIsCorruption) {
  for (const std::string_view bytes : {"", "dic", "this is no dictionary"}) {
    const Status status = LoadUserDictionary(bytes);
    ASSERT_FALSE(status.has_value()) << bytes;
    EXPECT_EQ(status.error().code, ErrorCode::kCorruption) << bytes;
  }
}

}  // namespace
}  // namespace kyujin::text

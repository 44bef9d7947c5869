// The made-up corpus as a whole: reproducible, well-formed, and with the shares and lengths of real
// postings (HWIS.md 5 and the statistics it cites).
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "bench/corpus/corpus_writer.h"
#include "bench/corpus/japanese_text.h"
#include "tests/unit/bench/feed_reader.h"

namespace kyujin::corpus {
namespace {

CorpusOptions Options(uint64_t count, uint64_t seed) {
  return {count, seed, *Date::Parse("2026-11-22")};
}

std::string MakePage(uint64_t count, uint64_t seed) {
  const CorpusOptions options = Options(count, seed);
  PostingGenerator generator(options);
  std::string page;
  AppendPage(generator, options, 0, page);
  return page;
}

uint64_t Checksum(const std::string& text) {  // FNV-1a
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  }
  return hash;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// 20,000 records, read back once for all tests.
class CorpusSharesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const CorpusOptions options = Options(20'000, 1);
    PostingGenerator generator(options);
    auto records = std::make_unique<std::vector<Record>>();
    for (uint64_t page = 0; page < 20; ++page) {
      std::string text;
      AppendPage(generator, options, page, text);
      for (Record& record : ReadPage(text)) {
        records->push_back(std::move(record));
      }
    }
    records_ = std::move(records);
  }
  static void TearDownTestSuite() { records_.reset(); }

  static std::string Value(const Record& record, const std::string& tag) {
    const auto found = record.find(tag);
    return found == record.end() ? std::string() : found->second;
  }
  static double Share(const std::function<bool(const Record&)>& test) {
    return static_cast<double>(std::count_if(records_->begin(), records_->end(), test)) /
           static_cast<double>(records_->size());
  }
  static double ShareOf(const std::string& tag, const std::string& value) {
    return Share([&](const Record& record) { return Value(record, tag) == value; });
  }
  static std::set<std::string> Values(const std::string& tag) {
    std::set<std::string> values;
    for (const Record& record : *records_) {
      values.insert(Value(record, tag));
    }
    return values;
  }
  static std::vector<size_t> Lengths(const std::string& tag) {
    std::vector<size_t> lengths;
    for (const Record& record : *records_) {
      lengths.push_back(CountCharacters(Value(record, tag)));
    }
    std::sort(lengths.begin(), lengths.end());
    return lengths;
  }
  static const std::vector<Record>& records() { return *records_; }

 private:
  static inline std::unique_ptr<std::vector<Record>> records_;  // NOLINT
};

TEST(CorpusTest, SameArgumentsSameBytes) {
  EXPECT_EQ(MakePage(500, 1), MakePage(500, 1));
}

TEST(CorpusTest, BytesStayTheSameFromBuildToBuild) {
  // Changes only with the generator; a new value belongs into the change that made it.
  EXPECT_EQ(Checksum(MakePage(300, 42)), 0x9e08b94acd042413ULL);
}

TEST(CorpusTest, OtherSeedOtherBytes) {
  EXPECT_NE(MakePage(100, 1), MakePage(100, 2));
}

TEST(CorpusTest, PagesDoNotDependOnTheirOrder) {
  const CorpusOptions options = Options(2500, 4);
  PostingGenerator forward(options);
  PostingGenerator backward(options);
  std::vector<std::string> pages(3);
  for (uint64_t page = 0; page < 3; ++page) {
    AppendPage(forward, options, page, pages[page]);
  }
  for (uint64_t page = 3; page-- > 0;) {
    std::string text;
    AppendPage(backward, options, page, text);
    EXPECT_EQ(text, pages[page]);
  }
  EXPECT_EQ(ReadPage(pages[2]).size(), 500U);
}

TEST(CorpusTest, WritesPagesAndRemovesThoseOfALargerCorpus) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "corpus_test_pages";
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(WriteCorpus(Options(2001, 9), folder.string()).has_value());
  EXPECT_TRUE(std::filesystem::exists(folder / "M100" / "3.xml"));
  const auto summary = WriteCorpus(Options(1000, 9), folder.string());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->pages, 1U);
  EXPECT_FALSE(std::filesystem::exists(folder / "M100" / "2.xml"));
  EXPECT_EQ(ReadFile(folder / "M100" / "1.xml"), MakePage(1000, 9));
  EXPECT_EQ(summary->bytes, std::filesystem::file_size(folder / "M100" / "1.xml"));
  std::filesystem::remove_all(folder);
}

TEST(CorpusTest, SaysWhereItCannotWrite) {
  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "corpus_test_file";
  std::ofstream(file) << "in the way";
  const auto summary = WriteCorpus(Options(10, 1), file.string());
  ASSERT_FALSE(summary.has_value());
  EXPECT_NE(summary.error().message.find(file.string()), std::string::npos);
  std::filesystem::remove(file);
}

TEST_F(CorpusSharesTest, EveryRecordIsReadBack) {
  EXPECT_EQ(records().size(), 20'000U);
}

TEST_F(CorpusSharesTest, PrefecturesFollowTheStatistics) {
  const std::map<std::string, double> shares = {{"13", 0.150},
                                                {"27", 0.081},
                                                {"23", 0.054},
                                                {"40", 0.043},
                                                {"14", 0.042},
                                                {"11", 0.039},
                                                {"01", 0.037},
                                                {"28", 0.033},
                                                {"12", 0.031},
                                                {"22", 0.027},
                                                {"34", 0.026},
                                                {"31", 0.0052}};
  for (const auto& [prefecture, share] : shares) {
    EXPECT_NEAR(Share([&code = prefecture](const Record& record) {
                  return Value(record, "kjno").starts_with(code);
                }),
                share,
                share * 0.15)
        << prefecture;
  }
}

TEST_F(CorpusSharesTest, WorkplaceIsNowAndThenInAnotherPrefecture) {
  const double in_tokyo = Share([](const Record& record) {
    const std::string place = Value(record, "shgbsjusho");
    return (place.empty() ? Value(record, "jgshszci") : place).starts_with("東京都");
  });
  EXPECT_NEAR(in_tokyo, 0.10, 0.015);
}

TEST_F(CorpusSharesTest, EmploymentTypesAndWageForms) {
  EXPECT_NEAR(ShareOf("koyokeitai_n", "正社員"), 0.495, 0.03);
  EXPECT_NEAR(ShareOf("kjkbn2_n", "パート"), 0.36, 0.03);
  EXPECT_NEAR(ShareOf("chgnkeitai_n", "月給"), 0.57, 0.03);
  EXPECT_NEAR(ShareOf("chgnkeitai_n", "時給"), 0.40, 0.03);
  EXPECT_EQ(Values("koyokeitai_n").size(), 7U);
  EXPECT_EQ(Values("chgnkeitai_n").size(), 5U);
  EXPECT_EQ(Values("kjkbn1_n").size(), 5U);
  EXPECT_EQ(Values("shgjn").size(), 7U);  // six systems and none
}

TEST_F(CorpusSharesTest, EveryOccupationAndManyIndustriesAppear) {
  std::set<std::string> classes;
  for (const std::string& code : Values("skgybrui1_c")) {
    classes.insert(code.substr(0, 3));
  }
  EXPECT_EQ(classes.size(), 99U);
  EXPECT_EQ(Values("skgybruicode1_dai_c").size(), 15U);
  EXPECT_GE(Values("sngbrui_c").size(), 150U);
  EXPECT_NEAR(
      Share([](const Record& record) { return Value(record, "skgybrui1_c").starts_with("050"); }),
      0.075,
      0.015);
}

TEST_F(CorpusSharesTest, EveryConditionHasBothAnswers) {
  const std::vector<std::pair<std::string, std::string>> conditions = {
      {"uijturnkange_n", "あり"},
      {"uijturnkange_n", "なし"},
      {"ztkkimmu_n", "あり"},
      {"ztkkimmu_n", "なし"},
      {"ktizangydi", "あり"},
      {"ktizangydi", "なし"},
      {"mycartsknkahi_n", "可"},
      {"mycartsknkahi_n", "不可"},
      {"tenkin_knsi_n", "あり"},
      {"tenkin_knsi_n", "なし"},
      {"hynakiknt", "不問"},
      {"grki", "不問"},
      {"grki", "必須　大学以上"},
      {"nenreisegnari_jgn", "不問"},
      {"nenreisegnari_jgn", "59"},
      {"sk2sei_n", "毎週"},
      {"sk2sei_n", "なし"},
      {"jkgi_umu_n", "あり"},
      {"jkgi_umu_n", "なし"},
      {"shgbs_okni_jdktentisk_n", "喫煙室設置"},
      {"shoyoumu_n", "なし"},
      {"ssintoyo_umu_n", "あり"},
      {"tskntat", "なし"},
      {"tiskkin_seido", "あり"},
      {"tiskkin_seido", "なし"},
      {"snkhoho_shrisnko_c", "1"},
      {"menkyo_skkuyohi1_n", "必須"},
      {"menkyo_skkuyohi1_n", "未選択"},
      {"tnsei", "なし"},
      {"koyokikan_sadame_n", "日雇（日々雇用または１ヶ月未満）"}};
  for (const auto& [tag, value] : conditions) {
    EXPECT_GT(ShareOf(tag, value), 0.0005) << tag << " " << value;
    EXPECT_LT(ShareOf(tag, value), 0.97) << tag << " " << value;
  }
  EXPECT_NEAR(Share([](const Record& record) {
                return Value(record, "kjkbn2_n") == "フルタイム" &&
                       Value(record, "shoyoumu_n") == "あり";
              }) / ShareOf("kjkbn2_n", "フルタイム"),
              0.827,
              0.03);
}

TEST_F(CorpusSharesTest, TextsHaveTheLengthsOfRealOnes) {
  const std::vector<size_t> description = Lengths("shigoto_ny");
  const auto at = [](const std::vector<size_t>& lengths, size_t permille) {
    return static_cast<double>(lengths[(lengths.size() - 1) * permille / 1000]);
  };
  EXPECT_NEAR(at(description, 100), 67, 7);
  EXPECT_NEAR(at(description, 500), 145, 10);
  EXPECT_NEAR(at(description, 900), 240, 15);
  EXPECT_LE(description.back(), kMaxDescription);
  EXPECT_GE(description.front(), 5U);
  const std::vector<size_t> title = Lengths("sksu");
  EXPECT_NEAR(at(title, 500), 14, 2);
  EXPECT_NEAR(at(title, 900), 26, 2);
  EXPECT_LE(title.back(), kMaxTitle);
  EXPECT_LE(Lengths("jgshmei").back(), 60U);
  EXPECT_LE(Lengths("shgbsjusho").back(), 90U);
  EXPECT_LE(Lengths("jigyony").back(), 90U);
  EXPECT_LE(Lengths("kaishatokucho").back(), 90U);
  EXPECT_LE(Lengths("kjjknktkjk").back(), kMaxNote);
  EXPECT_LE(Lengths("hynakiknt").back(), 60U);
  EXPECT_LE(Lengths("shgjn_tkjk").back(), 120U);
}

TEST_F(CorpusSharesTest, FreeTextIsFullWidth) {
  for (const Record& record : records()) {
    for (const char* tag : {"shigoto_ny", "sksu", "kjjknktkjk", "kaishatokucho", "jgshmei"}) {
      const std::string text = Value(record, tag);
      EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](char byte) {
        return static_cast<unsigned char>(byte) < 0x80;
      })) << text;
    }
  }
}

TEST_F(CorpusSharesTest, DescriptionsRepeatAsInRealFeeds) {
  const auto distinct = static_cast<double>(Values("shigoto_ny").size());
  EXPECT_NEAR(1 - distinct / static_cast<double>(records().size()), 0.115, 0.015);
}

TEST_F(CorpusSharesTest, SomeDescriptionsAreWrappedByHand) {
  // A space after every n characters, n from 14 to 31, cuts words wherever they stand.
  const auto is_wrapped = [](const Record& record) {
    const std::string text = Value(record, "shigoto_ny");
    for (size_t width = 14; width <= 31; ++width) {
      std::string_view rest = text;
      size_t lines = 0;
      while (CountCharacters(rest) > width) {
        rest.remove_prefix(FirstCharacters(rest, width).size());
        if (!rest.starts_with(kWideSpace)) {
          lines = 0;
          break;
        }
        rest.remove_prefix(kWideSpace.size());
        ++lines;
      }
      if (lines >= 3) {
        return true;
      }
    }
    return false;
  };
  const double share = Share(is_wrapped);
  EXPECT_GT(share, 0.01);
  EXPECT_LT(share, 0.05);
}

TEST_F(CorpusSharesTest, StationsAndMinutesOnFoot) {
  const std::regex on_foot("駅　から　徒歩([0-9]+)分$");
  const auto minutes = [&](const Record& record) {
    std::smatch match;
    const std::string text = Value(record, "shgbs_myre");
    return std::regex_search(text, match, on_foot) ? std::stoi(match[1]) : 0;
  };
  EXPECT_NEAR(Share([&](const Record& record) {
                const int walk = minutes(record);
                return walk >= 1 && walk <= 10;
              }),
              0.35,
              0.04);
  EXPECT_NEAR(Share([&](const Record& record) { return minutes(record) > 0; }), 0.525, 0.05);
  EXPECT_NEAR(
      Share([](const Record& record) { return !Value(record, "shgbs_myre").empty(); }), 0.75, 0.06);
}

TEST_F(CorpusSharesTest, DatesAreValidAndDeadlinesAhead) {
  size_t past = 0;
  for (const Record& record : records()) {
    const auto received = Date::Parse(Value(record, "uktkymd_seireki"));
    const auto deadline = Date::Parse(Value(record, "kjyukoymd"));
    ASSERT_TRUE(received.has_value());
    ASSERT_TRUE(deadline.has_value());
    EXPECT_LT(*received, *deadline);
    EXPECT_LE(*received, *Date::Parse("2026-11-22"));
    past += *deadline < *Date::Parse("2026-11-22") ? 1U : 0U;
  }
  EXPECT_NEAR(static_cast<double>(past) / static_cast<double>(records().size()), 0.01, 0.004);
}

TEST_F(CorpusSharesTest, NumbersAreUniqueButForSomeRepeats) {
  const std::regex form("[0-9]{5}-[0-9]{8}");
  std::map<std::string, int> seen;
  for (const Record& record : records()) {
    const std::string number = Value(record, "kjno");
    EXPECT_TRUE(std::regex_match(number, form)) << number;
    ++seen[number];
  }
  EXPECT_LT(seen.size(), records().size());
  EXPECT_GT(seen.size(), records().size() - 30);
}

TEST_F(CorpusSharesTest, WagesAreAboveTheFloorAndNearTheMeans) {
  double monthly_sum = 0;
  double hourly_sum = 0;
  size_t monthly = 0;
  size_t hourly = 0;
  for (const Record& record : records()) {
    const int low = std::stoi(Value(record, "khkykagen"));
    const int high = std::stoi(Value(record, "khkyjgn"));
    EXPECT_LE(low, high);
    EXPECT_GT(low, 0);
    if (Value(record, "chgnkeitai_n") == "時給" && Value(record, "tgktat1_kagen").empty()) {
      EXPECT_GE(low, 1023);  // the lowest minimum wage
      hourly_sum += (low + high) / 2.0;
      ++hourly;
    }
    if (Value(record, "chgnkeitai_n") == "月給" && !Value(record, "sikg_aplusbkagen").empty()) {
      monthly_sum += (std::stoi(Value(record, "sikg_aplusbkagen")) +
                      std::stoi(Value(record, "sikg_aplusbjgn"))) /
                     2.0;
      ++monthly;
    }
  }
  EXPECT_NEAR(monthly_sum / static_cast<double>(monthly), 261'000, 8'000);
  EXPECT_NEAR(hourly_sum / static_cast<double>(hourly), 1265, 35);
}

TEST_F(CorpusSharesTest, UnknownTagsAppearNowAndThen) {
  const double share =
      Share([](const Record& record) { return record.contains("mitei_komoku_kbn_n"); });
  EXPECT_GT(share, 0);
  EXPECT_LT(share, 0.01);
}

}  // namespace
}  // namespace kyujin::corpus

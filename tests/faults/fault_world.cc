#include "tests/faults/fault_world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <utility>

#include "engine/base/date.h"
#include "tests/faults/fault_injector.h"
#include "tests/testing/random_feed.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> Record(unsigned serial, std::string_view title) {
  return {{"kjno", fmt::format("13010-{:08}", serial)},
          {"sksu", fmt::format("{} {}", title, serial)},
          {"shigoto_ny", "病棟での介護と調理補助。夜勤なし。"},
          {"uktkymd_seireki", "2026/11/20"},
          {"kjyukoymd", "2027/01/31"},
          {"shgbsjusho1_n", "東京都渋谷区"}};
}

}  // namespace

std::string FaultWorld::Upserts(unsigned first, unsigned count, std::string_view title) {
  std::string lines;
  for (unsigned serial = first; serial < first + count; ++serial) {
    lines += UpsertLine(Record(serial, title));
  }
  return lines;
}

fs::path FaultWorld::WriteFeed(std::string_view name,
                               unsigned first,
                               unsigned count,
                               std::string_view title) const {
  std::vector<RandomRecord> records;
  for (unsigned serial = first; serial < first + count; ++serial) {
    RandomRecord& record = records.emplace_back();
    for (const auto& [tag, text] : Record(serial, title)) {
      record.Add(tag, text);
    }
  }
  const fs::path path = folder_ / name;
  WriteBytes(path, ToFeedPage(records));
  return path;
}

void FaultWorld::BuildIndex(const fs::path& index) const {
  const IndexActions actions(index, model_);
  const fs::path feed = WriteFeed("first.xml", 1, 40, "調理補助");
  KYUJIN_CHECK(actions.RunFeed(feed, indexer::FeedMode::kBuild).has_value());
  KYUJIN_CHECK(actions.Apply(Upserts(10, 10, "看護師")).has_value());
  KYUJIN_CHECK(actions.Apply(Upserts(15, 10, "事務") + DeleteLine(1'301'000'000'001)).has_value());
}

FaultWorld::FaultWorld() : model_(*text::AnalyzerModel::Load()) {
  BuildIndex(folder_ / "template");
  const fs::path feed = WriteFeed("second.xml", 5, 40, "運転手");
  const fs::path mixed = WriteFeed("third.xml", 8, 32, "調理補助");
  using indexer::FeedMode;
  AddCase("first build", true, [feed](const IndexActions& actions) {
    return actions.RunFeed(feed, FeedMode::kBuild).has_value();
  });
  AddCase("build", false, [feed](const IndexActions& actions) {
    return actions.RunFeed(feed, FeedMode::kBuild).has_value();
  });
  AddCase("sync", false, [mixed](const IndexActions& actions) {
    return actions.RunFeed(mixed, FeedMode::kSync).has_value();
  });
  AddCase("apply", false, [](const IndexActions& actions) {
    return actions.Apply(Upserts(30, 15, "清掃") + DeleteLine(1'301'000'000'012)).has_value();
  });
  AddCase(
      "merge", false, [](const IndexActions& actions) { return actions.MergeAll().has_value(); });
}

void FaultWorld::AddCase(std::string name,
                         bool starts_empty,
                         std::function<bool(const IndexActions&)> action) {
  FaultCase fault_case{std::move(name), starts_empty, std::move(action)};
  const fs::path index = Prepare(fault_case);
  fault_case.before = *Read(index);
  const ChildResult result =
      RunWithFault({}, [&] { return fault_case.action(IndexActions(index, model_)); });
  KYUJIN_CHECK(result.is_done);
  fault_case.steps = result.steps;
  fault_case.after = *Read(index);
  KYUJIN_CHECK(fault_case.after.generation == fault_case.before.generation + 1);
  cases_.push_back(std::move(fault_case));
}

fs::path FaultWorld::Prepare(const FaultCase& fault_case) const {
  const fs::path index = folder_ / "index";
  fs::remove_all(index);
  if (!fault_case.starts_empty) {
    fs::copy(folder_ / "template", index, fs::copy_options::recursive);
  }
  return index;
}

std::optional<IndexState> FaultWorld::Read(const fs::path& index) const {
  if (!fs::exists(index / "CURRENT")) {
    return IndexState();
  }
  const auto state = ReadVerified(index, model_->version());
  EXPECT_TRUE(state.has_value()) << state.error().message;
  return state.has_value() ? std::optional(*state) : std::nullopt;
}

}  // namespace kyujin::test

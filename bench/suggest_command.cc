#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/command.h"
#include "bench/engine/engine_session.h"
#include "bench/load/load_runner.h"
#include "bench/mix/mix_query.h"
#include "engine/text/utf8.h"

namespace kyujin::bench {
namespace {

struct SuggestArguments {
  std::string index;
  size_t rounds = 5;
};

// Names as people begin to type them: each is cut after every letter.
constexpr std::string_view kTyped[] = {
    "看護師",     "介護福祉士", "営業事務",       "トラック運転手", "渋谷",
    "横浜市",     "大阪",       "株式会社",       "医療法人",       "かんごし",
    "ほいくし",   "とうきょう", "けいり",         "ドライバー",     "フォークリフト",
    "ﾌﾟﾛｸﾞﾗﾏｰ",   "kangoshi",   "tokyo",          "eigyou",         "shinjuku",
    "普通自動車", "簿記",       "フォークリスト", "kangoxhi",       "東京都渋谷区"};

std::vector<std::string> Targets() {
  std::vector<std::string> targets;
  for (const std::string_view typed : kTyped) {
    for (std::string_view rest = typed; !rest.empty();) {
      text::DecodeUtf8(&rest);
      const std::string_view begun = typed.substr(0, typed.size() - rest.size());
      targets.push_back("/v1/suggest?q=" + mix::PercentEncoded(begun));
    }
  }
  return targets;
}

int Fail(const std::string& message) {
  std::fprintf(stderr, "kyujin-bench: %s\n", message.c_str());
  return kFailed;
}

// Every beginning `rounds` times, after one round that nobody counts; microseconds.
int RunSuggest(const SuggestArguments& arguments) {
  const auto session = EngineSession::Open({arguments.index, std::nullopt, 1});
  if (!session.has_value()) {
    return Fail(session.error().message);
  }
  const std::vector<std::string> targets = Targets();
  std::vector<std::pair<uint64_t, std::string>> times;
  for (size_t round = 0; round <= arguments.rounds; ++round) {
    for (const std::string& target : targets) {
      const auto start = std::chrono::steady_clock::now();
      const auto body = (*session)->Get(target, 0);
      const auto took = std::chrono::steady_clock::now() - start;
      if (!body.has_value()) {
        return Fail(body.error().message);
      }
      if (round > 0) {
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
        times.emplace_back(static_cast<uint64_t>(us), target);
      }
    }
  }
  std::sort(times.begin(), times.end());
  std::vector<uint64_t> sorted;
  sorted.reserve(times.size());
  for (const auto& [took, target] : times) {
    sorted.push_back(took);
  }
  std::printf("documents %llu requests %zu p50 %llu p90 %llu p99 %llu max %llu us (%s)\n",
              static_cast<unsigned long long>((*session)->documents()),
              sorted.size(),
              static_cast<unsigned long long>(load::Percentile(sorted, 0.50)),
              static_cast<unsigned long long>(load::Percentile(sorted, 0.90)),
              static_cast<unsigned long long>(load::Percentile(sorted, 0.99)),
              static_cast<unsigned long long>(sorted.back()),
              times.back().second.c_str());
  return kDone;
}

}  // namespace

void AddSuggestCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<SuggestArguments>();
  CLI::App* command =
      app->add_subcommand("suggest", "time suggestions for names cut after every letter");
  command->add_option("--index", arguments->index, "index directory")->required();
  command->add_option("--rounds", arguments->rounds, "how often each is asked for")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  command->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunSuggest(*arguments); }; });
}

}  // namespace kyujin::bench

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/command.h"
#include "bench/engine/engine_session.h"

namespace kyujin::bench {
namespace {

struct SuggestArguments {
  std::string index;
  size_t rounds = 5;
};

// Names as people begin to type them: each is cut after every letter.
constexpr std::u32string_view kTyped[] = {
    U"看護師",     U"介護福祉士", U"営業事務",       U"トラック運転手", U"渋谷",
    U"横浜市",     U"大阪",       U"株式会社",       U"医療法人",       U"かんごし",
    U"ほいくし",   U"とうきょう", U"けいり",         U"ドライバー",     U"フォークリフト",
    U"ﾌﾟﾛｸﾞﾗﾏｰ",   U"kangoshi",   U"tokyo",          U"eigyou",         U"shinjuku",
    U"普通自動車", U"簿記",       U"フォークリスト", U"kangoxhi",       U"東京都渋谷区"};

std::string Encoded(char32_t c) {
  // Two and three bytes are all there are above.
  if (c < 0x80) {
    return std::string(1, static_cast<char>(c));
  }
  return fmt::format(
      "%{:02X}%{:02X}%{:02X}", 0xE0U | (c >> 12U), 0x80U | (c >> 6U & 0x3FU), 0x80U | (c & 0x3FU));
}

std::vector<std::string> Targets() {
  std::vector<std::string> targets;
  for (const std::u32string_view typed : kTyped) {
    std::string q;
    for (const char32_t c : typed) {
      q += Encoded(c);
      targets.push_back("/v1/suggest?q=" + q);
    }
  }
  return targets;
}

int Fail(const std::string& message) {
  std::fprintf(stderr, "kyujin-bench: %s\n", message.c_str());
  return kFailed;
}

int64_t At(const std::vector<int64_t>& sorted, size_t percent) {
  return sorted[std::min(sorted.size() - 1, sorted.size() * percent / 100)];
}

// Every beginning `rounds` times, after one round that nobody counts; microseconds.
int RunSuggest(const SuggestArguments& arguments) {
  const auto session = EngineSession::Open({arguments.index, std::nullopt, 1});
  if (!session.has_value()) {
    return Fail(session.error().message);
  }
  const std::vector<std::string> targets = Targets();
  std::vector<std::pair<int64_t, std::string>> times;
  for (size_t round = 0; round <= arguments.rounds; ++round) {
    for (const std::string& target : targets) {
      const auto start = std::chrono::steady_clock::now();
      const auto body = (*session)->Get(target, 0);
      const auto took = std::chrono::steady_clock::now() - start;
      if (!body.has_value()) {
        return Fail(body.error().message);
      }
      if (round > 0) {
        times.emplace_back(std::chrono::duration_cast<std::chrono::microseconds>(took).count(),
                           target);
      }
    }
  }
  std::sort(times.begin(), times.end());
  std::vector<int64_t> sorted;
  sorted.reserve(times.size());
  for (const auto& [took, target] : times) {
    sorted.push_back(took);
  }
  std::printf("documents %llu requests %zu p50 %lld p90 %lld p99 %lld max %lld us (%s)\n",
              static_cast<unsigned long long>((*session)->documents()),
              sorted.size(),
              static_cast<long long>(At(sorted, 50)),
              static_cast<long long>(At(sorted, 90)),
              static_cast<long long>(At(sorted, 99)),
              static_cast<long long>(sorted.back()),
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

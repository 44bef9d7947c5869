#include "bench/load/query_mix.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "bench/corpus/random.h"

namespace kyujin::load {
namespace {

// Words of the form's own examples and of common occupations, duties and wishes; frequent ones
// first.
constexpr std::array<std::string_view, 48> kWords{"介護",           "看護師",
                                                  "事務",           "営業",
                                                  "販売",           "調理",
                                                  "清掃",           "製造",
                                                  "運転手",         "保育士",
                                                  "経理",           "受付",
                                                  "警備",           "配送",
                                                  "倉庫",           "軽作業",
                                                  "介護職員",       "一般事務",
                                                  "接客",           "ドライバー",
                                                  "現場監督",       "施工管理",
                                                  "設計",           "溶接",
                                                  "プログラマー",   "システムエンジニア",
                                                  "医療事務",       "歯科衛生士",
                                                  "薬剤師",         "栄養士",
                                                  "美容師",         "整備士",
                                                  "フォークリフト", "パソコン",
                                                  "未経験",         "資格",
                                                  "研修",           "土日祝日",
                                                  "残業",           "送迎",
                                                  "デイサービス",   "病院",
                                                  "老人ホーム",     "スーパー",
                                                  "レストラン",     "ホテル",
                                                  "学校",           "農業"};

constexpr std::array<std::string_view, 12> kPrefectures{
    "13", "27", "23", "40", "14", "11", "01", "28", "12", "22", "34", "26"};
constexpr std::array<std::string_view, 14> kConditions{"near_station",
                                                       "car_commute",
                                                       "no_transfer",
                                                       "no_experience",
                                                       "weekend_off",
                                                       "no_overtime",
                                                       "no_night_work",
                                                       "bonus",
                                                       "social_insurance",
                                                       "remote",
                                                       "uij_turn",
                                                       "-fixed_overtime",
                                                       "commute_allowance",
                                                       "new"};
constexpr std::array<std::string_view, 6> kSorts{
    "new", "wage_min", "wage_max", "deadline", "holidays", "new"};

std::string Encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

class QueryMaker {
 public:
  explicit QueryMaker(uint64_t seed) : random_(seed) {}

  std::string Filters() {
    std::string target = "/v1/jobs?facets=all";
    target += fmt::format("&sort={}", Pick(kSorts));
    return target + SomeFilters(1 + Below(3));
  }

  std::string Words() {
    std::string text(PickWord());
    if (Below(3) == 0) {
      text += " ";
      text += PickWord();
    }
    return "/v1/jobs?facets=all&q=" + Encoded(text) +
           (Below(2) == 0 ? SomeFilters(1 + Below(3)) : "");
  }

  uint32_t Below(size_t bound) { return random_.Below(static_cast<uint32_t>(bound)); }

 private:
  template <size_t n>
  std::string_view Pick(const std::array<std::string_view, n>& values) {
    return values[Below(n)];
  }

  // The least of two draws: frequent words come more often.
  std::string_view PickWord() {
    const uint32_t first = Below(kWords.size());
    const uint32_t second = Below(kWords.size());
    return kWords[first < second ? first : second];
  }

  std::string SomeFilters(uint32_t count) {
    std::string filters;
    const uint32_t start = Below(6);
    for (uint32_t i = 0; i < count; ++i) {
      filters += OneFilter((start + i) % 6);
    }
    return filters;
  }

  std::string OneFilter(uint32_t which) {
    switch (which) {
      case 0:
        return fmt::format("&pref={}", Pick(kPrefectures));
      case 1:
        return fmt::format("&conditions={}", Pick(kConditions));
      case 2:
        return fmt::format("&employment={}", Below(2) == 0 ? 1 : 5);
      case 3:
        return fmt::format("&monthly_min={}", 180'000 + 20'000 * Below(8));
      case 4:
        return fmt::format("&holidays_min={}", 105 + 5 * Below(4));
      default:
        return fmt::format("&received_within_days={}", 3 + Below(28));
    }
  }

  corpus::Random random_;
};

}  // namespace

std::vector<std::string> MakeQueries(QueryKind kind, uint64_t count, uint64_t seed) {
  QueryMaker maker(seed);
  std::vector<std::string> queries;
  queries.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    const bool words =
        kind == QueryKind::kWords || (kind == QueryKind::kMixed && maker.Below(2) == 0);
    queries.push_back(words ? maker.Words() : maker.Filters());
  }
  return queries;
}

}  // namespace kyujin::load

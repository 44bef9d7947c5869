#include "tests/testing/random_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/schema/code_table.h"
#include "engine/schema/condition.h"
#include "engine/schema/municipality.h"
#include "tests/testing/random_names.h"

namespace kyujin::test {
namespace {

using Values = std::vector<std::string>;

// Up to `most` different values out of `codes`.
Values Some(std::initializer_list<std::string_view> codes, size_t most, RandomSource* random) {
  Values values;
  const size_t count = 1 + random->Below(most);
  for (size_t i = 0; i < count; ++i) {
    std::string code(random->Pick(codes));
    if (std::find(values.begin(), values.end(), code) == values.end()) {
      values.push_back(std::move(code));
    }
  }
  return values;
}

std::string RandomCity(RandomSource* random) {
  const auto cities = schema::Municipalities();
  if (random->Percent(5)) {
    const auto& former = schema::FormerMunicipalities();
    const auto& old = former[random->Below(former.size())];
    return fmt::format("{:05}", old.former_code == 0 ? old.code : old.former_code);
  }
  if (random->Percent(10)) {
    return fmt::format("{:05}", cities[random->Below(cities.size())].code);
  }
  const int prefecture = std::stoi(random->Pick(FeedPrefectures()));
  const auto first = std::find_if(cities.begin(), cities.end(), [&](const auto& city) {
    return city.prefecture == prefecture;
  });
  return fmt::format("{:05}", (first + random->Between(0, 7))->code);
}

void AddPlaces(OracleRequest* request, RandomSource* random) {
  const uint64_t form = random->Below(100);
  if (form < 25) {
    request->values["pref"] = Some({"01", "13", "14", "27", "47"}, 3, random);
  }
  if (form >= 15 && form < 40) {
    Values cities{RandomCity(random)};
    while (random->Percent(40)) {
      cities.push_back(RandomCity(random));
    }
    request->values["city"] = cities;
  }
}

void AddCodes(OracleRequest* request, RandomSource* random) {
  const auto maybe =
      [&](std::string_view name, std::initializer_list<std::string_view> codes, size_t most) {
        if (random->Percent(12)) {
          request->values[std::string(name)] = Some(codes, most, random);
        }
      };
  maybe("kind", {"general", "graduate", "seasonal", "migrant", "disability"}, 2);
  maybe("full_part", {"full", "part"}, 2);
  maybe("employment", {"1", "2", "3", "4", "5", "6", "7"}, 3);
  maybe("dispatch", {"dispatch", "contract", "none"}, 2);
  maybe("renewal", {"always", "conditional", "none"}, 2);
  maybe("licence_need", {"required", "preferred", "none"}, 2);
  maybe("wage_type", {"monthly", "hourly", "daily", "yearly", "other"}, 2);
  maybe("occupation", {"01", "02", "001", "002", "003", "004", "001-01", "004-02", "15"}, 4);
  maybe("industry", {"A", "B", "01", "02", "03", "P", "83", "C", "05", "85"}, 3);
  maybe("holiday_weekdays", {"mon", "wed", "sat", "sun", "hol"}, 2);
  maybe("insurance", {"employment", "accident", "health", "pension"}, 2);
  maybe("work_system",
        {"shift", "-shift", "flexible", "discretionary", "variable", "-fixed", "fixed"},
        1);
  maybe("work_system", {"shift", "flexible", "variable"}, 2);
}

void AddNumbers(OracleRequest* request, Date today, RandomSource* random) {
  const auto maybe = [&](std::string_view name, std::initializer_list<int> numbers) {
    if (random->Percent(12)) {
      request->values[std::string(name)] = {std::to_string(random->Pick(numbers))};
    }
  };
  maybe("age", {17, 18, 35, 36, 59, 60, 64, 65});
  maybe("monthly_min", {0, 99'999, 100'000, 150'000, 200'000, 220'001});
  maybe("hourly_min", {900, 949, 1'000, 1'200});
  maybe("holidays_min", {0, 90, 104, 110, 120, 130, 366});
  maybe("overtime_max", {0, 1, 5, 10, 44});
  maybe("employees_min", {0, 2, 10, 99, 1'000});
  maybe("walk_max", {0, 5, 10, 15, 30, 90});
  maybe("received_within_days", {0, 1, 2, 7, 30, 90});
  if (random->Percent(12)) {
    request->values["received_from"] = {today.PlusDays(random->Between(-40, 3)).ToString()};
  }
  if (random->Percent(30)) {
    request->values["wage_basis"] =
        Some({"base", "fixed_allowances", "with_fixed_overtime"}, 1, random);
  }
}

void AddConditionCodes(OracleRequest* request, RandomSource* random) {
  if (!random->Percent(30)) {
    return;
  }
  Values values;
  for (int i = random->Between(1, 3); i > 0; --i) {
    const std::string code(random->Pick(schema::Conditions()).code);
    const bool is_known = std::any_of(values.begin(), values.end(), [&](const std::string& value) {
      return value.ends_with(code);
    });
    if (!is_known) {
      values.push_back((random->Percent(35) ? "-" : "") + code);
    }
  }
  request->values["conditions"] = values;
}

void AddPostingNumbers(OracleRequest* request, const Oracle& oracle, RandomSource* random) {
  for (const std::string_view name : {"number", "exclude_number"}) {
    if (!random->Percent(4)) {
      continue;
    }
    Values numbers;
    for (int i = random->Between(1, 30); i > 0; --i) {
      std::string number = oracle.job(random->Below(oracle.documents())).number.ToString();
      number = random->Percent(10) ? "99999-00000001" : number;
      if (random->Percent(30)) {
        std::erase(number, '-');
      }
      numbers.push_back(random->Percent(20) ? ToFullWidth(number) : number);
    }
    request->values[std::string(name)] = numbers;
  }
}

// A piece of a text of the corpus, cut anywhere between two characters. Signs could mean something
// to the query syntax, so a piece ends before them.
std::string RandomPiece(const Oracle& oracle, RandomSource* random) {
  const auto& values = oracle.job(random->Below(oracle.documents())).feed.values();
  const std::string_view text = values[random->Below(values.size())].text;
  constexpr std::array<std::string_view, 4> kKanaAndKanji{
      "\xE3\x81", "\xE3\x82", "\xE3\x83", "\xE4"};
  const auto is_letter = [&](size_t at) {
    const std::string_view rest = text.substr(at);
    const auto lead = static_cast<unsigned char>(rest.front());
    return (lead >= 0xE4 && lead <= 0xE9) ||
           std::any_of(kKanaAndKanji.begin(), kKanaAndKanji.end(), [&](std::string_view start) {
             return rest.starts_with(start);
           });
  };
  constexpr size_t kBytes = 3;
  size_t begin = random->Below(text.size() / kBytes + 1) * kBytes;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) {
    ++begin;
  }
  size_t end = begin;
  for (int i = random->Between(1, 6); i > 0 && end + kBytes <= text.size() && is_letter(end); --i) {
    end += kBytes;
  }
  return std::string(text.substr(begin, end - begin));
}

OracleWord RandomWord(Oracle* oracle, RandomSource* random) {
  const uint64_t form = random->Below(100);
  OracleWord word{random->Pick(FeedWords()), random->Percent(15)};
  if (form < 20) {
    word.text += random->Pick(FeedWords());
  } else if (form < 40) {
    const std::string piece = RandomPiece(*oracle, random);
    word.text = oracle->HasWords(piece) ? piece : word.text;
  } else if (form < 45) {
    word.text = random->Pick({"宇宙飛行士", "xyzzy", "東"});
  } else if (form < 50) {
    word = {word.text + " " + random->Pick(FeedWords()), true};
  }
  if (random->Percent(40)) {
    word.text = ToFullWidth(word.text);
  }
  return word;
}

void AddWords(OracleRequest* request, Oracle* oracle, RandomSource* random) {
  if (!random->Percent(60)) {
    return;
  }
  if (random->Percent(92)) {
    for (int i = random->Pick({1, 1, 1, 2, 2, 3}); i > 0; --i) {
      auto& clause = request->clauses.emplace_back();
      for (int j = random->Pick({1, 1, 1, 2, 3}); j > 0; --j) {
        clause.push_back(RandomWord(oracle, random));
      }
    }
  }
  // The contract takes 200 code points; a word has at most three bytes for each.
  constexpr size_t kMaxBytes = 360;
  while (request->clauses.size() > 1 && request->TypedWords().size() > kMaxBytes) {
    request->clauses.pop_back();
  }
  for (int i = random->Pick({0, 0, 0, 1, 2}); i > 0; --i) {
    request->negatives.push_back(RandomWord(oracle, random));
  }
  for (int i = random->Pick({0, 0, 0, 1, 2}); i > 0; --i) {
    request->excluded.push_back(RandomWord(oracle, random));
  }
  if (random->Percent(20)) {
    request->values["q_mode"] = {random->Percent(75) ? "or" : "and"};
  }
  if (random->Percent(25)) {
    request->values["q_in"] = Some({"title",
                                    "employer",
                                    "description",
                                    "station",
                                    "workplace",
                                    "business",
                                    "licence",
                                    "experience",
                                    "other"},
                                   4,
                                   random);
  }
}

void AddPage(OracleRequest* request, RandomSource* random) {
  if (random->Percent(55)) {
    request->values["sort"] =
        Some({"new", "relevance", "wage_min", "wage_max", "deadline", "holidays"}, 1, random);
  }
  request->values["limit"] = {
      std::to_string(random->Percent(15) ? 0 : random->Pick({1, 7, 30, 100, 100}))};
  if (random->Percent(12)) {
    request->values["offset"] = {std::to_string(random->Pick({0, 1, 5, 30, 10'000}))};
  }
  if (random->Percent(60)) {
    request->values["facets"] = {"all"};
  } else if (random->Percent(50)) {
    request->values["facets"] = Some({"pref",
                                      "city",
                                      "occupation_major",
                                      "occupation_middle",
                                      "industry",
                                      "employment",
                                      "full_part",
                                      "wage_type",
                                      "conditions",
                                      "wage_histogram",
                                      "walk_minutes",
                                      "holidays",
                                      "received"},
                                     4,
                                     random);
  }
}

}  // namespace

OracleRequest MakeRandomRequest(Oracle* oracle, Date today, RandomSource* random) {
  OracleRequest request;
  AddWords(&request, oracle, random);
  AddPlaces(&request, random);
  // Many filters at once find little: half of the requests go without most of them.
  if (random->Percent(50)) {
    AddCodes(&request, random);
    AddNumbers(&request, today, random);
  }
  AddConditionCodes(&request, random);
  AddPostingNumbers(&request, *oracle, random);
  AddNames(&request, *oracle, random);
  AddShiftLimits(&request, random);
  AddPage(&request, random);
  AddNear(&request, *oracle, random);
  // The oracle takes words as they are typed.
  request.values["interpret"] = {"off"};
  request.values["partial"] = {"never"};
  return request;
}

}  // namespace kyujin::test

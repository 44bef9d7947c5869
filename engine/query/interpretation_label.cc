#include "engine/query/interpretation_label.h"

#include <fmt/format.h>

#include <charconv>

#include "engine/query/search_parameter.h"
#include "engine/schema/code_table.h"

namespace kyujin::query {
namespace {

// A chip lists so many values by name, of more only the first.
constexpr size_t kMaxListed = 4;
constexpr size_t kPrefectureDigits = 2;

uint64_t ToNumber(std::string_view digits) {
  uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::string WithCommas(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t at = text.size(); at > 3; at -= 3) {
    text.insert(at - 3, ",");
  }
  return text;
}

std::string Yen(std::string_view value) {
  constexpr uint64_t kMan = 10'000;
  const uint64_t yen = ToNumber(value);
  if (yen < kMan) {
    return WithCommas(yen) + "円";
  }
  const std::string man = WithCommas(yen / kMan) + "万";
  return man + (yen % kMan == 0 ? "円" : WithCommas(yen % kMan) + "円");
}

struct NumberLabel {
  std::string_view parameter;
  std::string_view before;
  std::string_view after;
};

constexpr NumberLabel kNumberLabels[] = {
    {"holidays_min", "年間休日", "日以上"},
    {"overtime_max", "残業月平均", "時間以内"},
    {"employees_min", "従業員", "人以上"},
    {"walk_max", "駅から徒歩", "分以内"},
    {"age", "", "歳で応募可"},
    {"start_from", "", "以降に始業"},
    {"end_by", "", "までに終業"},
};

constexpr NumberLabel kWageLabels[] = {
    {"monthly_min", "月給", "以上"},
    {"hourly_min", "時給", "以上"},
    {"daily_min", "日給", "以上"},
    {"yearly_min", "年俸", "以上"},
};

std::string_view TableLabel(std::string_view table, std::string_view code) {
  const schema::CodeTable* codes = schema::FindCodeTable(table);
  const schema::Code* found = codes == nullptr ? nullptr : codes->Find(code);
  return found == nullptr ? code : found->label;
}

std::string CityLabel(std::string_view code) {
  return std::string(TableLabel("pref", code.substr(0, kPrefectureDigits))) +
         std::string(TableLabel("city", code));
}

std::string ChoiceLabel(std::string_view parameter, std::string_view value) {
  const SearchParameter* row = FindSearchParameter(parameter);
  if (row == nullptr || row->choices == nullptr) {
    return std::string(TableLabel(parameter, value));
  }
  const bool is_excluded = value.starts_with('-');
  const std::string_view code = value.substr(is_excluded ? 1 : 0);
  for (const Choice& choice : row->choices()) {
    if (choice.code == code) {
      return std::string(choice.label) + (is_excluded ? "を除く" : "");
    }
  }
  return std::string(value);
}

std::string LabelOfValue(std::string_view parameter, std::string_view value) {
  for (const NumberLabel& label : kWageLabels) {
    if (label.parameter == parameter) {
      return fmt::format("{}{}{}", label.before, Yen(value), label.after);
    }
  }
  for (const NumberLabel& label : kNumberLabels) {
    if (label.parameter == parameter) {
      return fmt::format("{}{}{}", label.before, value, label.after);
    }
  }
  if (parameter == "station") {
    return std::string(value) + "駅";
  }
  if (parameter == "place") {
    const bool is_code = value.find_first_not_of("0123456789") == value.npos;
    return !is_code                            ? std::string(value) + "駅"
           : value.size() == kPrefectureDigits ? std::string(TableLabel("pref", value))
                                               : CityLabel(value);
  }
  if (parameter == "city") {
    return CityLabel(value);
  }
  return ChoiceLabel(parameter, value);
}

}  // namespace

std::string LabelOfValues(std::string_view parameter, const std::vector<std::string>& values) {
  std::string text;
  for (size_t i = 0; i < values.size(); ++i) {
    if (i == 1 && values.size() > kMaxListed) {
      return fmt::format("{}など{}か所", text, values.size());
    }
    text += i == 0 ? "" : "・";
    text += LabelOfValue(parameter, values[i]);
  }
  return parameter == "holiday_weekdays" ? text + "休み" : text;
}

}  // namespace kyujin::query

#include "engine/schema/code_table.h"

#include <algorithm>
#include <string>

#include "engine/base/result.h"

namespace kyujin::schema {
namespace {

bool IsDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

const CodeTable& Table(std::string_view name) {
  const CodeTable* table = FindCodeTable(name);
  KYUJIN_CHECK(table != nullptr);
  return *table;
}

// The feed writes the classification's 、 as ，.
std::string WithIdeographicCommas(std::string_view name) {
  std::string result(name);
  constexpr std::string_view kFullWidthComma = "，";
  constexpr std::string_view kIdeographicComma = "、";
  for (size_t at = result.find(kFullWidthComma); at != std::string::npos;
       at = result.find(kFullWidthComma, at)) {
    result.replace(at, kFullWidthComma.size(), kIdeographicComma);
  }
  return result;
}

// Returns the two digits after `（`, which the feed writes in full width, as half-width text; empty
// when not there.
std::string DivisionInParentheses(std::string_view name) {
  constexpr std::string_view kOpen = "（";
  constexpr size_t kDigitBytes = 3;  // １ is EF BC 91
  const size_t open = name.find(kOpen);
  if (open == std::string_view::npos || name.size() < open + kOpen.size() + 2 * kDigitBytes) {
    return {};
  }
  std::string digits;
  for (size_t i = 0; i < 2; ++i) {
    const std::string_view c = name.substr(open + kOpen.size() + i * kDigitBytes, kDigitBytes);
    if (c < "０" || c > "９") {
      return {};
    }
    digits.push_back(static_cast<char>('0' + (c[2] - std::string_view("０")[2])));
  }
  return digits;
}

}  // namespace

const Code* CodeTable::Find(std::string_view code) const {
  const auto found = std::lower_bound(
      by_code.begin(), by_code.end(), code, [this](uint16_t index, std::string_view wanted) {
        return codes[index].code < wanted;
      });
  return found != by_code.end() && codes[*found].code == code ? &codes[*found] : nullptr;
}

const Code* CodeTable::FindFeedValue(std::string_view value) const {
  if (value.empty() || value.find('|') != std::string_view::npos) {
    return nullptr;
  }
  for (const Code& code : codes) {
    for (std::string_view rest = code.feed; !rest.empty();) {
      const size_t bar = std::min(rest.find('|'), rest.size());
      if (rest.substr(0, bar) == value) {
        return &code;
      }
      rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
  }
  return nullptr;
}

const Code* CodeTable::FindLabel(std::string_view wanted) const {
  const Code* result = nullptr;
  for (const Code& code : codes) {
    if (code.label == wanted) {
      if (result != nullptr) {
        return nullptr;
      }
      result = &code;
    }
  }
  return result;
}

const CodeTable* FindCodeTable(std::string_view name) {
  for (const CodeTable& table : CodeTables()) {
    if (table.name == name) {
      return &table;
    }
  }
  return nullptr;
}

const CodeTable& PrefectureTable() {
  return Table("pref");
}
const CodeTable& MunicipalityTable() {
  return Table("city");
}
const CodeTable& IndustryTable() {
  return Table("industry");
}
const CodeTable& OccupationTable() {
  return Table("occupation");
}
const CodeTable& LicenceTable() {
  return Table("licence");
}
const CodeTable& ConditionTable() {
  return Table("conditions");
}

bool IsOccupationCode(std::string_view code) {
  constexpr size_t kMiddle = 3;
  constexpr size_t kMinor = 6;  // 067-01
  if (code.size() == kMinor) {
    return code[kMiddle] == '-' && IsDigits(code.substr(kMiddle + 1)) &&
           OccupationTable().Find(code.substr(0, kMiddle)) != nullptr;
  }
  return OccupationTable().Find(code) != nullptr;
}

const Code* FindIndustryOfFeed(std::string_view name) {
  // A name cut at 30 characters still tells its class when nothing else begins so.
  constexpr size_t kCutBytes = 90;
  const CodeTable& table = IndustryTable();
  const std::string wanted = WithIdeographicCommas(name);
  if (wanted.empty()) {
    return nullptr;
  }
  if (wanted.starts_with("管理、")) {
    return table.Find(DivisionInParentheses(wanted));
  }
  // 331 電気業 and 33 電気業 are called the same: the finest one, which stands last, is meant.
  const Code* result = nullptr;
  for (const Code& code : table.codes) {
    const bool is_cut = wanted.size() >= kCutBytes && code.label.starts_with(wanted);
    if (code.label == wanted || is_cut) {
      result = &code;
    }
  }
  return result;
}

}  // namespace kyujin::schema

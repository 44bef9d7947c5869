#include "engine/schema/date_parser.h"

#include <array>
#include <optional>
#include <string>

#include "engine/schema/value_reader.h"

namespace kyujin::schema {
namespace {

constexpr uint64_t kMaxYear = 9999;

struct Era {
  std::string_view name;
  std::string_view letter;
  uint64_t year_zero;
};
constexpr std::array<Era, 2> kEras{{{"令和", "R", 2018}, {"平成", "H", 1988}}};

std::optional<uint64_t> TakeYear(ValueReader* reader) {
  for (const Era& era : kEras) {
    if (reader->Take(era.name) || reader->Take(era.letter)) {
      reader->SkipSpaces();
      if (reader->Take("元")) {
        return era.year_zero + 1;
      }
      const auto year = reader->TakeNumber();
      return year && *year <= 99 ? std::optional(era.year_zero + *year) : std::nullopt;
    }
  }
  return reader->TakeNumber();
}

bool TakeMark(ValueReader* reader, std::string_view unit) {
  reader->SkipSpaces();
  const bool found =
      reader->Take(unit) || reader->Take("/") || reader->Take("-") || reader->Take(".");
  reader->SkipSpaces();
  return found;
}

struct Civil {
  uint64_t year;
  uint64_t month;
  uint64_t day;
};

std::optional<Civil> TakeCivil(ValueReader* reader) {
  const auto year = TakeYear(reader);
  if (!year) {
    return std::nullopt;
  }
  if (reader->AtEnd() && *year > kMaxYear) {
    return Civil{*year / 10'000, *year / 100 % 100, *year % 100};
  }
  if (!TakeMark(reader, "年")) {
    return std::nullopt;
  }
  const auto month = reader->TakeNumber();
  if (!month || !TakeMark(reader, "月")) {
    return std::nullopt;
  }
  const auto day = reader->TakeNumber();
  if (!day) {
    return std::nullopt;
  }
  reader->Take("日");
  return Civil{*year, *month, *day};
}

}  // namespace

Result<Date> ParseFeedDate(std::string_view text) {
  ValueReader reader(TrimValue(text));
  const auto civil = TakeCivil(&reader);
  if (!civil || !reader.AtEnd() || civil->year > kMaxYear || civil->month > 12 || civil->day > 31) {
    return InvalidArgument("not a date (2026/04/28): " + std::string(text));
  }
  return Date::FromCivil(static_cast<int>(civil->year),
                         static_cast<unsigned>(civil->month),
                         static_cast<unsigned>(civil->day));
}

}  // namespace kyujin::schema

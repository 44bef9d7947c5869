#include "engine/query/value_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "engine/schema/code_suggestion.h"
#include "engine/schema/name_key.h"
#include "engine/schema/position.h"

namespace kyujin::query {
namespace {

constexpr uint32_t kMinutesPerHour = 60;
constexpr uint32_t kMaxHour = 47;  // a shift past midnight ends at 24:00 + its time
constexpr size_t kEmployerDigits = 11;
constexpr double kMillionths = 1e6;

std::optional<uint32_t> TwoDigits(std::string_view text) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && !text.empty() && text.size() <= 2 ? std::optional(number) : std::nullopt;
}

std::optional<double> Decimal(std::string_view text) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) {
    text.remove_prefix(1);
  }
  while (text.ends_with(' ')) {
    text.remove_suffix(1);
  }
  return text;
}

// Returns the number, or 0 when `folded` is no 事業所番号.
uint64_t EmployerNumber(std::string_view folded) {
  uint64_t number = 0;
  size_t digits = 0;
  for (const char c : folded) {
    if (c >= '0' && c <= '9') {
      number = number * 10 + static_cast<uint64_t>(c - '0');
      ++digits;
    } else if (c != '-' && c != ' ') {
      return 0;
    }
    if (digits > kEmployerDigits) {
      return 0;
    }
  }
  return digits == kEmployerDigits ? number : 0;
}

ParameterValue EmployerNumberOf(uint64_t number) {
  return {fmt::format("{:011}", number), number};
}

}  // namespace

ValueOutcome ParseTimeValue(const SearchParameter& parameter, const SentValue& value) {
  const size_t colon = value.folded.find(':');
  const auto hour = TwoDigits(value.folded.substr(0, colon));
  const auto minute =
      colon == std::string_view::npos ? std::nullopt : TwoDigits(value.folded.substr(colon + 1));
  if (!hour || !minute || value.folded.size() - colon != 3) {
    return MakeParameterError(parameter.name, value.text, "not a time such as 09:00");
  }
  if (*hour > kMaxHour || *minute >= kMinutesPerHour) {
    return MakeParameterError(parameter.name, value.text, "not between 00:00 and 47:59");
  }
  return ParameterValue{fmt::format("{:02}:{:02}", *hour, *minute),
                        uint64_t{*hour} * kMinutesPerHour + *minute};
}

ValueOutcome ParseDecimalValue(const SearchParameter& parameter, const SentValue& value) {
  const auto number = Decimal(value.folded);
  if (!number) {
    return MakeParameterError(parameter.name, value.text, "not a number");
  }
  if (*number < 0 || *number > parameter.max) {
    return MakeParameterError(
        parameter.name, value.text, fmt::format("not between 0 and {}", parameter.max));
  }
  const auto millionths = static_cast<uint64_t>(std::llround(*number * kMillionths));
  return ParameterValue{fmt::format("{}", static_cast<double>(millionths) / kMillionths),
                        millionths};
}

ValueOutcome ParsePointValue(const SearchParameter& parameter, const SentValue& value) {
  const size_t comma = value.folded.find(',');
  const auto north = Decimal(Trim(value.folded.substr(0, comma)));
  const auto east = comma == std::string_view::npos ? std::nullopt
                                                    : Decimal(Trim(value.folded.substr(comma + 1)));
  if (!north || !east) {
    return MakeParameterError(
        parameter.name, value.text, "not a latitude and a longitude such as 35.6812,139.7671");
  }
  const auto position = schema::MakePosition(*north, *east);
  if (!position) {
    return MakeParameterError(
        parameter.name, value.text, "latitude is from -90 to 90, longitude from -180 to 180");
  }
  return ParameterValue{
      fmt::format("{:.6f},{:.6f}", schema::LatitudeOf(*position), schema::LongitudeOf(*position)),
      uint64_t{position->latitude} << 32U | position->longitude};
}

ValueOutcome ParseEmployerNumberValue(const SearchParameter& parameter, const SentValue& value) {
  const uint64_t number = EmployerNumber(value.folded);
  if (number == 0) {
    return MakeParameterError(
        parameter.name, value.text, "not an employer's number (事業所番号) such as 1301-123456-7");
  }
  return EmployerNumberOf(number);
}

ValueOutcome ParseEmployerValue(const SearchParameter& /*parameter*/, const SentValue& value) {
  const uint64_t number = EmployerNumber(value.folded);
  return number != 0 ? EmployerNumberOf(number) : ParameterValue{schema::NameKey(value.text)};
}

ValueOutcome ParseNameValue(const SearchParameter& parameter, const SentValue& value) {
  std::string key = parameter.key(value.text);
  if (!key.empty()) {
    return ParameterValue{std::move(key)};
  }
  ParameterError error = MakeParameterError(
      parameter.name, value.text, fmt::format("not one of the values of {}", parameter.name));
  error.fault = ParameterFault::kUnknownValue;
  return error;
}

}  // namespace kyujin::query

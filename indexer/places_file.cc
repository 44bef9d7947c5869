#include "indexer/places_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace kyujin::indexer {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kHeader = "code,lat,lon";
constexpr size_t kCodeDigits = 5;
constexpr double kMaxLatitude = 90.0;
constexpr double kMaxLongitude = 180.0;

Error LineError(size_t number, std::string_view what) {
  return InvalidArgument("line " + std::to_string(number) + ": " + std::string(what));
}

std::string_view TakeLine(std::string_view* rest) {
  const size_t end = rest->find('\n');
  std::string_view line = rest->substr(0, end);
  rest->remove_prefix(end == std::string_view::npos ? rest->size() : end + 1);
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

template <class T>
std::optional<T> ParseNumber(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

bool IsWithin(const std::optional<double>& value, double limit) {
  return value && *value >= -limit && *value <= limit;
}

Result<PlacePosition> ParseRow(std::string_view line, size_t number) {
  std::array<std::string_view, 3> columns;
  for (size_t i = 0; i < columns.size(); ++i) {
    const size_t comma = line.find(',');
    const bool is_last = i + 1 == columns.size();
    if ((comma == std::string_view::npos) != is_last) {
      return LineError(number, "three columns code,lat,lon are needed");
    }
    columns.at(i) = line.substr(0, comma);
    line.remove_prefix(is_last ? line.size() : comma + 1);
  }
  const auto code = ParseNumber<uint32_t>(columns[0]);
  if (!code || columns[0].size() != kCodeDigits) {
    return LineError(number, "the code is not a municipality code of five digits");
  }
  const auto latitude = ParseNumber<double>(columns[1]);
  const auto longitude = ParseNumber<double>(columns[2]);
  if (!IsWithin(latitude, kMaxLatitude) || !IsWithin(longitude, kMaxLongitude)) {
    return LineError(number, "lat must be from -90 to 90 and lon from -180 to 180");
  }
  return PlacePosition{*code, *latitude, *longitude};
}

}  // namespace

Result<std::vector<PlacePosition>> ParsePlaces(std::string_view csv) {
  if (csv.starts_with(kByteOrderMark)) {
    csv.remove_prefix(kByteOrderMark.size());
  }
  if (TakeLine(&csv) != kHeader) {
    return LineError(1, "the header must be code,lat,lon");
  }
  std::vector<PlacePosition> places;
  for (size_t number = 2; !csv.empty(); ++number) {
    const std::string_view line = TakeLine(&csv);
    if (line.empty()) {
      continue;
    }
    KYUJIN_ASSIGN_OR_RETURN(const PlacePosition place, ParseRow(line, number));
    places.push_back(place);
  }
  const auto by_code = [](const PlacePosition& a, const PlacePosition& b) {
    return a.code < b.code;
  };
  std::sort(places.begin(), places.end(), by_code);
  const auto twice = std::adjacent_find(
      places.begin(), places.end(), [](const auto& a, const auto& b) { return a.code == b.code; });
  if (twice != places.end()) {
    return InvalidArgument("the code " + std::to_string(twice->code) + " comes twice");
  }
  return places;
}

}  // namespace kyujin::indexer

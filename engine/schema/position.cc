#include "engine/schema/position.h"

#include <charconv>
#include <cmath>
#include <numbers>

#include "engine/schema/municipality.h"

namespace kyujin::schema {
namespace {

constexpr double kUnit = 1e6;
constexpr double kMaxLatitude = 90.0;
constexpr double kMaxLongitude = 180.0;
constexpr double kEarthRadiusKm = 6'371.0088;

double Radians(double degrees) {
  return degrees * std::numbers::pi / 180.0;
}

std::optional<double> ParseDegrees(std::string_view text) {
  double degrees = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), degrees);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number ? std::optional(degrees) : std::nullopt;
}

}  // namespace

std::optional<Position> MakePosition(double latitude, double longitude) {
  const bool is_on_earth = latitude >= -kMaxLatitude && latitude <= kMaxLatitude &&
                           longitude >= -kMaxLongitude && longitude <= kMaxLongitude;
  if (!is_on_earth) {
    return std::nullopt;
  }
  return Position{static_cast<uint32_t>(std::llround((latitude + kMaxLatitude) * kUnit)),
                  static_cast<uint32_t>(std::llround((longitude + kMaxLongitude) * kUnit))};
}

std::optional<Position> ParsePosition(std::string_view latitude, std::string_view longitude) {
  const std::optional<double> north = ParseDegrees(latitude);
  const std::optional<double> east = ParseDegrees(longitude);
  return north && east ? MakePosition(*north, *east) : std::nullopt;
}

double LatitudeOf(Position position) {
  return position.latitude / kUnit - kMaxLatitude;
}

double LongitudeOf(Position position) {
  return position.longitude / kUnit - kMaxLongitude;
}

double DistanceKm(Position a, Position b) {
  const double north_a = Radians(LatitudeOf(a));
  const double north_b = Radians(LatitudeOf(b));
  const double half_north = std::sin((north_b - north_a) / 2);
  const double half_east = std::sin(Radians(LongitudeOf(b) - LongitudeOf(a)) / 2);
  const double haversine =
      half_north * half_north + std::cos(north_a) * std::cos(north_b) * half_east * half_east;
  return 2 * kEarthRadiusKm * std::asin(std::sqrt(std::min(1.0, haversine)));
}

std::optional<Position> PositionTable::Find(uint8_t prefecture, uint16_t municipality) const {
  auto found = municipalities_.find(municipality);
  if (found == municipalities_.end()) {
    const Municipality* place = FindMunicipality(municipality);
    found = place == nullptr ? found : municipalities_.find(place->city);
  }
  if (found != municipalities_.end()) {
    return found->second;
  }
  const auto seats = PrefectureSeats();
  if (prefecture == 0 || prefecture > seats.size()) {
    return std::nullopt;
  }
  const PrefectureSeat& seat = seats[prefecture - 1U];
  return MakePosition(seat.latitude, seat.longitude);
}

}  // namespace kyujin::schema

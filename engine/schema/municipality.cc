#include "engine/schema/municipality.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace kyujin::schema {
namespace {

// Returns 0 when `code` is not five digits in the range of the codes.
uint16_t Number(std::string_view code) {
  constexpr size_t kDigits = 5;
  uint16_t number = 0;
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), number);
  return code.size() == kDigits && error == std::errc() && end == code.data() + code.size()
             ? number
             : uint16_t{0};
}

// The table "city" and Municipalities() are made of the same lines of dict/.
std::string_view CodeOf(const Municipality& municipality) {
  const auto index = static_cast<size_t>(&municipality - Municipalities().data());
  return MunicipalityTable().codes[index].code;
}

std::optional<std::string_view> CodeOf(uint16_t number) {
  const Municipality* found = FindMunicipality(number);
  return found == nullptr ? std::nullopt : std::optional(CodeOf(*found));
}

}  // namespace

const Municipality* FindMunicipality(uint16_t code) {
  const std::span<const Municipality> all = Municipalities();
  const auto found =
      std::lower_bound(all.begin(), all.end(), code, [](const Municipality& one, uint16_t wanted) {
        return one.code < wanted;
      });
  return found != all.end() && found->code == code ? &*found : nullptr;
}

std::optional<std::string_view> CurrentMunicipality(std::string_view code) {
  const uint16_t number = Number(code);
  if (number == 0 || FindMunicipality(number) != nullptr) {
    return CodeOf(number);
  }
  for (const FormerMunicipality& former : FormerMunicipalities()) {
    if (former.former_code == number) {
      return CodeOf(former.code);
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> CurrentMunicipalityOfName(std::string_view former_name) {
  uint16_t result = 0;
  for (const FormerMunicipality& former : FormerMunicipalities()) {
    const bool is_full = former_name.size() == former.county.size() + former.name.size() &&
                         former_name.starts_with(former.county) &&
                         former_name.ends_with(former.name);
    if (former_name != former.name && !is_full) {
      continue;
    }
    if (result != 0 && result != former.code) {
      return std::nullopt;
    }
    result = former.code;
  }
  return CodeOf(result);
}

uint8_t PrefectureOf(uint16_t municipality) {
  const Municipality* found = FindMunicipality(municipality);
  return found == nullptr ? uint8_t{0} : found->prefecture;
}

bool IsDesignatedCity(uint16_t code) {
  const Municipality* found = FindMunicipality(code);
  return found != nullptr && found->kind == MunicipalityKind::kDesignatedCity;
}

std::span<const Municipality> WardsOf(uint16_t city) {
  // The wards' codes follow their city's without a gap of another city between them.
  const std::span<const Municipality> all = Municipalities();
  const auto is_ward = [city](const Municipality& one) { return city != 0 && one.city == city; };
  const auto first = std::find_if(all.begin(), all.end(), is_ward);
  const auto last = std::find_if_not(first, all.end(), is_ward);
  return {first, last};
}

}  // namespace kyujin::schema

// PlaceResolver: from a Japanese address to its prefecture and municipality (API.md 2, `pref` and
// `city`). The deriver asks it for the workplace's address, and for the employer's where the feed
// leaves the workplace empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kyujin::schema {

// Where an address lies, as far as it says.
struct Place {
  uint8_t prefecture = 0;  // 1–47, 0 = unknown
  uint16_t municipality =
      0;  // 5-digit code: a ward where the address names it, else its city; 0 = unknown

  friend bool operator==(const Place&, const Place&) = default;
};

// Thread rule: **Immutable.** Built once (a few milliseconds) and passed by reference.
class PlaceResolver {
 public:
  PlaceResolver();

  // Returns the place at the beginning of `address` (UTF-8, as the feed has it): after a postal
  // code, the longest prefecture + 郡 + municipality + ward, with or without spaces, 郡 or
  // prefecture, in the names of today or former ones, ヶ and ケ, 龍 and 竜 and their like being the
  // same. Without a prefecture the name must be unique in the country: a ward's name alone never
  // is. Names further inside the address are not looked at. Cost: one pass over the first 40
  // characters and at most 30 hash look-ups; no allocation beyond a small buffer.
  [[nodiscard]] Place Resolve(std::string_view address) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::u16string_view name) const {
      return std::hash<std::u16string_view>{}(name);
    }
  };
  // Folded name → municipality; kAmbiguous when several are called so.
  using Names = std::unordered_map<std::u16string, uint16_t, Hash, std::equal_to<>>;

  void AddCurrentNames();
  void AddFormerNames();
  void AddName(uint8_t prefecture, std::u16string_view name, uint16_t code);
  [[nodiscard]] uint16_t FindMunicipality(uint8_t prefecture, std::u16string_view rest) const;
  [[nodiscard]] uint16_t FindLongest(uint8_t prefecture, std::u16string_view rest) const;

  // The first unit of a key is the prefecture, 0 for names that stand alone.
  Names names_;
  std::unordered_map<std::u16string, uint8_t, Hash, std::equal_to<>> prefectures_;
  size_t longest_name_ = 0;
};

}  // namespace kyujin::schema

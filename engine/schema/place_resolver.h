// PlaceResolver: from a Japanese address to its prefecture and municipality (API.md 2, `pref` and
// `city`). The deriver asks it for the workplace's address, and for the employer's where the feed
// leaves the workplace empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
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

  // Returns the place that `address` (UTF-8, as the feed has it) begins with, after a list mark or
  // a postal code: the longest prefecture + 郡 + municipality + ward, with or without spaces, 郡 or
  // prefecture, in the names of today or former ones, ヶ and ケ, 龍 and 竜 and their like being the
  // same. Without a prefecture the name must be unique in the country; the name of a ward alone
  // never is. An address that does not begin with a place has that of the first prefecture with one
  // of its municipalities further on: `本太センター　埼玉県さいたま市…`. Cost: two short buffers
  // and at most 40 hash look-ups, under 1 µs.
  [[nodiscard]] Place Resolve(std::string_view address) const;

  // Returns the place of the first of `addresses` that tells one, made finer by later ones inside
  // it: a ward of its city, a municipality of its prefecture.
  [[nodiscard]] Place ResolveFirst(std::span<const std::string_view> addresses) const;

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
  // Returns the length of the prefecture's name that `text` begins with, or 0.
  size_t MatchPrefecture(std::u16string_view text, uint8_t* prefecture) const;
  [[nodiscard]] Place FindInside(std::u16string_view text) const;
  [[nodiscard]] uint16_t FindMunicipality(uint8_t prefecture, std::u16string_view rest) const;
  [[nodiscard]] uint16_t FindLongest(uint8_t prefecture, std::u16string_view rest) const;

  // The first unit of a key is the prefecture, 0 for names that stand alone.
  Names names_;
  std::unordered_map<std::u16string, uint8_t, Hash, std::equal_to<>> prefectures_;
  size_t longest_name_ = 0;
};

}  // namespace kyujin::schema

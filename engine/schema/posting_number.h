// PostingNumber (求人番号): the stable key by which the outside knows a posting, `13010-12345678`.
//
// Thread rule: Immutable.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kyujin::schema {

// Five digits of the receiving office and eight more, kept as one number of 13 digits.
class PostingNumber {
 public:
  PostingNumber() = default;
  // Requires: `value` < 10^13.
  static constexpr PostingNumber FromValue(uint64_t value) { return PostingNumber(value); }
  // Accepts `13010-12345678` with or without the hyphen, any width, spaces around it.
  // Errors: kInvalidArgument naming the text.
  static Result<PostingNumber> Parse(std::string_view text);

  [[nodiscard]] constexpr uint64_t value() const { return value_; }
  // Returns `13010-12345678`.
  [[nodiscard]] std::string ToString() const;

  friend constexpr auto operator<=>(PostingNumber, PostingNumber) = default;

 private:
  explicit constexpr PostingNumber(uint64_t value) : value_(value) {}
  uint64_t value_ = 0;
};

}  // namespace kyujin::schema

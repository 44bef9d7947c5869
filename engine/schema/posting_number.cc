#include "engine/schema/posting_number.h"

#include <fmt/format.h>

#include "engine/schema/value_reader.h"

namespace kyujin::schema {
namespace {

constexpr int kOfficeDigits = 5;
constexpr int kDigits = 13;
constexpr uint64_t kOfficeUnit = 100'000'000;  // ten to the digits behind the hyphen

}  // namespace

Result<PostingNumber> PostingNumber::Parse(std::string_view text) {
  ValueReader reader(TrimValue(text));
  uint64_t value = 0;
  int digits = 0;
  while (!reader.AtEnd()) {
    const char32_t code = reader.Next();
    if (digits == kOfficeDigits && (code == U'-' || code == U'ー') && reader.Peek() != U'-' &&
        reader.Peek() != U'ー') {
      continue;
    }
    if (code < U'0' || code > U'9' || digits == kDigits) {
      digits = 0;
      break;
    }
    value = value * 10 + (code - U'0');
    ++digits;
  }
  if (digits != kDigits) {
    return InvalidArgument("not a 求人番号 (13010-12345678): " + std::string(text));
  }
  return PostingNumber(value);
}

std::string PostingNumber::ToString() const {
  return fmt::format("{:05}-{:08}", value_ / kOfficeUnit, value_ % kOfficeUnit);
}

}  // namespace kyujin::schema

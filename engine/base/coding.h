// Fixed-width little-endian integers and varints in byte strings: the bricks of every format of
// ours (engine/index/FORMAT.md). Reading never goes past the end.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace kyujin {

static_assert(std::endian::native == std::endian::little,
              "formats are little-endian and mapped as they are");

// Appends `value` in its own width.
template <std::unsigned_integral T>
void AppendFixed(std::string* out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out->append(bytes, sizeof(T));
}

// Appends `value` in 1 to 10 bytes (LEB128).
inline void AppendVarint(std::string* out, uint64_t value) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

// Appends the length as a varint, then the bytes.
inline void AppendBytes(std::string* out, std::string_view bytes) {
  AppendVarint(out, bytes.size());
  out->append(bytes);
}

// Reads forward through bytes it does not own; every read says whether there was enough. A read
// that fails gives up what is left, so that every later one fails too: the last of a row may be
// checked for all. Thread rule: Confined to one thread.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <std::unsigned_integral T>
  std::optional<T> Fixed() {
    if (rest_.size() < sizeof(T)) {
      return Fail();
    }
    T value;
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return value;
  }

  std::optional<uint64_t> Varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      // More than 64 bits, or a byte too many: a number is written in one way only.
      if ((shift == 63 && byte > 1) || (shift > 0 && byte == 0)) {
        return Fail();
      }
      value |= uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) {
        return value;
      }
    }
    return Fail();
  }

  std::optional<std::string_view> Bytes() {
    const auto size = Varint();
    if (!size || *size > rest_.size()) {
      return Fail();
    }
    const std::string_view bytes = rest_.substr(0, *size);
    rest_.remove_prefix(*size);
    return bytes;
  }

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] size_t remaining() const { return rest_.size(); }

 private:
  std::nullopt_t Fail() {
    rest_ = {};
    return std::nullopt;
  }

  std::string_view rest_;
};

}  // namespace kyujin

#include "engine/query/cursor.h"

#include <array>
#include <optional>

#include "engine/base/coding.h"
#include "engine/base/hash.h"

namespace kyujin::query {
namespace {

constexpr uint8_t kVersion = 1;
constexpr size_t kPayloadBytes = 1 + 5 * sizeof(uint64_t);
// With 7 bytes of checksum the whole is a multiple of 3 bytes: its base64 has no spare bits, so
// that no two texts mean the same cursor.
constexpr size_t kChecksumBytes = 7;
constexpr size_t kTextBytes = (kPayloadBytes + kChecksumBytes) / 3 * 4;
static_assert((kPayloadBytes + kChecksumBytes) % 3 == 0);

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string Checksum(std::string_view payload) {
  std::string bytes;
  AppendFixed(&bytes, Hash64(payload));
  bytes.resize(kChecksumBytes);
  return bytes;
}

uint32_t ByteAt(std::string_view bytes, size_t index) {
  return static_cast<uint8_t>(bytes[index]);
}

// Requires: the size of `bytes` is a multiple of 3.
std::string EncodeBase64Url(std::string_view bytes) {
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const uint32_t group =
        ByteAt(bytes, i) << 16U | ByteAt(bytes, i + 1) << 8U | ByteAt(bytes, i + 2);
    for (const uint32_t shift : {18U, 12U, 6U, 0U}) {
      text.push_back(kAlphabet[(group >> shift) & 63U]);
    }
  }
  return text;
}

// Requires: the size of `text` is a multiple of 4.
std::optional<std::string> DecodeBase64Url(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 4) {
    uint32_t group = 0;
    for (const char c : text.substr(i, 4)) {
      const size_t digit = kAlphabet.find(c);
      if (digit == std::string_view::npos) {
        return std::nullopt;
      }
      group = group << 6U | static_cast<uint32_t>(digit);
    }
    for (const uint32_t shift : {16U, 8U, 0U}) {
      bytes.push_back(static_cast<char>((group >> shift) & 0xFFU));
    }
  }
  return bytes;
}

}  // namespace

std::string EncodeCursor(const Cursor& cursor) {
  std::string payload;
  AppendFixed(&payload, kVersion);
  AppendFixed(&payload, cursor.index_id);
  AppendFixed(&payload, cursor.generation);
  AppendFixed(&payload, cursor.request_hash);
  AppendFixed(&payload, cursor.sort_key);
  AppendFixed(&payload, cursor.number);
  return EncodeBase64Url(payload + Checksum(payload));
}

Result<Cursor> DecodeCursor(std::string_view text) {
  const Error error = InvalidArgument("not a cursor of this service");
  if (text.size() != kTextBytes) {
    return error;
  }
  const std::optional<std::string> bytes = DecodeBase64Url(text);
  if (!bytes) {
    return error;
  }
  const std::string_view payload = std::string_view(*bytes).substr(0, kPayloadBytes);
  if (Checksum(payload) != std::string_view(*bytes).substr(kPayloadBytes)) {
    return error;
  }
  ByteReader reader(payload);
  if (reader.Fixed<uint8_t>() != kVersion) {
    return error;
  }
  std::array<uint64_t, 5> numbers{};
  for (uint64_t& number : numbers) {
    number = reader.Fixed<uint64_t>().value_or(0);
  }
  return Cursor{numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]};
}

}  // namespace kyujin::query

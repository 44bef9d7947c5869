#include "engine/text/utf8.h"

#include <cstring>

namespace kyujin::text {
namespace {

// What a leading byte promises. The range of the second byte is what keeps out overlong forms,
// surrogates and values past U+10FFFF.
struct LeadByte {
  uint32_t size = 0;  // 0: no sequence starts with this byte
  uint8_t second_min = 0x80;
  uint8_t second_max = 0xBF;
};

LeadByte ReadLeadByte(uint8_t byte) {
  if (byte < 0xC2 || byte > 0xF4) {
    return {};
  }
  if (byte < 0xE0) {
    return {.size = 2};
  }
  if (byte < 0xF0) {
    const uint8_t min = byte == 0xE0 ? 0xA0 : 0x80;
    const uint8_t max = byte == 0xED ? 0x9F : 0xBF;
    return {.size = 3, .second_min = min, .second_max = max};
  }
  const uint8_t min = byte == 0xF0 ? 0x90 : 0x80;
  const uint8_t max = byte == 0xF4 ? 0x8F : 0xBF;
  return {.size = 4, .second_min = min, .second_max = max};
}

bool IsContinuation(char byte) {
  return (static_cast<uint8_t>(byte) & 0xC0U) == 0x80;
}

// Length of the ASCII at the start of `text`, eight bytes at a time.
size_t AsciiPrefix(std::string_view text) {
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080U) != 0) {
      break;
    }
  }
  while (i < text.size() && static_cast<uint8_t>(text[i]) < 0x80) {
    ++i;
  }
  return i;
}

}  // namespace

Utf8Char DecodeMultibyte(std::string_view text) {
  const auto first = static_cast<uint8_t>(text[0]);
  const LeadByte lead = ReadLeadByte(first);
  if (lead.size == 0) {
    return {kReplacementCharacter, 1, false};
  }
  char32_t value = first & (0xFFU >> (lead.size + 1));
  for (uint32_t i = 1; i < lead.size; ++i) {
    const uint8_t byte = i < text.size() ? static_cast<uint8_t>(text[i]) : uint8_t{0};
    const bool fits =
        i == 1 ? byte >= lead.second_min && byte <= lead.second_max : (byte & 0xC0U) == 0x80;
    if (!fits) {
      return {kReplacementCharacter, i, false};
    }
    value = (value << 6U) | (byte & 0x3FU);
  }
  return {value, lead.size, true};
}

void AppendUtf8(char32_t c, std::string* out) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
    c = kReplacementCharacter;
  }
  if (c < 0x80) {
    out->push_back(static_cast<char>(c));
    return;
  }
  if (c < 0x800) {
    out->push_back(static_cast<char>(0xC0U | (c >> 6U)));
  } else if (c < 0x10000) {
    out->push_back(static_cast<char>(0xE0U | (c >> 12U)));
    out->push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
  } else {
    out->push_back(static_cast<char>(0xF0U | (c >> 18U)));
    out->push_back(static_cast<char>(0x80U | ((c >> 12U) & 0x3FU)));
    out->push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
  }
  out->push_back(static_cast<char>(0x80U | (c & 0x3FU)));
}

bool IsValidUtf8(std::string_view text) {
  while (true) {
    text.remove_prefix(AsciiPrefix(text));
    if (text.empty()) {
      return true;
    }
    while (!text.empty() && static_cast<uint8_t>(text.front()) >= 0x80) {
      const Utf8Char c = DecodeUtf8Char(text);
      if (!c.valid) {
        return false;
      }
      text.remove_prefix(c.size);
    }
  }
}

size_t CountCodePoints(std::string_view text) {
  size_t count = 0;
  while (!text.empty()) {
    DecodeUtf8(&text);
    ++count;
  }
  return count;
}

std::string_view FirstCodePoints(std::string_view text, size_t count) {
  std::string_view rest = text;
  for (; count > 0 && !rest.empty(); --count) {
    DecodeUtf8(&rest);
  }
  return text.substr(0, text.size() - rest.size());
}

std::string_view FirstBytes(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) {
    return text;
  }
  // A code point has at most three continuation bytes; more of them are broken bytes anyway.
  size_t end = max_bytes;
  while (end > 0 && max_bytes - end < 3 && IsContinuation(text[end])) {
    --end;
  }
  return text.substr(0, IsContinuation(text[end]) ? max_bytes : end);
}

}  // namespace kyujin::text

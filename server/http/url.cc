#include "server/http/url.h"

#include <algorithm>
#include <cstdint>

namespace kyujin::http {
namespace {

enum class PlusMeans { kSpace, kPlus };

int HexValue(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return -1;
}

Error InvalidAt(size_t offset, std::string_view what) {
  return InvalidArgument(std::string(what) + " at byte " + std::to_string(offset));
}

// `offset` is where `raw` starts in the text the caller knows.
Result<std::string> Decode(std::string_view raw, PlusMeans plus, size_t offset) {
  std::string text;
  text.reserve(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '+' && plus == PlusMeans::kSpace) {
      text.push_back(' ');
    } else if (raw[i] == '%') {
      const int high = i + 2 < raw.size() ? HexValue(raw[i + 1]) : -1;
      const int low = i + 2 < raw.size() ? HexValue(raw[i + 2]) : -1;
      if (high < 0 || low < 0) {
        return InvalidAt(offset + i, "'%' is not followed by two hexadecimal digits");
      }
      text.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      text.push_back(raw[i]);
    }
    if (text.back() == '\0') {
      return InvalidAt(offset + i, "NUL character");
    }
  }
  if (!IsValidUtf8(text)) {
    return InvalidAt(offset, "text that is not valid UTF-8 starts");
  }
  return text;
}

// The number of bytes of the well-formed character at the start of `text`, 0 if there is none.
// Table 3-7 of the Unicode standard.
size_t CharacterLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) {
    return 1;
  }
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) {
    return 0;
  }
  const uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) {
    return 0;
  }
  for (size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) {
      return 0;
    }
  }
  return length;
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = CharacterLength(text);
    if (length == 0) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

Result<std::string> DecodePathSegment(std::string_view raw) {
  return Decode(raw, PlusMeans::kPlus, 0);
}

Result<QueryPairs> ParseQuery(std::string_view raw) {
  QueryPairs pairs;
  for (size_t start = 0; start < raw.size();) {
    const size_t end = std::min(raw.find('&', start), raw.size());
    const std::string_view piece = raw.substr(start, end - start);
    if (!piece.empty()) {
      if (pairs.size() == kMaxQueryPairs) {
        return InvalidAt(start, "more than " + std::to_string(kMaxQueryPairs) + " parameters");
      }
      const size_t equals = std::min(piece.find('='), piece.size());
      if (equals == 0) {
        return InvalidAt(start, "a value without a parameter name");
      }
      KYUJIN_ASSIGN_OR_RETURN(std::string name,
                              Decode(piece.substr(0, equals), PlusMeans::kSpace, start));
      const size_t value_start = std::min(equals + 1, piece.size());
      KYUJIN_ASSIGN_OR_RETURN(
          std::string value,
          Decode(piece.substr(value_start), PlusMeans::kSpace, start + value_start));
      pairs.emplace_back(std::move(name), std::move(value));
    }
    start = end + 1;
  }
  return pairs;
}

}  // namespace kyujin::http

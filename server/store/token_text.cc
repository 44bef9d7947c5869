#include "server/store/token_text.h"

#include <openssl/evp.h>
#include <sys/random.h>

#include <algorithm>

namespace kyujin::store {
namespace {

constexpr std::string_view kPrefix = "kyj_";
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr size_t kRandomBytes = 32;
constexpr size_t kEncodedCharacters = 43;  // of 6 bits each

// Writes the bits six at a time, highest first, the last ones filled up with zeros.
std::string Base64Url(const std::array<uint8_t, kRandomBytes>& bytes) {
  std::string text;
  uint32_t bits = 0;
  unsigned held = 0;
  for (const uint8_t byte : bytes) {
    bits = (bits << 8U) | byte;
    held += 8;
    while (held >= 6) {
      held -= 6;
      text.push_back(kAlphabet[(bits >> held) & 0x3FU]);
    }
  }
  text.push_back(kAlphabet[(bits << (6 - held)) & 0x3FU]);
  return text;
}

}  // namespace

Result<std::string> NewTokenText() {
  std::array<uint8_t, kRandomBytes> bytes{};
  // Never fewer bytes than asked for, up to 256 (getrandom(2)).
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return Unavailable("the system gives no random bytes");
  }
  return std::string(kPrefix) + Base64Url(bytes);
}

bool IsTokenText(std::string_view text) {
  if (!text.starts_with(kPrefix) || text.size() != kPrefix.size() + kEncodedCharacters) {
    return false;
  }
  text.remove_prefix(kPrefix.size());
  return std::all_of(text.begin(), text.end(), [](char character) {
    return kAlphabet.find(character) != std::string_view::npos;
  });
}

std::string WithoutTokens(std::string_view text) {
  std::string out;
  while (true) {
    const size_t begin = text.find(kPrefix);
    out += text.substr(0, begin);
    if (begin == std::string_view::npos) {
      return out;
    }
    text.remove_prefix(begin + kPrefix.size());
    const size_t end = std::min(text.find_first_not_of(kAlphabet), text.size());
    // Cut ones, too: most of a secret is a secret.
    out += end >= kEncodedCharacters / 4 ? "[token]" : kPrefix;
    if (end >= kEncodedCharacters / 4) {
      text.remove_prefix(end);
    }
  }
}

Digest DigestOf(std::string_view bytes) {
  Digest digest{};
  unsigned size = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  KYUJIN_CHECK(done == 1 && size == digest.size());
  return digest;
}

}  // namespace kyujin::store

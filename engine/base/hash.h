// XXH3-64: the checksum of every file of ours and the hash of contents and requests. Not for
// secrets.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kyujin {

// Returns XXH3-64 of `bytes`.
uint64_t Hash64(std::string_view bytes, uint64_t seed = 0);

// Hashes bytes that come in pieces; the result equals Hash64 of them joined. Thread rule: Confined
// to one thread.
class StreamHash64 {
 public:
  StreamHash64();
  ~StreamHash64();
  StreamHash64(const StreamHash64&) = delete;
  StreamHash64& operator=(const StreamHash64&) = delete;
  StreamHash64(StreamHash64&&) noexcept;
  StreamHash64& operator=(StreamHash64&&) noexcept;

  void Update(std::string_view bytes);
  [[nodiscard]] uint64_t Digest() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Returns 16 lower-case hexadecimal digits.
std::string ToHex(uint64_t value);

}  // namespace kyujin

#include "engine/base/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace kyujin {

struct StreamHash64::Impl {
  struct Free {
    void operator()(XXH3_state_t* freed) const { XXH3_freeState(freed); }
  };
  std::unique_ptr<XXH3_state_t, Free> state{XXH3_createState()};
};

StreamHash64::StreamHash64() : impl_(std::make_unique<Impl>()) {
  XXH3_64bits_reset(impl_->state.get());
}
StreamHash64::~StreamHash64() = default;
StreamHash64::StreamHash64(StreamHash64&&) noexcept = default;
StreamHash64& StreamHash64::operator=(StreamHash64&&) noexcept = default;

void StreamHash64::Update(std::string_view bytes) {
  XXH3_64bits_update(impl_->state.get(), bytes.data(), bytes.size());
}

uint64_t StreamHash64::Digest() const {
  return XXH3_64bits_digest(impl_->state.get());
}

uint64_t Hash64(std::string_view bytes, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string ToHex(uint64_t value) {
  return fmt::format("{:016x}", value);
}

}  // namespace kyujin

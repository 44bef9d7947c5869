// Manifests: any text, and any text under a checksum that is right. What is read can be written.
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/hash.h"
#include "engine/index/manifest.h"

namespace {

void Check(std::string_view text) {
  const auto manifest = kyujin::index::ParseManifest(text);
  if (!manifest.has_value()) {
    KYUJIN_CHECK(manifest.error().code == kyujin::ErrorCode::kCorruption);
    return;
  }
  const std::string written = kyujin::index::SerializeManifest(*manifest);
  const auto again = kyujin::index::ParseManifest(written);
  KYUJIN_CHECK(again.has_value());
  KYUJIN_CHECK(kyujin::index::SerializeManifest(*again) == written);
  (void)kyujin::index::CheckCompatible(*manifest, "analyzer");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  Check(text);
  const size_t checksum = text.rfind(",\"checksum\":\"");
  text.resize(checksum == std::string::npos ? text.size() : checksum);
  const std::string digits = kyujin::ToHex(kyujin::Hash64(text + "}"));
  Check(text + ",\"checksum\":\"" + digits + "\"}\n");
  return 0;
}

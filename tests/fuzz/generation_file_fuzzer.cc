// Tombstones and lists of changes: any bytes, and any bytes under a checksum that is right. What is
// read can be written and comes back. Tokens of the change feed: any text.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/hash.h"
#include "engine/index/change_feed.h"
#include "engine/index/change_list.h"
#include "engine/index/tombstones.h"

namespace {

void Use(std::string_view bytes) {
  const int descriptor = ::memfd_create("fuzz", MFD_CLOEXEC);
  KYUJIN_CHECK(descriptor >= 0);
  KYUJIN_CHECK(::write(descriptor, bytes.data(), bytes.size()) ==
               static_cast<ssize_t>(bytes.size()));
  const std::filesystem::path path = "/proc/self/fd/" + std::to_string(descriptor);
  uint32_t documents = 0;
  constexpr size_t kDocumentsAt = 12;
  if (bytes.size() >= kDocumentsAt + sizeof(documents)) {
    std::memcpy(&documents, bytes.data() + kDocumentsAt, sizeof(documents));
  }
  if (const auto read = kyujin::index::Tombstones::Read(path, documents); read.has_value()) {
    KYUJIN_CHECK((*read)->count() <= documents);
    KYUJIN_CHECK((*read)->count() == (*read)->dead().Count());
  }
  if (const auto read = kyujin::index::ReadChangeList(path); read.has_value()) {
    for (size_t i = 1; i < read->changes.size(); ++i) {
      KYUJIN_CHECK(read->changes[i - 1].number < read->changes[i].number);
    }
  }
  ::close(descriptor);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (const auto position = kyujin::index::DecodeChangePosition(bytes); position.has_value()) {
    const auto again =
        kyujin::index::DecodeChangePosition(kyujin::index::EncodeChangePosition(*position));
    KYUJIN_CHECK(again.has_value() && *again == *position);
  }
  Use(bytes);
  if (bytes.size() >= sizeof(uint64_t)) {
    bytes.resize(bytes.size() - sizeof(uint64_t));
    const uint64_t checksum = kyujin::Hash64(bytes);
    bytes.append(reinterpret_cast<const char*>(&checksum), sizeof(checksum));
    Use(bytes);
  }
  return 0;
}

// The two mapped files of a segment: any bytes, and any bytes whose table has a checksum that is
// right, because that checksum would keep a fuzzer from everything behind it.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "engine/base/hash.h"
#include "engine/index/card_file.h"
#include "engine/index/format.h"
#include "engine/index/manifest.h"
#include "engine/index/segment_columns.h"

namespace {

using kyujin::DocId;

// A file in memory that has a path. Confined to one thread.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    KYUJIN_CHECK(descriptor_ >= 0);
    KYUJIN_CHECK(::write(descriptor_, bytes.data(), bytes.size()) ==
                 static_cast<ssize_t>(bytes.size()));
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  MemoryFile(MemoryFile&&) = delete;
  MemoryFile& operator=(MemoryFile&&) = delete;
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

void UseColumns(const std::string& path) {
  const auto file = kyujin::index::ColumnFile::Open(path);
  if (file.has_value()) {
    (void)(*file)->Verify();
    (void)(*file)->Section("number");
    (void)(*file)->Values<uint32_t>("employer", (*file)->documents());
  }
  const auto columns = kyujin::index::SegmentColumns::Open(path);
  if (!columns.has_value()) {
    return;
  }
  size_t sum = 0;
  for (DocId doc = 0; doc < (*columns)->documents(); ++doc) {
    sum += (*columns)->shifts()[doc].size() + (*columns)->stations()[doc].size() +
           (*columns)->licences()[doc].size();
  }
  for (size_t id = 0; id < (*columns)->station_names().size(); ++id) {
    sum += (*columns)->station_names()[id].size();
  }
  (void)(*columns)->employer_names().Find("x");
  (void)(*columns)->Find(sum);
}

void UseCards(const std::string& path, const kyujin::index::CardShape& shape) {
  const auto cards = kyujin::index::CardFile::Open(path, shape);
  for (DocId doc = 0; cards.has_value() && doc < std::min(100U, (*cards)->documents()); ++doc) {
    (void)(*cards)->Read(doc);
  }
}

void Use(std::string_view bytes) {
  const MemoryFile file(bytes);
  UseColumns(file.path());
  UseCards(file.path(), kyujin::index::kCardShape);
  UseCards(file.path(), kyujin::index::kHitShape);
}

// Files of older versions serve as seeds for ever.
void SetVersion(std::string_view magic, size_t trailer_bytes, std::string* file) {
  const size_t trailer = file->size() - std::min(trailer_bytes, file->size());
  if (std::string_view(*file).substr(trailer).starts_with(magic)) {
    const uint32_t version = kyujin::index::kFormatVersion;
    std::memcpy(file->data() + trailer + magic.size(), &version, sizeof(version));
  }
}

// All files end in the offset of the table and the checksum of table and trailer.
std::string Resealed(std::string_view bytes) {
  constexpr size_t kColumnTrailerBytes = 40;
  constexpr size_t kCardTrailerBytes = 32;
  std::string sealed(bytes);
  if (sealed.size() < 16) {
    return sealed;
  }
  SetVersion(kyujin::index::kColumnMagic, kColumnTrailerBytes, &sealed);
  SetVersion(kyujin::index::kCardShape.magic, kCardTrailerBytes, &sealed);
  SetVersion(kyujin::index::kHitShape.magic, kCardTrailerBytes, &sealed);
  uint64_t table = 0;
  std::memcpy(&table, sealed.data() + sealed.size() - 16, sizeof(table));
  if (table < sealed.size() - 8) {
    const uint64_t checksum =
        kyujin::Hash64(std::string_view(sealed).substr(table, sealed.size() - 8 - table));
    std::memcpy(sealed.data() + sealed.size() - 8, &checksum, sizeof(checksum));
  }
  return sealed;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Use(bytes);
  Use(Resealed(bytes));
  return 0;
}

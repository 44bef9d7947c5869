#include "engine/index/tombstones.h"

#include <fmt/format.h>

#include <utility>

#include "engine/base/coding.h"
#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/index/format.h"
#include "engine/index/manifest.h"

namespace kyujin::index {
namespace {

Error Broken(const std::filesystem::path& path, std::string_view what) {
  return Corruption(fmt::format("{}: {}", path.string(), what));
}

}  // namespace

Result<WrittenFile> WriteTombstones(const std::filesystem::path& path, const Bitmap& dead) {
  std::string bytes(kTombstoneMagic);
  AppendFixed(&bytes, kFormatVersion);
  AppendFixed(&bytes, static_cast<uint32_t>(dead.bits()));
  AppendFixed(&bytes, dead.Count());
  for (const uint64_t word : dead.view().words()) {
    AppendFixed(&bytes, word);
  }
  AppendFixed(&bytes, Hash64(bytes));
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<FileWriter> file, FileWriter::Create(path));
  KYUJIN_RETURN_IF_ERROR(file->Append(bytes));
  KYUJIN_RETURN_IF_ERROR(file->Finish());
  return WrittenFile{file->size(), file->checksum()};
}

Result<std::shared_ptr<const Tombstones>> Tombstones::Read(const std::filesystem::path& path,
                                                           uint32_t documents) {
  KYUJIN_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path, uint64_t{1} << 30));
  const size_t words = BitmapWords(documents);
  constexpr size_t kHeaderBytes = 8 + 4 + 4 + 8;
  if (bytes.size() != kHeaderBytes + (words + 1) * sizeof(uint64_t) ||
      !bytes.starts_with(kTombstoneMagic)) {
    return Broken(path, "no tombstones of this segment, or truncated");
  }
  const std::string_view content = std::string_view(bytes).substr(0, bytes.size() - 8);
  ByteReader reader(std::string_view(bytes).substr(kTombstoneMagic.size()));
  const uint32_t version = reader.Fixed<uint32_t>().value_or(0);
  const uint32_t bits = reader.Fixed<uint32_t>().value_or(0);
  const uint64_t count = reader.Fixed<uint64_t>().value_or(0);
  Bitmap dead(documents);
  for (uint64_t& word : dead.words()) {
    word = reader.Fixed<uint64_t>().value_or(0);
  }
  if (reader.Fixed<uint64_t>().value_or(0) != Hash64(content)) {
    return Broken(path, "checksum is wrong");
  }
  if (version != kFormatVersion) {
    return Unavailable(fmt::format(
        "{}: format version {}, this program reads {}", path.string(), version, kFormatVersion));
  }
  const uint64_t last = documents % 64 == 0 ? 0 : dead.words().back() >> (documents % 64);
  auto tombstones = std::make_shared<const Tombstones>(std::move(dead));
  if (bits != documents || tombstones->count() != count || last != 0) {
    return Broken(path, "counts other documents than its segment");
  }
  return tombstones;
}

}  // namespace kyujin::index

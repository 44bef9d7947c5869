#include "engine/index/change_list.h"

#include <fmt/format.h>

#include <memory>

#include "engine/base/coding.h"
#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/index/format.h"
#include "engine/index/manifest.h"

namespace kyujin::index {
namespace {

constexpr size_t kHeaderBytes = 8 + 4 + 4 + 8 + 8 + 2;
constexpr size_t kEntryBytes = 8 + 8 + 1;
constexpr uint64_t kMaxFileBytes = uint64_t{1} << 30;

Error Broken(const std::filesystem::path& path, std::string_view what) {
  return Corruption(fmt::format("{}: {}", path.string(), what));
}

bool IsOp(uint8_t op) {
  return op >= static_cast<uint8_t>(ChangeOp::kAdded) &&
         op <= static_cast<uint8_t>(ChangeOp::kRewritten);
}

}  // namespace

std::string_view ChangeOpName(ChangeOp op) {
  switch (op) {
    case ChangeOp::kAdded:
      return "added";
    case ChangeOp::kUpdated:
    case ChangeOp::kRewritten:
      return "updated";
    case ChangeOp::kRemoved:
      return "removed";
  }
  return "";
}

Result<WrittenFile> WriteChangeList(const std::filesystem::path& path, const ChangeList& list) {
  std::string bytes(kChangeMagic);
  AppendFixed(&bytes, kFormatVersion);
  AppendFixed(&bytes, static_cast<uint32_t>(list.changes.size()));
  AppendFixed(&bytes, list.index_id);
  AppendFixed(&bytes, list.generation);
  AppendFixed(&bytes, list.date.days());
  for (const Change& change : list.changes) {
    AppendFixed(&bytes, change.number);
    AppendFixed(&bytes, change.version);
    AppendFixed(&bytes, static_cast<uint8_t>(change.op));
  }
  AppendFixed(&bytes, Hash64(bytes));
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<FileWriter> file, FileWriter::Create(path));
  KYUJIN_RETURN_IF_ERROR(file->Append(bytes));
  KYUJIN_RETURN_IF_ERROR(file->Finish());
  return WrittenFile{file->size(), file->checksum()};
}

Result<ChangeList> ReadChangeList(const std::filesystem::path& path) {
  KYUJIN_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path, kMaxFileBytes));
  if (bytes.size() < kHeaderBytes + sizeof(uint64_t) || !bytes.starts_with(kChangeMagic)) {
    return Broken(path, "no list of changes, or truncated");
  }
  const std::string_view content = std::string_view(bytes).substr(0, bytes.size() - 8);
  if (ByteReader(std::string_view(bytes).substr(content.size())).Fixed<uint64_t>() !=
      Hash64(content)) {
    return Broken(path, "checksum is wrong");
  }
  ByteReader reader(content.substr(kChangeMagic.size()));
  if (const uint32_t version = reader.Fixed<uint32_t>().value_or(0); version != kFormatVersion) {
    return Unavailable(fmt::format(
        "{}: format version {}, this program reads {}", path.string(), version, kFormatVersion));
  }
  const uint32_t count = reader.Fixed<uint32_t>().value_or(0);
  ChangeList list;
  list.index_id = reader.Fixed<uint64_t>().value_or(0);
  list.generation = reader.Fixed<uint64_t>().value_or(0);
  list.date = Date::FromDays(reader.Fixed<uint16_t>().value_or(0));
  if (reader.remaining() != uint64_t{count} * kEntryBytes) {
    return Broken(path, "holds another number of changes than it says");
  }
  list.changes.reserve(count);
  while (!reader.empty()) {
    const uint64_t number = reader.Fixed<uint64_t>().value_or(0);
    const uint64_t version = reader.Fixed<uint64_t>().value_or(0);
    const uint8_t op = reader.Fixed<uint8_t>().value_or(0);
    if (!IsOp(op) || (!list.changes.empty() && list.changes.back().number >= number)) {
      return Broken(path, "changes do not ascend, or are of no kind we know");
    }
    list.changes.push_back({number, version, static_cast<ChangeOp>(op)});
  }
  return list;
}

}  // namespace kyujin::index

#include "engine/index/column_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/coding.h"
#include "engine/base/hash.h"
#include "engine/index/format.h"
#include "engine/index/manifest.h"

namespace kyujin::index {
namespace {

// The trailer stands at the very end: magic, version, documents, sections, table offset, table
// checksum.
constexpr size_t kTrailerBytes = 8 + 4 + 4 + 4 + 4 + 8 + 8;
constexpr size_t kTableEntryBytes = kSectionNameBytes + 3 * sizeof(uint64_t);

}  // namespace

Result<std::unique_ptr<ColumnFileWriter>> ColumnFileWriter::Create(
    const std::filesystem::path& path) {
  KYUJIN_ASSIGN_OR_RETURN(std::unique_ptr<FileWriter> file, FileWriter::Create(path));
  return std::unique_ptr<ColumnFileWriter>(new ColumnFileWriter(std::move(file)));
}

Status ColumnFileWriter::AddSection(std::string_view name, std::string_view bytes) {
  KYUJIN_CHECK(name.size() < kSectionNameBytes);
  KYUJIN_RETURN_IF_ERROR(file_->AlignTo(kSectionAlignment));
  sections_.push_back({std::string(name), file_->size(), bytes.size(), Hash64(bytes)});
  return file_->Append(bytes);
}

Status ColumnFileWriter::Finish(uint32_t documents) {
  std::sort(sections_.begin(), sections_.end(), [](const Section& a, const Section& b) {
    return a.name < b.name;
  });
  KYUJIN_RETURN_IF_ERROR(file_->AlignTo(kSectionAlignment));
  const uint64_t table_offset = file_->size();
  std::string table;
  for (const Section& section : sections_) {
    std::string name = section.name;
    name.resize(kSectionNameBytes, '\0');
    table += name;
    AppendFixed(&table, section.offset);
    AppendFixed(&table, section.size);
    AppendFixed(&table, section.checksum);
  }
  std::string trailer(kColumnMagic);
  AppendFixed(&trailer, kFormatVersion);
  AppendFixed(&trailer, documents);
  AppendFixed(&trailer, static_cast<uint32_t>(sections_.size()));
  AppendFixed(&trailer, uint32_t{0});
  AppendFixed(&trailer, table_offset);
  AppendFixed(&trailer, Hash64(table + trailer));
  KYUJIN_RETURN_IF_ERROR(file_->Append(table));
  KYUJIN_RETURN_IF_ERROR(file_->Append(trailer));
  return file_->Finish();
}

Result<std::unique_ptr<const ColumnFile>> ColumnFile::Open(const std::filesystem::path& path) {
  KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const MappedFile> mapped, MappedFile::Open(path));
  std::unique_ptr<ColumnFile> file(new ColumnFile(std::move(mapped)));
  KYUJIN_RETURN_IF_ERROR(file->ReadTable());
  return std::unique_ptr<const ColumnFile>(std::move(file));
}

Status ColumnFile::ReadTable() {
  const std::string_view all = file_->bytes();
  if (all.size() < kTrailerBytes) {
    return Broken("shorter than its trailer");
  }
  const std::string_view trailer = all.substr(all.size() - kTrailerBytes);
  if (trailer.substr(0, kColumnMagic.size()) != kColumnMagic) {
    return Broken("no column file, or truncated");
  }
  ByteReader reader(trailer.substr(kColumnMagic.size()));
  const uint32_t version = reader.Fixed<uint32_t>().value_or(0);
  if (version != kFormatVersion) {
    return Unavailable(
        fmt::format("{}: format version {}, this program reads {}; rebuild with kyujin-index build",
                    file_->path().string(),
                    version,
                    kFormatVersion));
  }
  documents_ = reader.Fixed<uint32_t>().value_or(0);
  const uint32_t sections = reader.Fixed<uint32_t>().value_or(0);
  (void)reader.Fixed<uint32_t>();
  const uint64_t table_offset = reader.Fixed<uint64_t>().value_or(0);
  const uint64_t checksum = reader.Fixed<uint64_t>().value_or(0);
  const uint64_t table_bytes = uint64_t{sections} * kTableEntryBytes;
  if (table_offset > all.size() - kTrailerBytes ||
      all.size() - kTrailerBytes - table_offset != table_bytes) {
    return Broken("table of sections does not fit");
  }
  const std::string_view table = all.substr(table_offset, table_bytes);
  const std::string checked =
      std::string(table) + std::string(trailer.substr(0, kTrailerBytes - 8));
  if (Hash64(checked) != checksum) {
    return Broken("checksum of the table of sections is wrong");
  }
  for (uint32_t i = 0; i < sections; ++i) {
    const std::string_view row = table.substr(i * kTableEntryBytes, kTableEntryBytes);
    const std::string_view name = row.substr(0, std::min(row.find('\0'), kSectionNameBytes));
    ByteReader values(row.substr(kSectionNameBytes));
    const uint64_t offset = values.Fixed<uint64_t>().value_or(0);
    const uint64_t size = values.Fixed<uint64_t>().value_or(0);
    if (offset > table_offset || size > table_offset - offset || offset % kSectionAlignment != 0) {
      return Broken(fmt::format("section {} does not fit", name));
    }
    entries_.push_back({name, all.substr(offset, size), values.Fixed<uint64_t>().value_or(0)});
  }
  return {};
}

std::vector<std::string_view> ColumnFile::SectionNames() const {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries_) {
    names.push_back(entry.name);
  }
  return names;
}

Result<std::string_view> ColumnFile::Section(std::string_view name) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), name, [](const Entry& e, std::string_view n) {
        return e.name < n;
      });
  if (found == entries_.end() || found->name != name) {
    return Broken(fmt::format("section {} is missing", name));
  }
  return found->bytes;
}

Status ColumnFile::Verify() const {
  for (const Entry& entry : entries_) {
    if (Hash64(entry.bytes) != entry.checksum) {
      return Broken(fmt::format("checksum of section {} is wrong", entry.name));
    }
  }
  return {};
}

Error ColumnFile::Disordered(std::string_view name) const {
  return Broken(fmt::format("values of section {} do not ascend", name));
}

Error ColumnFile::WrongSize(std::string_view name, size_t found, size_t expected) const {
  return Broken(fmt::format("section {} has {} bytes instead of {}", name, found, expected));
}

Error ColumnFile::Broken(std::string_view what) const {
  return Corruption(fmt::format("{}: {}", file_->path().string(), what));
}

}  // namespace kyujin::index

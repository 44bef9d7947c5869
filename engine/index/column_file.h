// columns.bin as a container: named, aligned, checksummed sections of one mapped file (FORMAT.md
// 3). What the sections mean is the business of segment_columns.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"

namespace kyujin::index {

// Writes sections one after another. Confined to one thread.
class ColumnFileWriter {
 public:
  static Result<std::unique_ptr<ColumnFileWriter>> Create(const std::filesystem::path& path);

  // Appends a section. Requires: `name` is new and at most kSectionNameBytes − 1 bytes.
  Status AddSection(std::string_view name, std::string_view bytes);
  template <class T>
  Status AddValues(std::string_view name, std::span<const T> values) {
    return AddSection(name, {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  // Writes the table of sections and syncs the file.
  Status Finish(uint32_t documents);
  // The file's size and checksum. Requires: Finish succeeded.
  [[nodiscard]] uint64_t size() const { return file_->size(); }
  [[nodiscard]] uint64_t checksum() const { return file_->checksum(); }

 private:
  struct Section {
    std::string name;
    uint64_t offset;
    uint64_t size;
    uint64_t checksum;
  };
  explicit ColumnFileWriter(std::unique_ptr<FileWriter> file) : file_(std::move(file)) {}

  std::unique_ptr<FileWriter> file_;
  std::vector<Section> sections_;
};

// Thread rule: Immutable.
class ColumnFile {
 public:
  // Checks magic, version, sizes and the table's own checksum. Errors: kCorruption naming the file,
  // kUnavailable for another format version, kNotFound.
  static Result<std::unique_ptr<const ColumnFile>> Open(const std::filesystem::path& path);

  [[nodiscard]] uint32_t documents() const { return documents_; }
  [[nodiscard]] std::vector<std::string_view> SectionNames() const;
  // The bytes of a section, aligned to kSectionAlignment. Errors: kCorruption when there is none of
  // that name.
  [[nodiscard]] Result<std::string_view> Section(std::string_view name) const;
  // The section as values. Errors: kCorruption also when it does not hold exactly `count` of them.
  template <class T>
  [[nodiscard]] Result<std::span<const T>> Values(std::string_view name, size_t count) const {
    KYUJIN_ASSIGN_OR_RETURN(const std::string_view bytes, Section(name));
    if (bytes.size() != count * sizeof(T)) {
      return WrongSize(name, bytes.size(), count * sizeof(T));
    }
    return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), count);
  }
  // The error of a section whose values do not ascend as they must.
  [[nodiscard]] Error Disordered(std::string_view name) const;
  // Reads every section and compares its checksum. Errors: kCorruption naming file and section.
  [[nodiscard]] Status Verify() const;

 private:
  struct Entry {
    std::string_view name;
    std::string_view bytes;
    uint64_t checksum;
  };
  explicit ColumnFile(std::shared_ptr<const MappedFile> file) : file_(std::move(file)) {}
  Status ReadTable();
  [[nodiscard]] Error WrongSize(std::string_view name, size_t found, size_t expected) const;
  [[nodiscard]] Error Broken(std::string_view what) const;

  std::shared_ptr<const MappedFile> file_;
  std::vector<Entry> entries_;  // by name
  uint32_t documents_ = 0;
};

}  // namespace kyujin::index

// What the indexer's tests and fuzzers share: input from memory, a sink that remembers, a folder
// that goes when the test ends.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/byte_source.h"
#include "engine/schema/feed_record.h"
#include "indexer/record_sink.h"

namespace kyujin::indexer::testing {

// Bytes from memory, at most `step` at a time. May end with an error. Confined to one thread.
class MemoryByteSource final : public ByteSource {
 public:
  explicit MemoryByteSource(std::string bytes, size_t step = SIZE_MAX, Status end = {})
      : bytes_(std::move(bytes)), step_(step), end_(std::move(end)) {}

  Result<size_t> Read(std::span<char> buffer) override {
    const size_t count = std::min({buffer.size(), step_, bytes_.size() - position_});
    if (count == 0 && !end_.has_value()) {
      return end_.error();
    }
    std::memcpy(buffer.data(), bytes_.data() + position_, count);
    position_ += count;
    return count;
  }
  [[nodiscard]] uint64_t file_position() const override { return position_; }

 private:
  std::string bytes_;
  size_t step_;
  Status end_;
  size_t position_ = 0;
};

// Makes `pattern` over and over until `size` bytes are given, without holding them.
class RepeatingByteSource final : public ByteSource {
 public:
  RepeatingByteSource(std::string head, std::string pattern, uint64_t repeats, std::string tail)
      : parts_{{std::move(head), 1}, {std::move(pattern), repeats}, {std::move(tail), 1}} {}

  Result<size_t> Read(std::span<char> buffer) override {
    size_t filled = 0;
    while (filled < buffer.size() && part_ < parts_.size()) {
      auto& [text, repeats] = parts_[part_];
      if (repeats == 0 || text.empty()) {
        ++part_;
        continue;
      }
      const size_t count = std::min(buffer.size() - filled, text.size() - offset_);
      std::memcpy(buffer.data() + filled, text.data() + offset_, count);
      filled += count;
      offset_ += count;
      if (offset_ == text.size()) {
        offset_ = 0;
        --repeats;
      }
    }
    position_ += filled;
    return filled;
  }
  [[nodiscard]] uint64_t file_position() const override { return position_; }

 private:
  std::vector<std::pair<std::string, uint64_t>> parts_;
  size_t part_ = 0;
  size_t offset_ = 0;
  uint64_t position_ = 0;
};

// Confined to one thread.
class RecordingSink final : public RecordSink {
 public:
  Status OnRecord(schema::FeedRecord& record, const RecordPlace& place) override {
    records.push_back(record);
    places.push_back(place);
    return record_status;
  }
  Status OnReject(const Reject& reject) override {
    rejects.push_back(reject);
    return {};
  }
  Status OnBrokenPage(const Reject& reject) override {
    broken.push_back(reject);
    return {};
  }

  [[nodiscard]] std::vector<std::string> Numbers() const {
    std::vector<std::string> numbers;
    for (const auto& record : records) {
      numbers.emplace_back(record.Get(schema::Tag::kKjno));
    }
    return numbers;
  }

  std::vector<schema::FeedRecord> records;
  std::vector<RecordPlace> places;
  std::vector<Reject> rejects;
  std::vector<Reject> broken;
  Status record_status;
};

// A folder of its own for one test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "kyujin-indexer-XXXXXX").string();
    KYUJIN_CHECK(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  TemporaryFolder(TemporaryFolder&&) = delete;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  // Writes a file below the folder and returns its path.
  [[nodiscard]] std::filesystem::path Write(std::string_view name, std::string_view bytes) const {
    const auto path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

 private:
  std::filesystem::path path_;
};

inline std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// A posting number that no office gives.
inline std::string MakeNumber(unsigned serial) {
  const std::string digits = std::to_string(serial);
  return "99010-" + std::string(8 - digits.size(), '0') + digits;
}

inline std::string MakeData(std::string_view number,
                            std::string_view title = "調理補助",
                            std::string_view received = "2026/04/28") {
  return "<data><kjno>" + std::string(number) + "</kjno>\n<uktkymd_seireki>" +
         std::string(received) + "</uktkymd_seireki>\n<sksu>" + std::string(title) +
         "</sksu></data>\n";
}

inline std::string MakePage(std::string_view data) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root><kyujin>\n" + std::string(data) +
         "</kyujin></root>\n";
}

}  // namespace kyujin::indexer::testing

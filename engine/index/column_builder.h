// Column builder: gathers the column values of one shard in memory and, when all shards are there,
// writes columns.bin with facet bitmaps, orders and name tables (FORMAT.md 3).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/card_file.h"
#include "engine/schema/column.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"

namespace kyujin::index {

// Tokens of each searched field of one document.
using FieldLengths = std::array<uint32_t, schema::kSearchFieldCount>;

// Names in the order of first use, each once.
class NameCollector {
 public:
  uint32_t Add(const std::string& name);
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::unordered_map<std::string, uint32_t> ids_;
  std::vector<std::string> names_;
};

// Lists of numbers, one list a document.
struct ListColumn {
  std::vector<uint32_t> ends;  // end of each document's list in `values`
  std::vector<uint32_t> values;
  void EndDocument() { ends.push_back(static_cast<uint32_t>(values.size())); }
};

// Everything columns.bin says of one shard's documents. Confined to one thread until it is written.
struct ShardColumns {
  std::vector<uint64_t> numbers;
  std::vector<uint64_t> content_hashes;
  std::vector<uint64_t> versions;
  std::vector<uint64_t> employer_numbers;
  std::array<std::vector<uint32_t>, schema::kColumnCount> columns;
  std::array<std::vector<uint8_t>, schema::kSearchFieldCount> lengths;
  std::array<uint64_t, schema::kSearchFieldCount> length_sums{};
  std::array<uint64_t, schema::kSearchFieldCount> documents_with{};
  ListColumn shifts;    // start << 16 | end, minutes
  ListColumn stations;  // station name << 8 | walk minutes
  ListColumn licences;  // licence name
  std::vector<uint32_t> employers;
  std::vector<uint64_t> positions;  // latitude << 32 | longitude; all bits set = none
  NameCollector station_names;
  NameCollector licence_names;
  NameCollector employer_names;

  void Add(const schema::JobPosting& posting, const FieldLengths& field_lengths);
  [[nodiscard]] uint32_t documents() const { return static_cast<uint32_t>(numbers.size()); }
};

// Writes columns.bin of all shards in order. Errors: kInternal.
Result<WrittenFile> WriteColumnFile(const std::filesystem::path& path,
                                    const std::vector<const ShardColumns*>& shards);

}  // namespace kyujin::index

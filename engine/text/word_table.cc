#include "engine/text/word_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <unordered_map>

#include "engine/base/coding.h"
#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/text/token.h"

namespace kyujin::text {
namespace {

// The file: header, buckets, entries, parts, pair filter, blob, each at a multiple of 8 bytes.
constexpr std::string_view kMagic = "KYJWORD2";

struct Header {
  std::array<char, 8> magic{};
  uint64_t checksum = 0;  // of everything after the header
  uint32_t bucket_count = 0;
  uint32_t entry_count = 0;
  uint32_t part_count = 0;
  uint32_t pair_words = 0;
  uint64_t blob_size = 0;
};
static_assert(sizeof(Header) == 40);
static_assert(sizeof(WordEntry) == 20 && sizeof(WordPart) == 12);

constexpr uint64_t kPairSeed = 0x70616972;
constexpr unsigned kPairHashes = 3;

uint64_t PairHash(char32_t first, char32_t second) {
  uint64_t x = (uint64_t{first} << 32U) ^ second ^ kPairSeed;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

// Takes `count` values of type T off `*rest`, and what fills them up to eight bytes.
template <class T>
bool TakeArray(std::string_view* rest, uint64_t count, std::span<const T>* array) {
  const uint64_t bytes = count * sizeof(T);
  const uint64_t padded = (bytes + 7) / 8 * 8;
  if (padded > rest->size()) {
    return false;
  }
  *array = {reinterpret_cast<const T*>(rest->data()), static_cast<size_t>(count)};
  rest->remove_prefix(padded);
  return true;
}

template <class T>
void AppendArray(std::string* out, const std::vector<T>& values) {
  out->append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  out->resize((out->size() + 7) / 8 * 8);
}

bool IsInside(uint64_t offset, uint64_t size, uint64_t limit) {
  return offset <= limit && size <= limit - offset;
}

bool AreValid(std::span<const WordPart> parts, const WordEntry& entry, uint64_t blob_size) {
  uint8_t offset = 0;
  for (const WordPart& part : parts) {
    if (!IsInside(part.term_offset, part.term_size, blob_size) || part.term_size < 2 ||
        part.begin >= part.end || part.end > entry.key_size || part.offset < offset ||
        part.width == 0) {
      return false;
    }
    offset = part.offset;
  }
  return true;
}

bool AreValid(std::span<const WordEntry> entries,
              std::span<const WordPart> parts,
              uint64_t blob_size) {
  return std::all_of(entries.begin(), entries.end(), [&](const WordEntry& entry) {
    return IsInside(entry.key_offset, entry.key_size, blob_size) &&
           IsInside(entry.term_offset, entry.term_size, blob_size) && entry.key_size > 0 &&
           entry.term_size > 0 && entry.shape <= static_cast<uint16_t>(WordShape::kClosed) &&
           IsInside(entry.first_part, entry.part_count, parts.size()) &&
           AreValid(parts.subspan(entry.first_part, entry.part_count), entry, blob_size);
  });
}

Error Damaged(std::string_view what) {
  return Corruption(fmt::format("word table: {}; build the dictionaries again", what));
}

// Every string once.
class Blob {
 public:
  uint32_t Add(const std::string& text) {
    const auto [known, is_new] = offsets_.try_emplace(text, static_cast<uint32_t>(bytes_.size()));
    if (is_new) {
      bytes_ += text;
    }
    return known->second;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::unordered_map<std::string, uint32_t> offsets_;
  std::string bytes_;
};

std::vector<uint32_t> Buckets(const std::vector<WordRow>& rows) {
  std::vector<uint32_t> buckets(std::bit_ceil(rows.size() * 2 + 2), 0);
  for (uint32_t i = 0; i < rows.size(); ++i) {
    size_t place = Hash64(rows[i].key) & (buckets.size() - 1);
    while (buckets[place] != 0) {
      place = (place + 1) & (buckets.size() - 1);
    }
    buckets[place] = i + 1;
  }
  return buckets;
}

std::vector<uint64_t> PairFilter(std::u32string_view pairs) {
  std::vector<uint64_t> filter(std::bit_ceil(pairs.size() / 2 * 12 / 64 + 1), 0);
  const uint64_t mask = filter.size() * 64 - 1;
  for (size_t i = 0; i + 1 < pairs.size(); i += 2) {
    const uint64_t hash = PairHash(pairs[i], pairs[i + 1]);
    for (unsigned k = 0; k < kPairHashes; ++k) {
      const uint64_t bit = (hash >> (k * 20U)) & mask;
      filter[bit / 64] |= uint64_t{1} << (bit % 64);
    }
  }
  return filter;
}

}  // namespace

Result<std::shared_ptr<const WordTable>> WordTable::Open(const std::filesystem::path& path) {
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const MappedFile> file, MappedFile::Open(path));
  auto table = Parse(file->bytes(), file);
  if (!table.has_value()) {
    return WithContext(path.string(), table.error());
  }
  return table;
}

Result<std::shared_ptr<const WordTable>> WordTable::Parse(std::string_view bytes,
                                                          std::shared_ptr<const void> owner) {
  Header header;
  if (bytes.size() < sizeof(header)) {
    return Damaged("too short");
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  std::string_view rest = bytes.substr(sizeof(header));
  if (std::string_view(header.magic.data(), header.magic.size()) != kMagic) {
    return Damaged("of another version, or no table");
  }
  if (reinterpret_cast<uintptr_t>(bytes.data()) % 8 != 0 || Hash64(rest) != header.checksum) {
    return Damaged("checksum does not fit");
  }
  std::shared_ptr<WordTable> table(new WordTable);
  if (!std::has_single_bit(header.bucket_count) || header.bucket_count <= header.entry_count ||
      !std::has_single_bit(header.pair_words) ||
      !TakeArray(&rest, header.bucket_count, &table->buckets_) ||
      !TakeArray(&rest, header.entry_count, &table->entries_) ||
      !TakeArray(&rest, header.part_count, &table->parts_) ||
      !TakeArray(&rest, header.pair_words, &table->pairs_) || rest.size() != header.blob_size) {
    return Damaged("cut short");
  }
  const bool buckets_are_valid =
      std::all_of(table->buckets_.begin(), table->buckets_.end(), [&](uint32_t bucket) {
        return bucket <= header.entry_count;
      });
  const bool has_free_bucket =
      std::find(table->buckets_.begin(), table->buckets_.end(), 0U) != table->buckets_.end();
  if (!buckets_are_valid || !has_free_bucket ||
      !AreValid(table->entries_, table->parts_, rest.size())) {
    return Damaged("an entry points outside");
  }
  table->owner_ = std::move(owner);
  table->bytes_ = bytes;
  table->blob_ = rest;
  table->checksum_ = header.checksum;
  return std::shared_ptr<const WordTable>(std::move(table));
}

const WordEntry* WordTable::Find(std::string_view surface) const {
  const size_t mask = buckets_.size() - 1;
  for (size_t place = Hash64(surface) & mask; buckets_[place] != 0; place = (place + 1) & mask) {
    const WordEntry& entry = entries_[buckets_[place] - 1];
    if (Key(entry) == surface) {
      return &entry;
    }
  }
  return nullptr;
}

std::string_view WordTable::Key(const WordEntry& entry) const {
  return blob_.substr(entry.key_offset, entry.key_size);
}

std::string_view WordTable::Term(const WordEntry& entry) const {
  return blob_.substr(entry.term_offset, entry.term_size);
}

std::span<const WordPart> WordTable::Parts(const WordEntry& entry) const {
  return parts_.subspan(entry.first_part, entry.part_count);
}

std::string_view WordTable::Term(const WordPart& part) const {
  return blob_.substr(part.term_offset, part.term_size);
}

bool WordTable::MayHoldPair(char32_t first, char32_t second) const {
  const uint64_t mask = pairs_.size() * 64 - 1;
  const uint64_t hash = PairHash(first, second);
  for (unsigned k = 0; k < kPairHashes; ++k) {
    const uint64_t bit = (hash >> (k * 20U)) & mask;
    if ((pairs_[bit / 64] >> (bit % 64) & 1U) == 0) {
      return false;
    }
  }
  return true;
}

std::string WriteWordTable(std::vector<WordRow> rows, std::u32string_view pairs) {
  std::sort(
      rows.begin(), rows.end(), [](const WordRow& a, const WordRow& b) { return a.key < b.key; });
  Blob blob;
  std::vector<WordEntry> entries;
  std::vector<WordPart> parts;
  for (const WordRow& row : rows) {
    WordEntry entry;
    entry.key_offset = blob.Add(row.key);
    entry.key_size = static_cast<uint16_t>(row.key.size());
    entry.term_offset = blob.Add(row.term);
    entry.term_size = static_cast<uint16_t>(row.term.size());
    entry.first_part = static_cast<uint32_t>(parts.size());
    entry.part_count = static_cast<uint16_t>(row.parts.size());
    entry.shape = static_cast<uint16_t>(row.shape);
    for (const WordRow::Part& part : row.parts) {
      const std::string term = kPartMarker + part.term;
      parts.push_back({blob.Add(term),
                       static_cast<uint16_t>(term.size()),
                       part.begin,
                       part.end,
                       part.offset,
                       part.width});
    }
    entries.push_back(entry);
  }
  const std::vector<uint32_t> buckets = Buckets(rows);
  const std::vector<uint64_t> filter = PairFilter(pairs);
  std::string body;
  AppendArray(&body, buckets);
  AppendArray(&body, entries);
  AppendArray(&body, parts);
  AppendArray(&body, filter);
  body += blob.bytes();
  Header header;
  std::copy(kMagic.begin(), kMagic.end(), header.magic.begin());
  header.checksum = Hash64(body);
  header.bucket_count = static_cast<uint32_t>(buckets.size());
  header.entry_count = static_cast<uint32_t>(entries.size());
  header.part_count = static_cast<uint32_t>(parts.size());
  header.pair_words = static_cast<uint32_t>(filter.size());
  header.blob_size = blob.bytes().size();
  std::string bytes(sizeof(header), '\0');
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes + body;
}

}  // namespace kyujin::text

#include "engine/text/reading_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/text/romaji.h"

namespace kyujin::text {
namespace {

// The file: header, readings, words, keys, blob.
constexpr std::string_view kMagic = "KYJREAD1";

struct Header {
  std::array<char, 8> magic{};
  uint64_t checksum = 0;  // of everything after the header
  uint32_t reading_count = 0;
  uint32_t word_count = 0;
  uint32_t key_count = 0;
  uint32_t blob_size = 0;
};
static_assert(sizeof(Header) == 32);

// Takes `count` values of type T off `*rest`. Every T here is made of uint32_t.
template <class T>
bool TakeArray(std::string_view* rest, uint64_t count, std::span<const T>* array) {
  static_assert(alignof(T) == alignof(uint32_t));
  if (count * sizeof(T) > rest->size()) {
    return false;
  }
  *array = {reinterpret_cast<const T*>(rest->data()), static_cast<size_t>(count)};
  rest->remove_prefix(count * sizeof(T));
  return true;
}

template <class T>
void AppendArray(std::string* out, const std::vector<T>& values) {
  out->append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

Error Damaged(std::string_view what) {
  return Corruption(fmt::format("reading table: {}; build the dictionaries again", what));
}

// Every string once.
class Blob {
 public:
  ReadingTable::Word Add(const std::string& text) {
    const auto [known, is_new] = offsets_.try_emplace(text, static_cast<uint32_t>(bytes_.size()));
    if (is_new) {
      bytes_ += text;
    }
    return {known->second, static_cast<uint32_t>(text.size())};
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::unordered_map<std::string, uint32_t> offsets_;
  std::string bytes_;
};

}  // namespace

Result<std::shared_ptr<const ReadingTable>> ReadingTable::Open(const std::filesystem::path& path) {
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const MappedFile> file, MappedFile::Open(path));
  auto table = Parse(file->bytes(), file);
  if (!table.has_value()) {
    return WithContext(path.string(), table.error());
  }
  return table;
}

Result<std::shared_ptr<const ReadingTable>> ReadingTable::Parse(std::string_view bytes,
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
  if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint32_t) != 0 ||
      Hash64(rest) != header.checksum) {
    return Damaged("checksum does not fit");
  }
  std::shared_ptr<ReadingTable> table(new ReadingTable);
  if (!TakeArray(&rest, header.reading_count, &table->readings_) ||
      !TakeArray(&rest, header.word_count, &table->words_) ||
      !TakeArray(&rest, header.key_count, &table->keys_) || rest.size() != header.blob_size) {
    return Damaged("cut short");
  }
  table->owner_ = std::move(owner);
  table->blob_ = rest;
  table->checksum_ = header.checksum;
  if (!table->IsValid()) {
    return Damaged("an entry points outside");
  }
  return std::shared_ptr<const ReadingTable>(std::move(table));
}

bool ReadingTable::IsValid() const {
  const auto is_text = [&](const Word& word) {
    return word.offset <= blob_.size() && word.size <= blob_.size() - word.offset;
  };
  return std::all_of(words_.begin(), words_.end(), is_text) &&
         std::all_of(readings_.begin(),
                     readings_.end(),
                     [&](const Entry& entry) {
                       return is_text(entry.reading) && entry.first_word <= words_.size() &&
                              entry.word_count <= words_.size() - entry.first_word;
                     }) &&
         std::all_of(keys_.begin(), keys_.end(), [&](const Key& key) {
           return is_text(key.key) && key.reading < readings_.size();
         });
}

std::span<const ReadingTable::Word> ReadingTable::Words(std::string_view katakana) const {
  const auto found = std::lower_bound(
      readings_.begin(), readings_.end(), katakana, [&](const Entry& entry, std::string_view text) {
        return Text(entry.reading) < text;
      });
  if (found == readings_.end() || Text(found->reading) != katakana) {
    return {};
  }
  return words_.subspan(found->first_word, found->word_count);
}

std::vector<std::string_view> ReadingTable::ReadingsOfKey(std::string_view key) const {
  std::vector<std::string_view> readings;
  auto found =
      std::lower_bound(keys_.begin(), keys_.end(), key, [&](const Key& a, std::string_view text) {
        return Text(a.key) < text;
      });
  for (; found != keys_.end() && Text(found->key) == key; ++found) {
    readings.push_back(Reading(found->reading));
  }
  return readings;
}

std::string_view ReadingTable::Text(const Word& word) const {
  return blob_.substr(word.offset, word.size);
}

std::string_view ReadingTable::Reading(size_t index) const {
  return Text(readings_[index].reading);
}

std::string WriteReadingTable(const std::vector<std::pair<std::string, std::string>>& words) {
  std::map<std::string, std::set<std::string>> by_reading;
  for (const auto& [reading, surface] : words) {
    by_reading[reading].insert(surface);
  }
  Blob blob;
  std::vector<ReadingTable::Entry> readings;
  std::vector<ReadingTable::Word> surfaces;
  std::vector<std::pair<std::string, uint32_t>> sorted_keys;
  for (const auto& [reading, all] : by_reading) {
    std::string key = RomajiKey(reading);
    if (!key.empty()) {
      sorted_keys.emplace_back(std::move(key), static_cast<uint32_t>(readings.size()));
    }
    readings.push_back({blob.Add(reading),
                        static_cast<uint32_t>(surfaces.size()),
                        static_cast<uint32_t>(all.size())});
    for (const std::string& surface : all) {
      surfaces.push_back(blob.Add(surface));
    }
  }
  std::sort(sorted_keys.begin(), sorted_keys.end());
  std::vector<ReadingTable::Key> keys;
  keys.reserve(sorted_keys.size());
  for (const auto& [key, reading] : sorted_keys) {
    keys.push_back({blob.Add(key), reading});
  }
  std::string body;
  AppendArray(&body, readings);
  AppendArray(&body, surfaces);
  AppendArray(&body, keys);
  body += blob.bytes();
  Header header;
  std::copy(kMagic.begin(), kMagic.end(), header.magic.begin());
  header.checksum = Hash64(body);
  header.reading_count = static_cast<uint32_t>(readings.size());
  header.word_count = static_cast<uint32_t>(surfaces.size());
  header.key_count = static_cast<uint32_t>(keys.size());
  header.blob_size = static_cast<uint32_t>(blob.bytes().size());
  std::string bytes(sizeof(header), '\0');
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes + body;
}

}  // namespace kyujin::text

// Which words are read so: from a reading in kana or letters to the words of the dictionaries, for
// queries typed without kanji (かいご, kaigo). Readings are not in the index. Compiled at build
// time (dictionary_compiler.h), read here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::text {

// The table, over bytes that it maps or holds. **Immutable.**
class ReadingTable {
 public:
  // A word of the table; Text() gives its surface.
  struct Word {
    uint32_t offset = 0;
    uint32_t size = 0;
  };

  // Errors: kNotFound (no such file), kCorruption (not a table of this version, or damaged).
  static Result<std::shared_ptr<const ReadingTable>> Open(const std::filesystem::path& path);

  // The same from bytes, kept alive by `owner`. Everything is checked here.
  static Result<std::shared_ptr<const ReadingTable>> Parse(std::string_view bytes,
                                                           std::shared_ptr<const void> owner);

  // Returns the words read `katakana` exactly (KatakanaOf of what was typed): all homophones, in a
  // fixed order, the surfaces as a posting has them, content words only. Two that the analyzer
  // makes the same terms of stand there once. Analyse them to get their terms; a word may have
  // several (府中市役所).
  [[nodiscard]] std::span<const Word> Words(std::string_view katakana) const;

  // Returns the readings whose RomajiKey is `key`, for words typed in letters. Words() gives the
  // words of each.
  [[nodiscard]] std::vector<std::string_view> ReadingsOfKey(std::string_view key) const;

  // Returns the normalised surface, valid as long as the table.
  [[nodiscard]] std::string_view Text(const Word& word) const;

  [[nodiscard]] size_t size() const { return readings_.size(); }

  // The reading at `index` < size(), in ascending order of bytes.
  [[nodiscard]] std::string_view Reading(size_t index) const;

  // Checksum of the contents.
  [[nodiscard]] uint64_t checksum() const { return checksum_; }

 private:
  struct Entry {
    Word reading;
    uint32_t first_word = 0;
    uint32_t word_count = 0;
  };
  struct Key {
    Word key;
    uint32_t reading = 0;
  };
  friend std::string WriteReadingTable(
      const std::vector<std::pair<std::string, std::string>>& words);

  ReadingTable() = default;
  [[nodiscard]] bool IsValid() const;

  std::shared_ptr<const void> owner_;
  std::span<const Entry> readings_;
  std::span<const Word> words_;
  std::span<const Key> keys_;
  std::string_view blob_;
  uint64_t checksum_ = 0;
};

// Returns the bytes of a table of (katakana, surface); equal for the same pairs in any order.
std::string WriteReadingTable(const std::vector<std::pair<std::string, std::string>>& words);

}  // namespace kyujin::text

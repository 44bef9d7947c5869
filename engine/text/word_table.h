// The words of dict/ as the analyzer asks for them: from a surface to its canonical term and the
// parts that may be found on their own. Compiled at build time (dictionary_compiler.h), read here.
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

// One part of a compound. Its bytes [begin, end) are those of the surface.
struct WordPart {
  uint32_t term_offset = 0;
  uint16_t term_size = 0;
  uint16_t begin = 0;
  uint16_t end = 0;
  uint8_t offset = 0;  // positions after the first part
  uint8_t width = 1;   // positions it covers: a compound inside a compound has more than one
};

// How a word of the table becomes tokens.
enum class WordShape : uint16_t {
  kWord = 0,      // one token, and its parts if it has any
  kSequence = 1,  // several words that are written as one: the parts alone, as words
  kStop = 2,      // no token
  kClosed = 3,    // one token, into which no search may reach
};

struct WordEntry {
  uint32_t key_offset = 0;
  uint32_t term_offset = 0;
  uint32_t first_part = 0;
  uint16_t key_size = 0;
  uint16_t term_size = 0;
  uint16_t part_count = 0;
  uint16_t shape = 0;  // a WordShape
};

// The table, over bytes that it maps or holds. **Immutable.**
class WordTable {
 public:
  // Errors: kNotFound (no such file), kCorruption (not a table of this version, or damaged).
  static Result<std::shared_ptr<const WordTable>> Open(const std::filesystem::path& path);

  // The same from bytes, kept alive by `owner`. Everything is checked here, so that looking up
  // needs no checks.
  static Result<std::shared_ptr<const WordTable>> Parse(std::string_view bytes,
                                                        std::shared_ptr<const void> owner);

  // Returns the entry of the normalised `surface`, or null.
  [[nodiscard]] const WordEntry* Find(std::string_view surface) const;

  [[nodiscard]] std::string_view Key(const WordEntry& entry) const;
  [[nodiscard]] std::string_view Term(const WordEntry& entry) const;

  // The parts, ordered by offset. Their terms carry kPartMarker.
  [[nodiscard]] std::span<const WordPart> Parts(const WordEntry& entry) const;
  [[nodiscard]] std::string_view Term(const WordPart& part) const;

  // All entries, in an order that depends on the contents alone.
  [[nodiscard]] std::span<const WordEntry> entries() const { return entries_; }

  // Returns whether some word of the dictionaries holds the two characters side by side.
  // Has false positives (under 2 %), no false negatives.
  [[nodiscard]] bool MayHoldPair(char32_t first, char32_t second) const;

  // Checksum of the contents.
  [[nodiscard]] uint64_t checksum() const { return checksum_; }

 private:
  WordTable() = default;

  std::shared_ptr<const void> owner_;
  std::string_view bytes_;
  std::span<const uint32_t> buckets_;
  std::span<const WordEntry> entries_;
  std::span<const WordPart> parts_;
  std::span<const uint64_t> pairs_;
  std::string_view blob_;
  uint64_t checksum_ = 0;
};

// What WordTable reads, as words. **Thread-compatible.**
struct WordRow {
  struct Part {
    std::string term;  // without marker
    uint16_t begin = 0;
    uint16_t end = 0;
    uint8_t offset = 0;
    uint8_t width = 1;
  };
  std::string key;
  std::string term;
  std::vector<Part> parts;
  WordShape shape = WordShape::kWord;
};

// Returns the bytes of a table; equal for equal rows. `pairs` are the characters of MayHoldPair,
// two after two. Requires: keys are distinct, keys and terms are shorter than 64 KB.
std::string WriteWordTable(std::vector<WordRow> rows, std::u32string_view pairs);

}  // namespace kyujin::text

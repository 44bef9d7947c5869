// cards.bin and hits.bin: the stored postings (FORMAT.md 4). Written once in document order, mapped
// by readers, who read only what the page they show needs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/block_compressor.h"
#include "engine/base/file.h"
#include "engine/base/result.h"
#include "engine/base/types.h"

namespace kyujin::index {

// What sets the two files apart. Thread rule: Immutable.
struct CardShape {
  std::string_view magic;
  uint32_t cards_per_block;
  bool is_packed;  // blocks are zstd frames with a dictionary, not the bytes as they are
};
// Whole postings are read one at a time, seldom: large blocks.
inline constexpr CardShape kCardShape{"KYJNCARD", 16, true};
// A page of hits reads thirty that lie apart: unpacking each cost more than looking it up.
inline constexpr CardShape kHitShape{"KYJNHITS", 1, false};

// Packs the cards of one shard; the segment joins the groups of all shards. Confined to one thread.
class CardGroupWriter {
 public:
  CardGroupWriter(std::filesystem::path path, const CardShape& shape)
      : path_(std::move(path)), shape_(shape) {}

  // Creates the shard's file. Errors: kInternal.
  Status Open();
  Status Add(std::string_view card);
  Status Finish();

  [[nodiscard]] const CardShape& shape() const { return shape_; }
  [[nodiscard]] uint32_t cards() const { return cards_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // What Finish wrote.
  [[nodiscard]] const ScratchFile& blocks() const { return blocks_; }
  [[nodiscard]] const std::string& dictionary() const { return dictionary_; }
  // Start of each block in the shard's file, and the end of the last one.
  [[nodiscard]] const std::vector<uint64_t>& block_offsets() const { return block_offsets_; }

 private:
  Status AddPlain(std::string_view card);
  Status AddToBlock(std::string_view card);
  Status FlushBlock();
  Status TrainAndFlushSamples();

  std::filesystem::path path_;
  CardShape shape_;
  std::unique_ptr<FileWriter> file_;
  ScratchFile blocks_;
  std::unique_ptr<BlockCompressor> compressor_;
  std::string dictionary_;
  std::vector<std::string> samples_;  // cards held back until the dictionary is trained
  std::string sizes_;
  std::string block_;
  std::string compressed_;
  uint32_t block_cards_ = 0;
  uint32_t cards_ = 0;
  std::vector<uint64_t> block_offsets_{0};
};

// Joins finished groups, all of `shape`, into `path` and reports the file's size and checksum.
struct WrittenFile {
  uint64_t size = 0;
  uint64_t checksum = 0;
};
Result<WrittenFile> WriteCardFile(const std::filesystem::path& path,
                                  const CardShape& shape,
                                  const std::vector<const CardGroupWriter*>& groups);

// Thread rule: Thread-safe.
class CardFile {
 public:
  // Errors: kCorruption, kUnavailable for another format version, kNotFound.
  static Result<std::unique_ptr<const CardFile>> Open(const std::filesystem::path& path,
                                                      const CardShape& shape);
  ~CardFile();
  CardFile(const CardFile&) = delete;
  CardFile& operator=(const CardFile&) = delete;
  CardFile(CardFile&&) = delete;
  CardFile& operator=(CardFile&&) = delete;

  [[nodiscard]] uint32_t documents() const { return documents_; }
  // Returns the bytes of one card. Requires: doc < documents(). Errors: kCorruption. Cost: one
  // block is unpacked, or the card is hashed.
  [[nodiscard]] Result<std::string> Read(DocId doc) const;

 private:
  struct Group;
  CardFile(std::shared_ptr<const MappedFile> file, const CardShape& shape);
  Status ReadTrailer();
  [[nodiscard]] Result<std::string> ReadPacked(const Group& group,
                                               uint32_t place,
                                               std::string_view block) const;
  [[nodiscard]] Result<std::string> ReadPlain(std::string_view block) const;
  [[nodiscard]] Error Broken(std::string_view what) const;

  std::shared_ptr<const MappedFile> file_;
  CardShape shape_;
  std::vector<Group> groups_;
  uint32_t documents_ = 0;
};

}  // namespace kyujin::index

// positions.bin: the words of every document in the order in which they stand (FORMAT.md 6), so
// that a phrase is checked by reading a few hundred bytes of one document, and a document's words
// are known without analysing its text again. One shard writes its run, the segment joins the runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/card_file.h"
#include "engine/index/column_file.h"
#include "engine/index/posting_terms.h"

namespace kyujin::index {

// Writes the words of one shard. Confined to one thread.
class PositionShardWriter {
 public:
  explicit PositionShardWriter(std::filesystem::path path) : path_(std::move(path)) {}

  // Creates the shard's file. Errors: kInternal.
  Status Open();
  // Adds the next document. Requires: `words` ascend by field and position.
  Status Add(const std::vector<PostingWord>& words);
  Status Finish();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // Bytes of each document.
  [[nodiscard]] const std::vector<uint32_t>& sizes() const { return sizes_; }
  // How often each token of the shard stands anywhere; tokens past its end: never.
  [[nodiscard]] const std::vector<uint64_t>& counts() const { return counts_; }

 private:
  std::filesystem::path path_;
  std::unique_ptr<FileWriter> file_;
  std::vector<uint32_t> sizes_;
  std::vector<uint64_t> counts_;
  std::string run_;
  std::string document_;
};

// A finished shard and the names of its tokens.
struct PositionShard {
  const PositionShardWriter* writer = nullptr;
  std::span<const std::string> tokens;
};

// Joins shards, in order, into `path`. Errors: kInternal.
Result<WrittenFile> WritePositionFile(const std::filesystem::path& path,
                                      const std::vector<PositionShard>& shards);

// Reads the words of one segment; PostingWord::token is a word's rank: 0 is the most frequent one.
// Thread rule: Immutable.
class PositionFile {
 public:
  // Errors: kCorruption, kUnavailable for another format version, kNotFound.
  static Result<std::unique_ptr<const PositionFile>> Open(const std::filesystem::path& path);

  [[nodiscard]] uint32_t documents() const { return file_->documents(); }
  [[nodiscard]] uint32_t tokens() const { return static_cast<uint32_t>(token_ends_.size()); }
  // The text of a token. Requires: rank < tokens().
  [[nodiscard]] std::string_view Token(uint32_t rank) const;
  // Returns the token's rank, or nothing when no document has it. O(log n).
  [[nodiscard]] std::optional<uint32_t> FindToken(std::string_view token) const;

  // Replaces `positions` by those of the token in a field of the document, ascending.
  // Requires: doc < documents(). Errors: kCorruption.
  Status ReadPositions(DocId doc,
                       schema::SearchField field,
                       uint32_t rank,
                       std::vector<uint32_t>* positions) const;
  // Replaces `words` by all of the document, ascending by field and position.
  // Requires: doc < documents(). Errors: kCorruption.
  Status ReadWords(DocId doc, std::vector<PostingWord>* words) const;

  [[nodiscard]] const ColumnFile& file() const { return *file_; }

 private:
  explicit PositionFile(std::unique_ptr<const ColumnFile> file) : file_(std::move(file)) {}
  Status Bind();
  [[nodiscard]] Result<std::string_view> Document(DocId doc) const;
  [[nodiscard]] Error Broken(DocId doc) const;

  std::unique_ptr<const ColumnFile> file_;
  std::string_view token_bytes_;
  std::span<const uint32_t> token_ends_;  // by rank
  std::span<const uint32_t> sorted_;      // ranks, ascending by text
  std::span<const uint64_t> ends_;        // of each document in words_
  std::string_view words_;
};

}  // namespace kyujin::index

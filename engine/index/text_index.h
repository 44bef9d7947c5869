// text.glass: the words of a segment in Xapian, written shard by shard and compacted into one
// read-only file. The only durable place of words; everything above sees postings and positions,
// never Xapian.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"

namespace kyujin::index {

// What the writer of a shard left on disk, in the order of its documents.
struct TextShard {
  std::vector<std::filesystem::path> databases;
  std::vector<std::filesystem::path> positions;  // position_runs.h
  uint32_t documents = 0;
};

// Writes the words of one shard into a few databases, and where they stand into scratch files.
// Confined to one thread.
class TextShardWriter {
 public:
  // Creates the new folder `path` for them; holds up to about `memory` bytes before it writes.
  // Errors: kInternal.
  static Result<std::unique_ptr<TextShardWriter>> Create(const std::filesystem::path& path,
                                                         uint64_t memory);
  ~TextShardWriter();
  TextShardWriter(const TextShardWriter&) = delete;
  TextShardWriter& operator=(const TextShardWriter&) = delete;
  TextShardWriter(TextShardWriter&&) = delete;
  TextShardWriter& operator=(TextShardWriter&&) = delete;

  // Returns the number under which a new term is added. Requires: it has none yet.
  uint32_t NumberTerm(std::string_view term);
  // Adds the next document: one term after another, then its end. A term is added once, by number,
  // with all its positions, ascending. Errors: kInternal when the disk does not take it.
  Status AddTerm(uint32_t term, std::span<const uint32_t> positions);
  Status EndDocument();
  // Writes what is left. The shard is good only when this succeeds.
  Result<TextShard> Finish();

 private:
  struct Impl;
  explicit TextShardWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Joins shards, in order, into the single file `path`: document n of a shard follows all of the
// shards before. Scratch files stay beside theirs. Requires: at least one shard. Errors: kInternal.
Status CompactText(std::span<const TextShard> shards, const std::filesystem::path& path);

// A document that holds a term, and how often.
struct Posting {
  DocId doc = 0;
  uint32_t frequency = 0;
  friend bool operator==(const Posting&, const Posting&) = default;
};

// Reads the words of one segment. Confined to one thread: every worker opens its own (a shared
// database crashes, RELIABILITY.md finding 4).
class TextReader {
 public:
  // Requires: the file's checksum has been verified once (glass has none of its own). Errors:
  // kCorruption.
  static Result<std::unique_ptr<TextReader>> Open(const std::filesystem::path& path);
  ~TextReader();
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;
  TextReader(TextReader&&) = delete;
  TextReader& operator=(TextReader&&) = delete;

  // Replaces `postings` by the term's, ascending; empty when no document has it. Errors:
  // kCorruption.
  Status ReadPostings(std::string_view term, std::vector<Posting>* postings);
  // Replaces `block` by the first block of positions whose key is not before `key`
  // (position_block.h; PositionCursor reads it). Errors: kCorruption, also when there is none.
  Status ReadPositionBlock(const std::string& key, std::string* block);
  // How often the term stands in the document.
  Result<uint32_t> Frequency(std::string_view term, DocId doc);
  // Calls `visit` with every term, ascending by bytes. Cost: a fraction of a microsecond a term.
  Status EachTerm(const std::function<void(std::string_view)>& visit);
  // Number of documents that have the term.
  Result<uint32_t> DocumentFrequency(std::string_view term);
  // Returns the `count` terms that begin with `prefix` and stand in the most documents, those
  // first. Cost: a pass over all terms of the prefix. Errors: kCorruption.
  Result<std::vector<std::string>> MostFrequentTerms(std::string_view prefix, size_t count);
  // Calls `visit` with the key and bytes of every block of positions, ascending, until it returns
  // an error, and returns that.
  Status ForEachPositionBlock(
      const std::function<Status(const std::string& key, const std::string& block)>& visit);
  // Number of documents.
  Result<uint32_t> Documents();
  // Calls `visit` with every term, ascending by bytes, until it returns an error, and returns that.
  Status ForEachTerm(const std::function<Status(const std::string& term)>& visit);
  [[nodiscard]] const std::filesystem::path& path() const;

 private:
  struct Impl;
  explicit TextReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Checks the structure of the file, block by block. Errors: kCorruption. Damaged files may end the
// program (RELIABILITY.md 3.3): call it in a process of its own.
Status CheckTextStructure(const std::filesystem::path& path);

}  // namespace kyujin::index

// text.glass: the posting lists of a segment in Xapian, written shard by shard and compacted into
// one read-only file. Everything above sees postings and positions, never Xapian; positions come
// from positions.bin beside it (position_file.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"

namespace kyujin::index {

// Writes the posting lists of one shard into a few databases. Confined to one thread.
class TextShardWriter {
 public:
  // Creates the new folder `path` for them. Errors: kInternal.
  static Result<std::unique_ptr<TextShardWriter>> Create(const std::filesystem::path& path);
  ~TextShardWriter();
  TextShardWriter(const TextShardWriter&) = delete;
  TextShardWriter& operator=(const TextShardWriter&) = delete;
  TextShardWriter(TextShardWriter&&) = delete;
  TextShardWriter& operator=(TextShardWriter&&) = delete;

  // Adds the next document: one term after another, then its end. A term is added once, with its
  // frequency. Errors: kInternal when the disk does not take it.
  Status AddTerm(std::string_view term, uint32_t frequency);
  Status EndDocument();
  // Writes what is left. The shard is good only when this succeeds.
  Status Finish();

  // The folders of the databases, in the order of their documents. Requires: Finish succeeded.
  [[nodiscard]] const std::vector<std::filesystem::path>& databases() const;

 private:
  struct Impl;
  explicit TextShardWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Joins databases, in order, into the single file `path`: document n of database i follows all of
// database i − 1.
Status CompactText(const std::vector<std::filesystem::path>& databases,
                   const std::filesystem::path& path);

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
  // `path` is that of text.glass; positions.bin beside it is opened when positions are first asked
  // for. Requires: the file's checksum has been verified once (glass has none of its own). Errors:
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
  // Replaces `positions` by those of the term in the document, ascending; empty when it is not
  // there.
  Status ReadPositions(std::string_view term, DocId doc, std::vector<uint32_t>* positions);
  // Number of documents that have the term.
  Result<uint32_t> DocumentFrequency(std::string_view term);
  // Number of documents.
  Result<uint32_t> Documents();
  // Number of different terms. Cost: one pass over all of them.
  Result<uint64_t> Terms();

 private:
  struct Impl;
  explicit TextReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Checks the structure of the file, block by block. Errors: kCorruption. Damaged files may end the
// program (RELIABILITY.md 3.3): call it in a process of its own.
Status CheckTextStructure(const std::filesystem::path& path);

}  // namespace kyujin::index

// text.glass: the words of a segment in Xapian, written shard by shard and compacted into one
// read-only file. The only durable place of words; everything above sees postings and positions,
// never Xapian.
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

// One word of a document: the term with its field prefix, and where it stands in the field.
struct TermOccurrence {
  std::string term;
  uint32_t position = 0;
};

// Writes the words of one shard. Confined to one thread.
class TextShardWriter {
 public:
  // Creates a database in the new folder `path`. Errors: kInternal.
  static Result<std::unique_ptr<TextShardWriter>> Create(const std::filesystem::path& path);
  ~TextShardWriter();
  TextShardWriter(const TextShardWriter&) = delete;
  TextShardWriter& operator=(const TextShardWriter&) = delete;
  TextShardWriter(TextShardWriter&&) = delete;
  TextShardWriter& operator=(TextShardWriter&&) = delete;

  // Adds the next document. Errors: kInternal when the disk does not take it.
  Status Add(const std::vector<TermOccurrence>& terms);
  // Writes what is left. The shard is good only when this succeeds.
  Status Finish();

 private:
  struct Impl;
  explicit TextShardWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Joins shards, in order, into the single file `path`: document n of shard i follows all of shard i
// − 1.
Status CompactText(const std::vector<std::filesystem::path>& shards,
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
  // Replaces `positions` by those of the term in the document, ascending; empty when it is not
  // there.
  Status ReadPositions(std::string_view term, DocId doc, std::vector<uint32_t>* positions);
  // How often the term stands in the document.
  Result<uint32_t> Frequency(std::string_view term, DocId doc);
  // Number of documents that have the term.
  Result<uint32_t> DocumentFrequency(std::string_view term);
  // Returns the `count` terms that begin with `prefix` and stand in the most documents, those
  // first. Cost: a pass over all terms of the prefix. Errors: kCorruption.
  Result<std::vector<std::string>> MostFrequentTerms(std::string_view prefix, size_t count);
  // Number of documents.
  Result<uint32_t> Documents();

 private:
  struct Impl;
  explicit TextReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kyujin::index

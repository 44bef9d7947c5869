// text.glass, read: the words of one segment, by term. Everything above sees postings and
// positions, never Xapian.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/posting_list.h"
#include "engine/index/term_block.h"

namespace kyujin::index {

// Reads the words of one segment. Confined to one thread: every worker opens its own (a shared
// database crashes, RELIABILITY.md finding 4). Errors of every call: kCorruption,
// kResourceExhausted; those of visitors.
class TextReader {
 public:
  // Requires: the file's checksum has been verified once (glass has none of its own). Errors:
  // kNotFound and kInternal as well.
  static Result<std::unique_ptr<TextReader>> Open(const std::filesystem::path& path);
  ~TextReader();
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;
  TextReader(TextReader&&) = delete;
  TextReader& operator=(TextReader&&) = delete;

  // Number of documents, with words or without.
  [[nodiscard]] uint32_t documents() const;
  // Replaces `postings` by the term's, ascending; empty when no document has it. Cost: a few
  // nanoseconds a posting.
  Status ReadPostings(std::string_view term, std::vector<Posting>* postings);
  // How often the term stands in the document.
  Result<uint32_t> Frequency(std::string_view term, DocId doc);
  // Number of documents that have the term.
  Result<uint32_t> DocumentFrequency(std::string_view term);
  // Calls `visit` with every term that begins with `prefix` and the number of documents that have
  // it, ascending by bytes, until it returns an error, and returns that. Cost: all blocks of these
  // terms are fetched, no posting is decoded; a fraction of a microsecond a term.
  using TermVisitor = std::function<Status(std::string_view term, uint32_t documents)>;
  Status ForEachTerm(std::string_view prefix, const TermVisitor& visit);
  // Returns the `count` terms that begin with `prefix` and stand in the most documents, those
  // first, equal ones by bytes. Cost: ForEachTerm.
  Result<std::vector<std::string>> MostFrequentTerms(std::string_view prefix, size_t count);

  // Replaces `block` by the first one of a kind whose key is not before `key` (PositionCursor reads
  // positions). Returns false when there is none.
  Result<bool> ReadBlock(BlockKind kind, const std::string& key, std::string* block);
  // Calls `visit` with the key and bytes of every block of a kind, ascending, from the first whose
  // key is not before `from`, until it returns false or an error, and returns that error.
  using BlockVisitor =
      std::function<Result<bool>(const std::string& key, const std::string& block)>;
  Status ForEachBlock(BlockKind kind, const std::string& from, const BlockVisitor& visit);

  [[nodiscard]] const std::filesystem::path& path() const;

 private:
  struct Impl;
  explicit TextReader(std::unique_ptr<Impl> impl);
  // The run of the term that has document `doc`, or would have it; valid until the next call.
  Result<std::optional<TermRun>> FindRun(std::string_view term, DocId doc);
  // Adds the next postings of the term to those of the runs before; its first run sets `total`.
  Status AppendRun(std::string_view term,
                   const TermRun& run,
                   uint32_t* total,
                   std::vector<Posting>* postings) const;
  // What the first run of a term says of all.
  [[nodiscard]] Result<uint32_t> TotalOf(std::string_view term, const TermRun& run) const;
  [[nodiscard]] Error Broken(std::string_view term) const;
  std::unique_ptr<Impl> impl_;
};

// Checks the structure of the file, block by block. Errors: kCorruption. Damaged files may end the
// program (RELIABILITY.md 3.3): call it in a process of its own.
Status CheckTextStructure(const std::filesystem::path& path);

}  // namespace kyujin::index

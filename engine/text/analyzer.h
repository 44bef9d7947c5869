// The one way from text to tokens, for postings and for queries: normalise (normalizer.h), split
// into sentences (sentence_splitter.h), MeCab (mecab_tokenizer.h), tokens (token_writer.h).
// Readings and synonyms are no business of the analyzer; queries are widened by them later.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/text/reading_table.h"
#include "engine/text/token.h"

namespace kyujin::text {

struct AnalyzerOptions {
  std::string dictionary_path =
      {};  // folder of a compiled MeCab dictionary; empty: the build's own
  // Folder of our own dictionaries (user.dic, words.bin, readings.bin); empty: the build's own.
  std::string own_dictionary_path = {};
};

// What all analyzers of a process share: the dictionaries. **Immutable.**
class AnalyzerModel {
 public:
  // Cost: reads the dictionaries once (tens of milliseconds); load one per process.
  // Errors: kNotFound or kCorruption, the message says which dictionary and what to do.
  static Result<std::shared_ptr<const AnalyzerModel>> Load(const AnalyzerOptions& options = {});
  ~AnalyzerModel();
  AnalyzerModel(const AnalyzerModel&) = delete;
  AnalyzerModel& operator=(const AnalyzerModel&) = delete;
  AnalyzerModel(AnalyzerModel&&) = delete;
  AnalyzerModel& operator=(AnalyzerModel&&) = delete;

  // Names the rules of this code, the Unicode version and the contents of the dictionaries in one
  // line of ASCII. Two models with equal versions make equal tokens, so an index stores it and is
  // refused by a model of another version.
  [[nodiscard]] std::string_view version() const;

  // Which words are read how, for queries typed in kana or letters.
  [[nodiscard]] const ReadingTable& readings() const;

 private:
  friend class Analyzer;
  struct Impl;
  explicit AnalyzerModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Makes tokens. **Confined to one thread**: give each thread its own; it is cheap to make. Shares
// ownership of the model.
class Analyzer {
 public:
  // With `memory_bytes`, sentences that come again are remembered, in about so much memory: for
  // texts by the thousand.
  explicit Analyzer(std::shared_ptr<const AnalyzerModel> model, size_t memory_bytes = 0);
  ~Analyzer();
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  // Replaces `*tokens` (its memory is used again) by those of `original`, which may be any bytes.
  // Returns how many bytes of it were analysed: all, or where it is longer than kMaxTextBytes the
  // part before that limit; the rest is ignored.
  size_t Analyze(std::string_view original, std::vector<Token>* tokens);

  // Returns whether `word`, a normalised word of a text, is one into which no search may reach: the
  // name of a place, or a word that dict/ keeps whole (営業時間).
  [[nodiscard]] bool IsClosed(std::string_view word);

  [[nodiscard]] std::string_view version() const;
  [[nodiscard]] const AnalyzerModel& model() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kyujin::text

// MeCab behind a fence: the dictionary, shared by all, and one tokenizer per thread that cuts a
// sentence into morphemes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/text/text_tables.h"

namespace kyujin::text {

// Bytes [begin, end) of the sentence, without the spaces before it.
struct Morpheme {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool is_zero = false;   // the numeral 〇 (二〇), not the bullet that looks the same
  bool is_known = false;  // stands in a dictionary
  bool is_place = false;  // a place, or a name that may be one
  WordClass word_class = WordClass::kWord;
  std::string_view base = {};  // of kInflected: the base form; lives as long as the model
};

// The compiled dictionaries, mapped into memory. **Immutable.**
class MecabModel {
 public:
  // Opens the system dictionary in the folder `dictionary_path` and, unless it is empty, the
  // compiled user dictionary in the file `user_dictionary_path`.
  // Errors: kNotFound (no such dictionary), kCorruption (MeCab cannot read it, or its charset is
  // not UTF-8). The message says which and what to do.
  static Result<std::shared_ptr<const MecabModel>> Load(const std::string& dictionary_path,
                                                        const std::string& user_dictionary_path);
  ~MecabModel();
  MecabModel(const MecabModel&) = delete;
  MecabModel& operator=(const MecabModel&) = delete;
  MecabModel(MecabModel&&) = delete;
  MecabModel& operator=(MecabModel&&) = delete;

  // Names the program version and the contents of the dictionaries: equal for equal analysis.
  [[nodiscard]] std::string_view identity() const;

 private:
  friend class MecabTokenizer;
  struct Impl;
  explicit MecabModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Cuts sentences. **Confined to one thread.** Shares ownership of the model.
class MecabTokenizer {
 public:
  // Remembers sentences, and how they are cut, in about `memory_bytes`; 0: none.
  explicit MecabTokenizer(std::shared_ptr<const MecabModel> model, size_t memory_bytes = 0);
  ~MecabTokenizer();
  MecabTokenizer(const MecabTokenizer&) = delete;
  MecabTokenizer& operator=(const MecabTokenizer&) = delete;
  MecabTokenizer(MecabTokenizer&&) noexcept;
  MecabTokenizer& operator=(MecabTokenizer&&) noexcept;

  // Replaces `*morphemes` by those of `sentence`, in order, on code-point boundaries; only spaces
  // are left out. Requires: `sentence` is valid UTF-8 of at most kMaxSentenceBytes.
  // Returns the cost of this way to cut it, by which MeCab chose it.
  int64_t Tokenize(std::string_view sentence, std::vector<Morpheme>* morphemes);

  // How many bytes Tokenize has cut so far: what analysis costs, without a clock.
  [[nodiscard]] uint64_t tokenized_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kyujin::text

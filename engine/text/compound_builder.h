// Decides which parts of a compound may be found, for the build of the dictionaries.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/text/dictionary_compiler.h"
#include "engine/text/system_segmenter.h"
#include "engine/text/word_table.h"

namespace kyujin::text {

// **Confined to one thread.** Holds views of the rows and of the segmenter.
class CompoundBuilder {
 public:
  // The later of two rows with one surface is not seen; Build() refuses it.
  CompoundBuilder(const std::vector<DictionaryRow>& rows, SystemSegmenter* segmenter);

  // Errors: kInvalidArgument, the message names the surface.
  Result<WordRow> Build(const DictionaryRow& row);

 private:
  struct Leaf {
    std::string text;
    std::string term;
  };

  Result<WordRow> BuildSpelling(const DictionaryRow& canonical, WordRow word);
  void AddOpenParts(const DictionaryRow& row, WordRow* word);
  void SplitCounted(std::vector<SystemSegmenter::Leaf>* cut) const;
  [[nodiscard]] std::vector<SystemSegmenter::Leaf> CutKatakana(const std::string& word) const;
  [[nodiscard]] const DictionaryRow* Find(std::string_view surface) const;
  [[nodiscard]] std::string TermOf(const SystemSegmenter::Leaf& leaf) const;
  std::vector<Leaf> LeavesOf(const DictionaryRow& row);
  std::vector<Leaf> Cut(const DictionaryRow& row);
  void AddListedParts(const DictionaryRow& inner, size_t begin, size_t offset, WordRow* word) const;
  void AddNested(const DictionaryRow& row, const std::vector<Leaf>& leaves, WordRow* word) const;
  Result<WordRow> BuildListed(const DictionaryRow& row, WordRow word) const;

  const std::vector<DictionaryRow>& rows_;
  std::unordered_map<std::string_view, const DictionaryRow*> by_surface_;
  SystemSegmenter* segmenter_;
};

}  // namespace kyujin::text

// Makes the dictionaries that the analyzer reads from the rows of dict/, at build time: MeCab's
// user dictionary, with costs that let each word win, and the word table with canonical terms and
// parts. Run by compile_dictionary_main.cc.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::text {

// What a word lets be found of it.
enum class PartsRule : uint8_t {
  kForced,    // as kDefault, though MeCab knows the word as one
  kDefault,   // what MeCab alone cuts it into, and every word of the rows inside it
  kClosed,    // nothing; no search may reach into it
  kWhole,     // nothing, as there is nothing worth it
  kListed,    // the parts that the row names
  kSequence,  // the named parts stand for it, as words of their own
  kStop,      // it is no term
  kPairs,     // no row: its characters stand side by side (MayHoldPair)
};

// One word. **Thread-compatible.**
struct DictionaryRow {
  std::string surface;
  std::string canonical;           // the spelling that stands for all; the surface for most
  std::string term;                // of all spellings
  std::vector<std::string> parts;  // of kListed and kSequence
  PartsRule rule = PartsRule::kDefault;
  uint16_t left_id = 0;  // context ids of the system dictionary; 0: no word of MeCab's
  uint16_t right_id = 0;
};

// Reads rows, one a line: surface, term, parts (empty, `/`, `-`, `=`, `a|b`, `+a|b`, `!` or `?`),
// context id, with tabs between. Errors: kInvalidArgument with the number of the line.
Result<std::vector<DictionaryRow>> ParseDictionaryRows(std::string_view text);

struct DictionaryOutput {
  std::string mecab_csv;   // rows for mecab-dict-index
  std::string word_table;  // bytes of WriteWordTable
};

// Errors: kInvalidArgument (two rows of one surface, a listed part that is not in the surface),
// and those of the system dictionary in the folder `system_dictionary`.
Result<DictionaryOutput> CompileDictionary(const std::vector<DictionaryRow>& rows,
                                           const std::string& system_dictionary);

}  // namespace kyujin::text

#include "engine/text/dictionary_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/text/compound_builder.h"
#include "engine/text/katakana.h"
#include "engine/text/normalizer.h"
#include "engine/text/numerals.h"
#include "engine/text/spelling.h"
#include "engine/text/system_segmenter.h"
#include "engine/text/utf8.h"
#include "engine/text/word_table.h"

namespace kyujin::text {
namespace {

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  while (true) {
    const size_t end = text.find(separator);
    pieces.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return pieces;
    }
    text.remove_prefix(end + 1);
  }
}

Error BrokenLine(size_t line, std::string_view what) {
  return InvalidArgument(fmt::format("dictionary rows, line {}: {}", line, what));
}

void SetParts(std::string_view parts, DictionaryRow* row) {
  if (parts.empty()) {
    row->rule = PartsRule::kDefault;
  } else if (parts == "/") {
    row->rule = PartsRule::kForced;
  } else if (parts == "-") {
    row->rule = PartsRule::kClosed;
  } else if (parts == "=") {
    row->rule = PartsRule::kWhole;
  } else if (parts == "?") {
    row->rule = PartsRule::kPairs;
  } else if (parts == "!") {
    row->rule = PartsRule::kStop;
  } else if (parts.front() == '+') {
    row->rule = PartsRule::kSequence;
    row->parts = Split(parts.substr(1), '|');
  } else {
    row->rule = PartsRule::kListed;
    row->parts = Split(parts, '|');
  }
}

std::string Folded(std::string_view text) {
  NormalizedText folded = Normalize(text);
  NormalizedText scratch;
  UnifySpelling(nullptr, &folded, &scratch);
  return folded.text;
}

// A space, a comma or a quote would be read as something else by mecab-dict-index.
bool IsPlain(std::string_view surface) {
  return !surface.empty() && surface.find_first_of(" ,\"\t\n") == std::string_view::npos;
}

// The characters that stand side by side in words of at least two kanji or katakana.
void CollectPairs(std::string_view word, std::u32string* pairs) {
  char32_t last = 0;
  while (!word.empty()) {
    const char32_t c = DecodeUtf8(&word);
    const bool counts = IsKanji(c) || IsKatakana(c);
    if (counts && last != 0) {
      pairs->push_back(last);
      pairs->push_back(c);
    }
    last = counts ? c : 0;
  }
}

// How much cheaper than MeCab's own way to cut it each word must be, in margins: one more than the
// words of ours inside it together, for these are cheap too (正社員登用 holds 正社員).
class Margins {
 public:
  // Requires: words come in ascending order of size.
  int Add(const std::string& word) {
    std::vector<int> best(word.size() + 1, 0);
    for (size_t end = 1; end <= word.size(); ++end) {
      best[end] = best[end - 1];
      for (size_t begin = end == word.size() ? 1 : 0; begin < end; ++begin) {
        const auto inner = margins_.find(word.substr(begin, end - begin));
        if (inner != margins_.end()) {
          best[end] = std::max(best[end], best[begin] + inner->second);
        }
      }
    }
    const int margin = best.back() + 1;
    margins_.emplace(word, margin);
    return margin;
  }

 private:
  std::unordered_map<std::string, int> margins_;
};

// The rows that MeCab must learn, shorter ones first.
std::vector<const DictionaryRow*> NewWords(const std::vector<DictionaryRow>& rows,
                                           SystemSegmenter* segmenter) {
  std::vector<const DictionaryRow*> words;
  for (const DictionaryRow& row : rows) {
    if (row.left_id == 0 || row.rule == PartsRule::kPairs) {
      continue;
    }
    const std::vector<SystemSegmenter::Leaf> leaves = segmenter->Cut(row.surface);
    const bool is_system_word =
        leaves.size() == 1 && leaves[0].is_known && leaves[0].text == row.surface;
    // MeCab may know a word and still prefer others (京都大 + 学, 八 + 日 + 市): then it is ours
    // too.
    const bool may_be_cut =
        row.rule == PartsRule::kListed ||
        (row.rule == PartsRule::kClosed &&
         KanjiNumeralValue(row.surface.substr(0, DecodeUtf8Char(row.surface).size)).has_value());
    if (!is_system_word || may_be_cut) {
      words.push_back(&row);
    }
  }
  std::stable_sort(words.begin(), words.end(), [](const auto* a, const auto* b) {
    return a->surface.size() < b->surface.size();
  });
  return words;
}

// How ipadic names the part of speech of a context id: the analyzer takes the class of an id, and
// whether its words are places, from any word of it.
std::string_view FeatureOf(uint16_t id) {
  constexpr std::pair<uint16_t, std::string_view> kFeatures[] = {{1283, "名詞,サ変接続,*,*"},
                                                                 {1287, "名詞,形容動詞語幹,*,*"},
                                                                 {1288, "名詞,固有名詞,一般,*"},
                                                                 {1289, "名詞,固有名詞,人名,一般"},
                                                                 {1290, "名詞,固有名詞,人名,姓"},
                                                                 {1292, "名詞,固有名詞,組織,*"},
                                                                 {1293, "名詞,固有名詞,地域,一般"},
                                                                 {1294, "名詞,固有名詞,地域,国"},
                                                                 {1298, "名詞,接尾,一般,*"},
                                                                 {1314, "名詞,副詞可能,*,*"}};
  for (const auto& [known, feature] : kFeatures) {
    if (known == id) {
      return feature;
    }
  }
  return "名詞,一般,*,*";
}

std::string MecabRows(const std::vector<DictionaryRow>& rows, SystemSegmenter* segmenter) {
  std::string csv;
  Margins margins;
  for (const DictionaryRow* row : NewWords(rows, segmenter)) {
    const int16_t cost = segmenter->WinningCost(
        row->surface, row->left_id, row->right_id, margins.Add(row->surface));
    csv += fmt::format("{0},{1},{2},{3},{4},*,*,{0},*,*\n",
                       row->surface,
                       row->left_id,
                       row->right_id,
                       cost,
                       FeatureOf(row->left_id));
  }
  return csv;
}

}  // namespace

Result<std::vector<DictionaryRow>> ParseDictionaryRows(std::string_view text) {
  constexpr size_t kFields = 4;
  std::vector<DictionaryRow> rows;
  std::unordered_set<std::string> surfaces;
  size_t number = 0;
  for (const std::string& line : Split(text, '\n')) {
    ++number;
    if (line.empty()) {
      continue;
    }
    const std::vector<std::string> fields = Split(line, '\t');
    if (fields.size() != kFields) {
      return BrokenLine(number, "not four fields");
    }
    DictionaryRow row;
    row.surface = Folded(fields[0]);
    row.canonical = Folded(fields[1]);
    row.term = std::string(WithoutFinalLongVowel(row.canonical));
    SetParts(fields[2], &row);
    for (std::string& part : row.parts) {
      part = Folded(part);
    }
    const char* end = fields[3].data() + fields[3].size();
    const auto read = std::from_chars(fields[3].data(), end, row.left_id);
    if (read.ec != std::errc() || read.ptr != end) {
      return BrokenLine(number, "the context id is no number");
    }
    row.right_id = row.left_id;
    if (!IsPlain(row.surface) || row.term.empty()) {
      return BrokenLine(number, "a surface must have no spaces, commas or quotes");
    }
    // Spellings may be one when folded; the first of them counts.
    if (surfaces.insert(row.surface).second) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

Result<DictionaryOutput> CompileDictionary(const std::vector<DictionaryRow>& rows,
                                           const std::string& system_dictionary) {
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<SystemSegmenter> segmenter,
                          SystemSegmenter::Open(system_dictionary));
  CompoundBuilder compounds(rows, segmenter.get());
  DictionaryOutput output;
  output.mecab_csv = MecabRows(rows, segmenter.get());
  std::vector<WordRow> words;
  std::u32string pairs;
  for (const DictionaryRow& row : rows) {
    CollectPairs(row.surface, &pairs);
    if (row.rule == PartsRule::kPairs) {
      continue;
    }
    KYUJIN_ASSIGN_OR_RETURN(WordRow word, compounds.Build(row));
    words.push_back(std::move(word));
  }
  output.word_table = WriteWordTable(std::move(words), pairs);
  return output;
}

}  // namespace kyujin::text

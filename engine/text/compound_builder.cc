#include "engine/text/compound_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "engine/text/katakana.h"
#include "engine/text/numerals.h"
#include "engine/text/sentence_splitter.h"
#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr size_t kMaxLeaves = 32;

// Whether the word is in the dictionary only to be told to MeCab.
bool IsItsOwnPart(const DictionaryRow& row) {
  return row.rule != PartsRule::kSequence && row.parts.size() == 1 &&
         row.parts.front() == row.surface;
}

// A row whose insides nothing may look into but as the row says.
bool IsSealed(const DictionaryRow& row) {
  return row.rule == PartsRule::kClosed || row.rule == PartsRule::kListed;
}

bool IsWord(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c != ' '; }) &&
         IsWordCharacter(DecodeUtf8Char(text).value);
}

// At least three characters, kanji and katakana alone: MeCab may know it as one word.
bool IsLongCompound(std::string_view surface) {
  constexpr size_t kFewestCharacters = 3;
  size_t characters = 0;
  size_t kanji = 0;
  for (; !surface.empty(); ++characters) {
    const char32_t c = DecodeUtf8(&surface);
    if (!IsKanji(c) && !IsKatakana(c)) {
      return false;
    }
    kanji += IsKanji(c) ? 1 : 0;
  }
  return characters >= kFewestCharacters && kanji > 0;
}

void SortParts(std::vector<WordRow::Part>* parts) {
  std::sort(parts->begin(), parts->end(), [](const WordRow::Part& a, const WordRow::Part& b) {
    return std::tuple(a.offset, b.width, a.term) < std::tuple(b.offset, a.width, b.term);
  });
}

bool IsOneOpenWord(const DictionaryRow& row) {
  return !IsSealed(row) && row.rule != PartsRule::kStop && row.rule != PartsRule::kSequence;
}

}  // namespace

CompoundBuilder::CompoundBuilder(const std::vector<DictionaryRow>& rows, SystemSegmenter* segmenter)
    : rows_(rows), segmenter_(segmenter) {
  for (const DictionaryRow& row : rows_) {
    if (row.rule != PartsRule::kPairs) {
      by_surface_.try_emplace(row.surface, &row);
    }
  }
}

Result<WordRow> CompoundBuilder::Build(const DictionaryRow& row) {
  if (Find(row.surface) != &row) {
    return InvalidArgument(fmt::format("{} stands in the dictionary twice", row.surface));
  }
  WordRow word;
  word.key = row.surface;
  word.term = row.term;
  if (row.rule == PartsRule::kStop) {
    word.shape = WordShape::kStop;
    return word;
  }
  const DictionaryRow* canonical = Find(row.canonical);
  if (canonical != nullptr && canonical != &row && canonical->canonical == canonical->surface) {
    return BuildSpelling(*canonical, std::move(word));
  }
  if (row.rule == PartsRule::kListed || row.rule == PartsRule::kSequence) {
    return BuildListed(row, std::move(word));
  }
  if (row.rule == PartsRule::kClosed) {
    word.shape = WordShape::kClosed;
    return word;
  }
  if (row.rule == PartsRule::kWhole) {
    return word;
  }
  AddOpenParts(row, &word);
  return word;
}

void CompoundBuilder::AddOpenParts(const DictionaryRow& row, WordRow* word) {
  const std::vector<Leaf> leaves = LeavesOf(row);
  if (leaves.size() < 2 || leaves.size() > kMaxLeaves) {
    return;
  }
  size_t begin = 0;
  for (size_t i = 0; i < leaves.size(); ++i) {
    const size_t end = begin + leaves[i].text.size();
    if (IsWord(leaves[i].text)) {
      word->parts.push_back({leaves[i].term,
                             static_cast<uint16_t>(begin),
                             static_cast<uint16_t>(end),
                             static_cast<uint8_t>(i),
                             1});
    }
    begin = end;
  }
  AddNested(row, leaves, word);
  SortParts(&word->parts);
}

// Another spelling has the parts of the canonical one, so that positions are the same. A part that
// is spelled otherwise in it covers what it may.
Result<WordRow> CompoundBuilder::BuildSpelling(const DictionaryRow& canonical, WordRow word) {
  KYUJIN_ASSIGN_OR_RETURN(const WordRow built, Build(canonical));
  word.shape = built.shape;
  word.parts = built.parts;
  size_t from = 0;
  for (WordRow::Part& part : word.parts) {
    const std::string_view spelled =
        std::string_view(canonical.surface).substr(part.begin, part.end - part.begin);
    size_t found = word.key.find(spelled, from);
    size_t size = spelled.size();
    if (found == std::string::npos) {
      found = word.key.find(part.term, from);
      size = part.term.size();
    }
    const bool is_there = found != std::string::npos;
    part.begin = static_cast<uint16_t>(is_there ? found : from);
    part.end = static_cast<uint16_t>(is_there ? found + size : word.key.size());
    from = part.begin;
  }
  return word;
}

const DictionaryRow* CompoundBuilder::Find(std::string_view surface) const {
  const auto found = by_surface_.find(surface);
  return found == by_surface_.end() ? nullptr : found->second;
}

std::string CompoundBuilder::TermOf(const SystemSegmenter::Leaf& leaf) const {
  const std::string& surface = leaf.base.empty() ? leaf.text : leaf.base;
  if (const DictionaryRow* row = Find(surface)) {
    return row->term;
  }
  return std::string(WithoutFinalLongVowel(surface));
}

std::vector<CompoundBuilder::Leaf> CompoundBuilder::Cut(const DictionaryRow& row) {
  std::vector<Leaf> leaves;
  std::vector<SystemSegmenter::Leaf> cut = segmenter_->Cut(row.surface);
  const bool may_be_compound = row.rule == PartsRule::kForced || IsLongCompound(row.surface);
  if (IsAllKatakana(row.surface)) {
    if (cut.size() == 1) {
      cut = CutKatakana(row.surface);
    }
  } else if (may_be_compound && cut.size() == 1) {
    cut = segmenter_->CutInTwo(row.surface);
  }
  SplitCounted(&cut);
  for (size_t i = 0; i < cut.size(); ++i) {
    const SystemSegmenter::Leaf& leaf = cut[i];
    std::string term = TermOf(leaf);
    if (leaf.is_numeral && i + 1 < cut.size() && cut[i + 1].is_counter) {
      if (const auto value = KanjiNumeralValue(leaf.text)) {
        term = std::to_string(*value);
      }
    }
    leaves.push_back({leaf.text, std::move(term)});
  }
  return leaves;
}

// Two words that are written as one (ウェブサイト): both must be known, and of three letters at
// least.
std::vector<SystemSegmenter::Leaf> CompoundBuilder::CutKatakana(const std::string& word) const {
  constexpr size_t kFewestBytes = 3 * kKatakanaBytes;
  for (size_t at = kFewestBytes; at + kFewestBytes <= word.size(); at += kKatakanaBytes) {
    const std::string first = word.substr(0, at);
    const std::string second = word.substr(at);
    if (CanBeginKatakana(second) && Find(first) != nullptr && Find(second) != nullptr) {
      std::vector<SystemSegmenter::Leaf> leaves(2);
      leaves[0].text = first;
      leaves[1].text = second;
      return leaves;
    }
  }
  return {};
}

// 一級 in 一級建築士 is 一 and 級, as it is in a text.
void CompoundBuilder::SplitCounted(std::vector<SystemSegmenter::Leaf>* cut) const {
  for (size_t i = 0; i < cut->size(); ++i) {
    const DictionaryRow* row = Find((*cut)[i].text);
    if (row == nullptr || row->rule != PartsRule::kSequence || row->parts.size() != 2 ||
        row->parts[0] + row->parts[1] != row->surface) {
      continue;
    }
    SystemSegmenter::Leaf numeral = (*cut)[i];
    numeral.text = row->parts[0];
    numeral.base.clear();
    numeral.is_numeral = true;
    SystemSegmenter::Leaf& counter = (*cut)[i];
    counter.text = row->parts[1];
    counter.base.clear();
    counter.is_counter = true;
    cut->insert(cut->begin() + static_cast<std::ptrdiff_t>(i), std::move(numeral));
  }
}

// The word is cut at the sealed words inside it first, then as MeCab cuts what is left: 営業時間外
// is 営業時間 and 外, for nothing may find 営業 in it.
std::vector<CompoundBuilder::Leaf> CompoundBuilder::LeavesOf(const DictionaryRow& row) {
  std::vector<Leaf> leaves = Cut(row);
  for (size_t first = 0; first < leaves.size(); ++first) {
    std::string text;
    size_t merged_end = first;
    for (size_t end = first + 1; end <= leaves.size(); ++end) {
      text += leaves[end - 1].text;
      const DictionaryRow* inner = Find(text);
      if (inner != nullptr && inner != &row && IsSealed(*inner) && end - first > 1 &&
          text.size() < row.surface.size()) {
        merged_end = end;
      }
    }
    if (merged_end > first) {
      Leaf merged;
      for (size_t i = first; i < merged_end; ++i) {
        merged.text += leaves[i].text;
      }
      merged.term = Find(merged.text)->term;
      leaves.erase(leaves.begin() + static_cast<std::ptrdiff_t>(first),
                   leaves.begin() + static_cast<std::ptrdiff_t>(merged_end));
      leaves.insert(leaves.begin() + static_cast<std::ptrdiff_t>(first), std::move(merged));
    }
  }
  return leaves;
}

// What a sealed word lets be found, at its place in the compound.
void CompoundBuilder::AddListedParts(const DictionaryRow& inner,
                                     size_t begin,
                                     size_t offset,
                                     WordRow* word) const {
  for (const std::string& part : inner.parts) {
    if (part == inner.surface) {
      continue;
    }
    const size_t at = begin + inner.surface.find(part);
    const DictionaryRow* own = Find(part);
    word->parts.push_back({own != nullptr ? own->term : part,
                           static_cast<uint16_t>(at),
                           static_cast<uint16_t>(at + part.size()),
                           static_cast<uint8_t>(offset),
                           1});
  }
}

// Words of the rows inside the compound (看護師 in 准看護師), and what sealed ones let be found.
void CompoundBuilder::AddNested(const DictionaryRow& row,
                                const std::vector<Leaf>& leaves,
                                WordRow* word) const {
  size_t begin = 0;
  for (size_t first = 0; first < leaves.size(); ++first) {
    std::string text;
    for (size_t end = first + 1; end <= leaves.size(); ++end) {
      text += leaves[end - 1].text;
      const DictionaryRow* inner = Find(text);
      if (inner == nullptr || inner == &row || text.size() == row.surface.size()) {
        continue;
      }
      const bool is_leaf = end - first == 1;
      if (is_leaf && inner->rule == PartsRule::kListed) {
        AddListedParts(*inner, begin, first, word);
      } else if (!is_leaf && IsOneOpenWord(*inner)) {
        word->parts.push_back({inner->term,
                               static_cast<uint16_t>(begin),
                               static_cast<uint16_t>(begin + text.size()),
                               static_cast<uint8_t>(first),
                               static_cast<uint8_t>(end - first)});
      }
    }
    begin += leaves[first].text.size();
  }
}

// Listed parts stand in the order of the surface; those of a sequence may be any words.
Result<WordRow> CompoundBuilder::BuildListed(const DictionaryRow& row, WordRow word) const {
  const bool is_sequence = row.rule == PartsRule::kSequence;
  word.shape = is_sequence ? WordShape::kSequence : WordShape::kWord;
  if (IsItsOwnPart(row)) {
    return word;
  }
  size_t from = 0;
  for (size_t i = 0; i < row.parts.size(); ++i) {
    const std::string& part = row.parts[i];
    const size_t found = row.surface.find(part, from);
    if (part.empty() || (found == std::string::npos && !is_sequence)) {
      return InvalidArgument(
          fmt::format("{}: no part {} in it, or not in this order", row.surface, part));
    }
    const size_t begin = found == std::string::npos ? 0 : found;
    const size_t end = found == std::string::npos ? row.surface.size() : found + part.size();
    const DictionaryRow* own = Find(part);
    const auto value = is_sequence && i == 0 ? KanjiNumeralValue(part) : std::nullopt;
    const std::string& term = own != nullptr ? own->term : part;
    word.parts.push_back({value ? std::to_string(*value) : term,
                          static_cast<uint16_t>(begin),
                          static_cast<uint16_t>(end),
                          static_cast<uint8_t>(i),
                          1});
    from = found == std::string::npos ? from : end;
  }
  return word;
}

}  // namespace kyujin::text

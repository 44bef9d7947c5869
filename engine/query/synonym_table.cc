#include "engine/query/synonym_table.h"

#include <algorithm>
#include <string>

#include "engine/query/word_query.h"
#include "engine/text/normalizer.h"
#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

// Katakana words of so many letters may lose their last ー (サーバー, サーバ), shorter ones are
// other words then. cmake/generate_synonyms.py makes the same keys.
constexpr size_t kMinKatakana = 4;

std::string KeyOfSynonym(std::string_view typed) {
  const std::string folded = text::Normalize(typed).text;
  std::string key;
  size_t letters = 0;
  bool is_katakana = true;
  char32_t last = 0;
  for (std::string_view rest = folded; !rest.empty();) {
    const char32_t c = text::DecodeUtf8(&rest);
    if (c != U' ' && c != U'・' && c != U'-') {
      text::AppendUtf8(c, &key);
      is_katakana = is_katakana && text::IsKatakana(c);
      last = c;
      ++letters;
    }
  }
  if (is_katakana && letters >= kMinKatakana && last == U'ー') {
    key.resize(key.size() - std::string_view("ー").size());
  }
  return key;
}

uint16_t WeightOf(Relation relation) {
  switch (relation) {
    case Relation::kSame:
      return kSynonymWeight;
    case Relation::kShort:
      return kShortWeight;
    case Relation::kNarrower:
      break;
  }
  return kNarrowerWeight;
}

}  // namespace

std::vector<Synonym> SynonymsOf(std::string_view typed) {
  const std::string key = KeyOfSynonym(typed);
  const auto entries = SynonymEntries();
  auto entry = std::lower_bound(
      entries.begin(), entries.end(), key, [](const SynonymEntry& e, const std::string& wanted) {
        return e.key < wanted;
      });
  std::vector<Synonym> synonyms;
  for (; entry != entries.end() && entry->key == key; ++entry) {
    const SynonymGroup& group = SynonymGroups()[entry->group];
    for (const SynonymWord& word : SynonymWords().subspan(group.first, group.count)) {
      if (word.key != key) {
        synonyms.push_back({word.text, WeightOf(group.relation)});
      }
    }
  }
  std::stable_sort(synonyms.begin(), synonyms.end(), [](const Synonym& a, const Synonym& b) {
    return a.weight > b.weight;
  });
  return synonyms;
}

}  // namespace kyujin::query

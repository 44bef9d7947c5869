#include "engine/search/query_corrector.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "engine/index/posting_terms.h"
#include "engine/schema/code_table.h"
#include "engine/text/normalizer.h"
#include "engine/text/one_mistake.h"
#include "engine/text/romaji.h"
#include "engine/text/utf8.h"

namespace kyujin::search {
namespace {

// For one word; the rest are rarer.
constexpr size_t kMaxReplacements = 3;
// Of so many words near a word the documents are counted.
constexpr size_t kMaxCounted = 64;

// The word in the other kinds of letters: すたっふ and `sutaffu` for スタッフ.
std::vector<std::string> OtherLetters(const std::string& word) {
  std::vector<std::string> others;
  const std::optional<std::string> kana =
      text::IsKana(word) ? std::optional(text::HiraganaOf(word)) : text::HiraganaOfRomaji(word);
  if (kana) {
    others.push_back(*kana);
    others.push_back(text::KatakanaOf(*kana));
  }
  std::erase(others, word);
  return others;
}

// A name of dict/, ready to be compared.
struct NearName {
  std::string_view name;
  std::string reading;  // RomajiKey
};

const std::vector<NearName>& NearNames() {
  static const std::vector<NearName> names_of_dict = [] {
    std::vector<NearName> names;
    for (const schema::OccupationName& name : schema::OccupationNames()) {
      names.push_back({name.name, text::RomajiKey(name.reading)});
    }
    for (const schema::Code& licence : schema::LicenceTable().codes) {
      names.push_back({licence.label, text::RomajiKey(licence.reading)});
    }
    return names;
  }();
  return names_of_dict;
}

// Names of dict/ that are written or read nearly so.
void AddNearNames(const std::string& typed, std::set<std::string>* found) {
  const std::string typed_reading = text::RomajiKey(typed);
  const bool has_reading = text::CountCodePoints(typed_reading) >= text::kMinMistakenLength;
  for (const NearName& near : NearNames()) {
    const bool is_read_so =
        has_reading && !near.reading.empty() &&
        (near.reading == typed_reading || text::IsOneMistakeAway(near.reading, typed_reading));
    if (is_read_so || text::IsOneMistakeAway(near.name, typed)) {
      found->insert(text::Normalize(near.name).text);
    }
  }
}

}  // namespace

Result<std::vector<std::string>> QueryCorrector::Correct(
    const std::vector<query::SyntaxWord>& typed, query::SearchFieldMask fields, size_t limit) {
  std::vector<std::string> texts;
  const auto add = [&](const std::vector<query::SyntaxWord>& words) {
    std::string text = query::FormatQuery(words);
    if (texts.size() < limit && std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  };
  const auto is_positive = [](const query::SyntaxWord& word) { return !word.excluded; };
  for (size_t i = 0; i < typed.size(); ++i) {
    if (!is_positive(typed[i]) || typed[i].quoted) {
      continue;
    }
    KYUJIN_ASSIGN_OR_RETURN(const std::vector<std::string> replacements,
                            Replacements(typed[i].text, fields));
    for (const std::string& replacement : replacements) {
      std::vector<query::SyntaxWord> words = typed;
      words[i].text = replacement;
      add(words);
    }
  }
  if (std::count_if(typed.begin(), typed.end(), is_positive) > 1) {
    for (size_t i = typed.size(); i-- > 0;) {
      if (is_positive(typed[i])) {
        std::vector<query::SyntaxWord> words = typed;
        words.erase(words.begin() + static_cast<ptrdiff_t>(i));
        if (i < words.size()) {
          words[i].joined = words[i].joined && typed[i].joined;
        }
        add(words);
      }
    }
  }
  return texts;
}

Result<std::vector<std::string>> QueryCorrector::Replacements(std::string_view word,
                                                              query::SearchFieldMask fields) {
  const std::string typed = text::Normalize(word).text;
  std::set<std::string> found;
  if (text::CountCodePoints(typed) >= text::kMinMistakenLength) {
    AddNearNames(typed, &found);
  }
  for (uint32_t i = 0; i < snapshot_.segments().size(); ++i) {
    KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers_->Get(snapshot_, i));
    KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const Vocabulary> vocabulary,
                            vocabularies_->Get(snapshot_.segments()[i], reader));
    for (const std::string& other : OtherLetters(typed)) {
      if (vocabulary->Has(other, fields)) {
        found.insert(other);
      }
    }
    if (text::CountCodePoints(typed) < text::kMinMistakenLength) {
      continue;
    }
    for (const std::string_view near : vocabulary->FindNear(typed, fields)) {
      if (found.size() < kMaxCounted) {
        found.emplace(near);
      }
    }
  }
  found.erase(typed);
  std::vector<std::pair<uint64_t, std::string>> ordered;
  for (const std::string& replacement : found) {
    KYUJIN_ASSIGN_OR_RETURN(const uint64_t documents, DocumentsWith(replacement, fields));
    ordered.emplace_back(documents, replacement);
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return a.first > b.first;
  });
  std::vector<std::string> replacements;
  for (size_t i = 0; i < std::min(kMaxReplacements, ordered.size()); ++i) {
    replacements.push_back(ordered[i].second);
  }
  return replacements;
}

Result<uint64_t> QueryCorrector::DocumentsWith(std::string_view word,
                                               query::SearchFieldMask fields) {
  uint64_t documents = 0;
  for (uint32_t i = 0; i < snapshot_.segments().size(); ++i) {
    KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers_->Get(snapshot_, i));
    for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
      if ((fields >> static_cast<unsigned>(field.id) & 1U) != 0) {
        KYUJIN_ASSIGN_OR_RETURN(const uint32_t in_field,
                                reader->DocumentFrequency(index::FieldTerm(field.id, word)));
        documents += in_field;
      }
    }
  }
  return documents;
}

}  // namespace kyujin::search

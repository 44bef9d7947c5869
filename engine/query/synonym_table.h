// SynonymTable: words for the same (dict/synonyms.csv), compiled into the binary. Queries are
// widened by them; postings know nothing of synonyms. Private to engine/query.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kyujin::query {

enum class Relation : uint8_t {
  kSame,      // the words find each other
  kShort,     // so do they, but an abbreviation may mean something else, too
  kNarrower,  // the word finds its targets, which are kinds of it; not the other way round
};

struct SynonymWord {
  std::string_view text;
  std::string_view key;  // see KeyOfSynonym
};

struct SynonymGroup {
  Relation relation;
  uint16_t first;  // of SynonymWords()
  uint16_t count;
};

struct SynonymEntry {
  std::string_view key;
  uint16_t group;  // of SynonymGroups()
};

std::span<const SynonymWord> SynonymWords();
std::span<const SynonymGroup> SynonymGroups();
// By bytes of the key; a key may lead to several groups.
std::span<const SynonymEntry> SynonymEntries();

struct Synonym {
  std::string_view text;
  uint16_t weight;  // 256ths
};

// Returns the other words for `typed`, best first. Cost: a binary search.
std::vector<Synonym> SynonymsOf(std::string_view typed);

}  // namespace kyujin::query

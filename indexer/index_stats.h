// IndexStats: `kyujin-index stats`, what the live generation holds, in numbers: for people who
// wonder whether last night's feed was a good one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/snapshot.h"

namespace kyujin::indexer {

// One line of a table. Thread rule: Thread-compatible.
struct Count {
  std::string code;   // as the API writes it; of a file or tag its name
  std::string label;  // Japanese where there is one
  uint64_t count = 0;
};

struct SegmentStats {
  std::string name;
  uint64_t documents = 0;
  uint64_t dead = 0;
  std::vector<std::pair<std::string, uint64_t>> files;  // name, bytes
};

// Thread rule: Thread-compatible.
struct IndexStats {
  uint64_t generation = 0;
  std::string as_of;
  uint64_t documents = 0;
  std::vector<SegmentStats> segments;
  std::vector<Count> prefectures;  // in the order of their codes, not given last, as the next two
  std::vector<Count> industries;   // 産業大分類
  std::vector<Count> conditions;   // postings that certainly have it
  std::vector<Count> fields;       // postings that give the tag
  std::vector<Count> words;        // postings that have it in any field, most frequent first
  std::vector<Count> rejects;      // of the last build or sync, most frequent reason first
};

// Counts the live documents. Errors: kCorruption, kUnavailable when `stop` was asked for.
// Cost: one pass over cards and words.
Result<IndexStats> CollectStats(const index::Snapshot& snapshot, const std::stop_token& stop);

// The most frequent words that are listed.
inline constexpr size_t kListedWords = 50;

// As tables for people, headings in Japanese, columns aligned; and as one JSON object.
std::string StatsToText(const IndexStats& stats);
std::string StatsToJson(const IndexStats& stats);

}  // namespace kyujin::indexer

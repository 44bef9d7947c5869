#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bench/micro/micro_benchmarks.h"
#include "bench/micro/random_set.h"
#include "engine/index/text_reader.h"
#include "engine/query/query_parser.h"
#include "engine/search/day_view.h"
#include "engine/search/facet_rows.h"
#include "engine/search/word_lists.h"

namespace kyujin::bench {
namespace {

using index::Snapshot;
using SnapshotPointer = std::shared_ptr<const Snapshot>;

constexpr size_t kCacheBytes = size_t{1} << 30;

const index::Segment& FirstSegment(const Snapshot& snapshot) {
  return *snapshot.segments().front();
}

Date DayOf(const Snapshot& snapshot) {
  const auto day = Date::Parse(snapshot.as_of().substr(0, 10));
  return day.has_value() ? *day : Date();
}

void CountFacets(benchmark::State& state, const search::FacetRows& rows, const Bitmap& set) {
  uint64_t documents = 0;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    search::FacetCounts counts;
    if (!rows.Count(set.view(), Deadline::Infinite(), &counts)) {
      state.SkipWithError("the deadline passed");
      return;
    }
    documents += counts.documents;
  }
  state.SetItemsProcessed(static_cast<int64_t>(documents));
}

void DecodePostings(benchmark::State& state, const SnapshotPointer& snapshot, const char* prefix) {
  const auto reader = index::TextReader::Open(FirstSegment(*snapshot).text_path());
  const auto terms = reader.has_value() ? (*reader)->MostFrequentTerms(prefix, 8) : reader.error();
  if (!terms.has_value()) {
    state.SkipWithError("no terms");
    return;
  }
  std::vector<index::Posting> postings;
  int64_t decoded = 0;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    for (const std::string& term : *terms) {
      if (!(*reader)->ReadPostings(term, &postings).has_value()) {
        state.SkipWithError("postings");
        return;
      }
      decoded += static_cast<int64_t>(postings.size());
    }
  }
  state.SetItemsProcessed(decoded);
}

// Looks one word up, as a request does: with a cache that holds it, or with none.
void LookUpWord(benchmark::State& state,
                const SnapshotPointer& snapshot,
                const std::shared_ptr<const text::AnalyzerModel>& model,
                std::string_view typed,
                size_t cache_bytes) {
  text::Analyzer analyzer(model);
  query::QueryText text;
  text.words = query::ParseQuerySyntax(typed);
  const query::WordQuery words = query::BuildWordQuery(text, &analyzer);
  if (words.clauses.empty()) {
    state.SkipWithError("no word");
    return;
  }
  SharedCache cache(cache_bytes);
  search::WordMemory memory;
  const Bitmap none(FirstSegment(*snapshot).documents());
  for (auto iteration : state) {
    static_cast<void>(iteration);
    CacheSession session(&cache);
    search::WordLists lists(*snapshot, words.fields, &session, &memory, Deadline::Infinite());
    const auto list = lists.Get(words.clauses.front().alternatives.front(), 0, none.view());
    if (!list.has_value()) {
      state.SkipWithError(list.error().message.c_str());
      return;
    }
    benchmark::DoNotOptimize(*list);
  }
}

template <class Read>
void ReadPage(benchmark::State& state, const Snapshot& snapshot, Read&& read) {
  constexpr int kPage = 30;
  corpus::Random random(5);
  const uint32_t documents = FirstSegment(snapshot).documents();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    for (int i = 0; i < kPage; ++i) {
      const auto posting = read(index::DocumentAddress{0, random.Below(documents)});
      if (!posting.has_value()) {
        state.SkipWithError(posting.error().message.c_str());
        return;
      }
      benchmark::DoNotOptimize(posting->number);
    }
  }
  state.SetItemsProcessed(state.iterations() * kPage);
}

}  // namespace

void RegisterFacetBenchmarks(const SnapshotPointer& snapshot) {
  const auto rows =
      std::make_shared<search::FacetRows>(FirstSegment(*snapshot).columns(), DayOf(*snapshot));
  // Of 10,000 documents.
  for (const uint32_t share : {1U, 10U, 100U, 500U, 2'000U, 5'000U, 10'000U}) {
    const auto set =
        std::make_shared<Bitmap>(RandomSet(FirstSegment(*snapshot).documents(), share, share));
    benchmark::RegisterBenchmark(fmt::format("facets/all/{}_per_10000", share).c_str(),
                                 [=](benchmark::State& state) { CountFacets(state, *rows, *set); })
        ->Unit(benchmark::kMicrosecond);
  }
}

void RegisterPostingBenchmarks(const SnapshotPointer& snapshot) {
  for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
    benchmark::RegisterBenchmark(
        fmt::format("postings/decode/{}", field.name).c_str(),
        [snapshot, prefix = std::string(1, field.term_prefix)](benchmark::State& state) {
          DecodePostings(state, snapshot, prefix.c_str());
        })
        ->Unit(benchmark::kMicrosecond);
  }
}

void RegisterWordBenchmarks(const SnapshotPointer& snapshot,
                            const std::shared_ptr<const text::AnalyzerModel>& model) {
  constexpr std::array<std::string_view, 3> kWords = {"看護師", "経験", "フォークリフト"};
  for (const std::string_view word : kWords) {
    for (const bool cached : {true, false}) {
      benchmark::RegisterBenchmark(
          fmt::format("word/{}/{}", cached ? "cached" : "made", word).c_str(),
          [=](benchmark::State& state) {
            LookUpWord(state, snapshot, model, word, cached ? kCacheBytes : 0);
          })
          ->Unit(benchmark::kMicrosecond);
    }
  }
}

void RegisterStoreBenchmarks(const SnapshotPointer& snapshot) {
  benchmark::RegisterBenchmark("page/hits", [snapshot](benchmark::State& state) {
    ReadPage(state, *snapshot, [&](index::DocumentAddress at) { return snapshot->ReadHit(at); });
  })->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("page/postings", [snapshot](benchmark::State& state) {
    ReadPage(
        state, *snapshot, [&](index::DocumentAddress at) { return snapshot->ReadPosting(at); });
  })->Unit(benchmark::kMicrosecond);
}

}  // namespace kyujin::bench

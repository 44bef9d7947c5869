// WriteCorpus: the folder of feed pages that `kyujin-bench corpus` makes, laid out as the feed is
// fetched: DIR/M100/1.xml, 2.xml, … of 1,000 records each.
#pragma once

#include <cstdint>
#include <string>

#include "bench/corpus/posting_generator.h"
#include "engine/base/result.h"

namespace kyujin::corpus {

inline constexpr uint64_t kRecordsPerPage = 1000;

struct CorpusSummary {
  uint64_t pages = 0;
  uint64_t bytes = 0;
};

// Appends page `page` (from 0) of the corpus to `out`.
void AppendPage(PostingGenerator& generator,
                const CorpusOptions& options,
                uint64_t page,
                std::string& out);

// Writes the corpus below `directory`, which is made when it is missing; pages of an earlier corpus
// that this one does not overwrite are removed. Uses up to four threads; the bytes do not depend on
// how many. Errors: kInternal when a folder or file cannot be made or written.
Result<CorpusSummary> WriteCorpus(const CorpusOptions& options, const std::string& directory);

}  // namespace kyujin::corpus

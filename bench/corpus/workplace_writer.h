// WorkplaceWriter: where the work is and which station is near, in the forms of the feed.
#pragma once

#include <cstddef>
#include <string>

#include "bench/corpus/feed_record.h"
#include "bench/corpus/posting_plan.h"

namespace kyujin::corpus {

// Thread rule: **Thread-compatible**: Write reuses scratch memory.
class WorkplaceWriter {
 public:
  // Keeps `places`, which must outlive it.
  explicit WorkplaceWriter(const PlaceCatalogue& places) : places_(places) {}

  void Write(const PostingPlan& plan, Random& local, FeedRecord& record);

 private:
  void MakeStationName(size_t prefecture, Random& local);
  void WriteStation(const PostingPlan& plan, Random& local, FeedRecord& record);

  const PlaceCatalogue& places_;
  std::string text_;
  std::string station_;
};

}  // namespace kyujin::corpus

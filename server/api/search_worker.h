// What a worker that searches keeps from request to request, whichever handler it runs: shared by
// the handlers, so that no worker opens its text readers twice.
#pragma once

#include <memory>
#include <vector>

#include "engine/search/searcher.h"

namespace kyujin::api {

// Thread rule: **Confined to one thread** at a time, that of its worker.
struct SearchWorker {
  text::Analyzer analyzer;
  search::WorkerState search;
};

// One for each worker index. Thread rule: **Thread-safe**, as no two calls run under one index at
// once.
class SearchWorkers {
 public:
  SearchWorkers(const std::shared_ptr<const text::AnalyzerModel>& model, size_t workers) {
    workers_.reserve(workers);
    for (size_t i = 0; i < workers; ++i) {
      workers_.push_back({text::Analyzer(model), {}});
    }
  }

  // Requires: index < workers.
  [[nodiscard]] SearchWorker& operator[](size_t index) { return workers_[index]; }

 private:
  std::vector<SearchWorker> workers_;
};

}  // namespace kyujin::api

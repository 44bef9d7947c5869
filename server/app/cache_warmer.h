// CacheWarmer: has the words that are asked for most ready before somebody asks. They are read from
// a file that the run before left; without one they are the words that stand in the most titles.
// Works beside the requests, in a thread of its own.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/search/searcher.h"
#include "engine/text/analyzer.h"
#include "server/api/calendar.h"
#include "server/app/server_log.h"

namespace kyujin::app {

struct CacheWarmerOptions {
  std::filesystem::path file;  // empty: nothing is kept
  size_t words = 2'000;        // kept in the file
  size_t frequent_words = 200;
  std::chrono::seconds save_interval{600};
};

// What it works on; all of it outlives the warmer.
struct CacheWarmerServices {
  const index::SnapshotHolder& snapshots;
  search::Searcher& searcher;
  const api::Calendar& calendar;
  ServerLog& log;
};

// Thread rule: **Thread-safe** from Start() on.
class CacheWarmer {
 public:
  CacheWarmer(CacheWarmerOptions options,
              const CacheWarmerServices& services,
              const std::shared_ptr<const text::AnalyzerModel>& model);
  // Stops.
  ~CacheWarmer();
  CacheWarmer(const CacheWarmer&) = delete;
  CacheWarmer& operator=(const CacheWarmer&) = delete;
  CacheWarmer(CacheWarmer&&) = delete;
  CacheWarmer& operator=(CacheWarmer&&) = delete;

  // Starts the thread. Requires: a snapshot is there; called once.
  void Start();
  // Ends the thread and saves. Idempotent. Requires: not called by two threads at once.
  void Stop();

 private:
  void Run();
  void Warm();
  // Says whether there was a file.
  bool WarmFromFile(const search::SearchContext& context);
  void WarmFrequent(const search::SearchContext& context);
  void Save();
  bool IsStopped();

  const CacheWarmerOptions options_;
  CacheWarmerServices services_;
  text::Analyzer analyzer_;     // of the thread
  search::WorkerState worker_;  // of the thread
  Mutex mutex_;
  ConditionVariable stop_asked_;
  bool is_stopped_ KYUJIN_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// Returns the bytes of a file that keeps these word keys; and the keys of such a file, or nothing
// when it is none.
std::string EncodeHotWords(const std::vector<std::string>& keys);
std::vector<std::string> DecodeHotWords(std::string_view bytes);

}  // namespace kyujin::app

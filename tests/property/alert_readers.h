// Readers of alerts while servers come and go: one that streams and resumes with Last-Event-ID, one
// that reads page by page with the cursor. Each runs on a thread of its own and remembers every
// alert that it was given, in order.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/mutex.h"
#include "tests/testing/random_source.h"

namespace kyujin::test {

// The ports of the servers that run now. Thread rule: **Thread-safe.**
class LivePorts {
 public:
  void Set(std::vector<uint16_t> ports) {
    const MutexLock lock(mutex_);
    ports_ = std::move(ports);
  }
  // One of them; 0: there is none.
  uint16_t Pick(RandomSource* random) const {
    const MutexLock lock(mutex_);
    return ports_.empty() ? uint16_t{0} : random->Pick(ports_);
  }

 private:
  mutable Mutex mutex_;
  std::vector<uint16_t> ports_ KYUJIN_GUARDED_BY(mutex_);
};

// One alert as a person was given it.
struct GivenAlert {
  std::string id;
  std::string saved_query;
  std::string number;
  std::string version;
  friend bool operator==(const GivenAlert&, const GivenAlert&) = default;
};

// Thread rule: **Thread-compatible**; what it was given may be read after Stop.
class AlertReader {
 public:
  enum class Way { kStream, kPages };

  // Begins to read as the user of `token`.
  AlertReader(Way way, const LivePorts& ports, std::string token, uint64_t seed);
  ~AlertReader() { Stop(); }
  AlertReader(const AlertReader&) = delete;
  AlertReader& operator=(const AlertReader&) = delete;
  AlertReader(AlertReader&&) = delete;
  AlertReader& operator=(AlertReader&&) = delete;

  // How many alerts it has been given so far.
  [[nodiscard]] size_t count() const { return count_; }
  void Stop();
  // Requires: stopped.
  [[nodiscard]] const std::vector<GivenAlert>& given() const { return given_; }
  // How often it went on with another connection or page, and how often of those in the midst of
  // a publication. Requires: stopped.
  [[nodiscard]] size_t resumptions() const { return begins_.size(); }
  [[nodiscard]] size_t interruptions() const;

 private:
  void Run(Way way);
  // Reads events of one connection, until it breaks or is left.
  void ReadStream(uint16_t port);
  // Reads one page.
  void ReadPage(uint16_t port);

  const LivePorts& ports_;
  const std::string token_;
  RandomSource random_;
  std::string cursor_;  // where to go on; empty: from the beginning
  std::vector<GivenAlert> given_;
  std::vector<size_t> begins_;  // how many alerts it had been given at each
  std::atomic<size_t> count_{0};
  std::atomic<bool> is_stopped_{false};
  std::thread thread_;
};

}  // namespace kyujin::test

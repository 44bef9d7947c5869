// Progress: tells the person at the terminal, or the log in a pipe, how far a run is. Debian 12 has
// no C++ library for it that shows rate and time left; one can take the place of ConsoleProgress
// behind the same three calls.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "engine/base/mutex.h"

namespace kyujin::indexer {

// Thread-safe.
class Progress {
 public:
  virtual ~Progress() = default;
  // `total_work` is in any unit; 0 when it is not known.
  virtual void BeginStage(std::string_view name, uint64_t total_work) = 0;
  // More was done since the last call: so many postings, and so much of the total work.
  virtual void Advance(uint64_t postings, uint64_t work) = 0;
  virtual void EndStage() = 0;
};

// Says nothing. Thread-safe.
class NoProgress final : public Progress {
 public:
  void BeginStage(std::string_view /*name*/, uint64_t /*total_work*/) override {}
  void Advance(uint64_t /*postings*/, uint64_t /*work*/) override {}
  void EndStage() override {}
};

// On a terminal one line that is written over, ten times a second; else a line every five seconds.
// Thread-safe. Holds a reference to the stream, which must outlive it.
class ConsoleProgress final : public Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;
  enum class Style { kTerminal, kLines };

  ConsoleProgress(std::ostream& out, Style style, Clock clock = &std::chrono::steady_clock::now);

  void BeginStage(std::string_view name, uint64_t total_work) override;
  void Advance(uint64_t postings, uint64_t work) override;
  void EndStage() override;

 private:
  [[nodiscard]] std::string Describe(std::chrono::steady_clock::time_point now) const
      KYUJIN_REQUIRES(mutex_);
  void Print(const std::string& line) KYUJIN_REQUIRES(mutex_);

  std::ostream& out_;
  const Style style_;
  const Clock clock_;
  mutable Mutex mutex_;
  std::string stage_ KYUJIN_GUARDED_BY(mutex_);
  uint64_t total_work_ KYUJIN_GUARDED_BY(mutex_) = 0;
  uint64_t work_ KYUJIN_GUARDED_BY(mutex_) = 0;
  uint64_t postings_ KYUJIN_GUARDED_BY(mutex_) = 0;
  size_t printed_width_ KYUJIN_GUARDED_BY(mutex_) = 0;
  std::chrono::steady_clock::time_point started_ KYUJIN_GUARDED_BY(mutex_);
  std::chrono::steady_clock::time_point printed_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::indexer

#include "indexer/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace kyujin::indexer {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::chrono::milliseconds kTerminalInterval{100};
constexpr std::chrono::seconds kLineInterval{5};
// A rate or an end guessed from less than this would jump about.
constexpr double kShortestSeconds = 0.2;

std::string FormatDuration(double seconds) {
  const auto whole = std::llround(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

ConsoleProgress::ConsoleProgress(std::ostream& out, Style style, Clock clock)
    : out_(out), style_(style), clock_(std::move(clock)) {}

void ConsoleProgress::BeginStage(std::string_view name, uint64_t total_work) {
  const MutexLock lock(mutex_);
  stage_ = name;
  total_work_ = total_work;
  work_ = 0;
  postings_ = 0;
  started_ = clock_();
  printed_ = started_;
  if (style_ == Style::kTerminal) {
    Print(stage_);
  }
}

void ConsoleProgress::Advance(uint64_t postings, uint64_t work) {
  const MutexLock lock(mutex_);
  postings_ += postings;
  work_ += work;
  const auto now = clock_();
  const std::chrono::milliseconds interval =
      style_ == Style::kTerminal ? kTerminalInterval : kLineInterval;
  if (now - printed_ >= interval) {
    printed_ = now;
    Print(Describe(now));
  }
}

void ConsoleProgress::EndStage() {
  const MutexLock lock(mutex_);
  const double seconds = Seconds(clock_() - started_).count();
  std::string line = fmt::format("{}: done in {}", stage_, FormatDuration(seconds));
  if (postings_ > 0) {
    line += fmt::format(", {} postings", postings_);
    if (seconds >= kShortestSeconds) {
      line += fmt::format(", {:.0f}/s", static_cast<double>(postings_) / seconds);
    }
  }
  Print(line);
  if (style_ == Style::kTerminal) {
    out_ << '\n' << std::flush;
    printed_width_ = 0;
  }
}

std::string ConsoleProgress::Describe(std::chrono::steady_clock::time_point now) const {
  const double seconds = Seconds(now - started_).count();
  std::string line = stage_ + ":";
  if (total_work_ > 0) {
    line += fmt::format(" {:.1f} %",
                        100.0 * static_cast<double>(work_) / static_cast<double>(total_work_));
  }
  if (postings_ > 0) {
    line += fmt::format(" {} postings", postings_);
  }
  if (seconds < kShortestSeconds || work_ == 0) {
    return line;
  }
  if (postings_ > 0) {
    line += fmt::format(", {:.0f}/s", static_cast<double>(postings_) / seconds);
  }
  if (total_work_ > work_) {
    const double left =
        seconds * static_cast<double>(total_work_ - work_) / static_cast<double>(work_);
    line += fmt::format(", {} left", FormatDuration(left));
  }
  return line;
}

void ConsoleProgress::Print(const std::string& line) {
  if (style_ == Style::kLines) {
    out_ << line << '\n' << std::flush;
    return;
  }
  // Spaces wipe what is left of a longer line before.
  const size_t padding = printed_width_ > line.size() ? printed_width_ - line.size() : 0;
  out_ << '\r' << line << std::string(padding, ' ') << std::flush;
  printed_width_ = line.size();
}

}  // namespace kyujin::indexer

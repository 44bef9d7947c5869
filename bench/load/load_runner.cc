#include "bench/load/load_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <ratio>
#include <thread>

#include "bench/load/http_connection.h"

namespace kyujin::load {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kScheme = "http://";
constexpr std::string_view kTook = "\"took_us\":";

uint64_t Microseconds(Clock::duration duration) {
  return static_cast<uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
}

// What one connection measured.
struct ConnectionReport {
  uint64_t failures = 0;
  std::vector<uint64_t> exchange_us;
  std::vector<uint64_t> engine_us;
  std::string error;
};

class Runner {
 public:
  Runner(const LoadOptions& options, std::string authority)
      : options_(options),
        authority_(std::move(authority)),
        start_(Clock::now()),
        end_(start_ + std::chrono::seconds(options.seconds)) {}

  void Run(ConnectionReport* report) {
    auto connection = HttpConnection::Open(authority_);
    if (!connection.has_value()) {
      report->error = connection.error().message;
      return;
    }
    for (size_t i = next_++; IsDue(i); i = next_++) {
      const auto start = Wait(i);
      const auto reply = (*connection)->Get(options_.targets[i % options_.targets.size()]);
      if (!reply.has_value()) {
        report->error = reply.error().message;
        return;
      }
      report->exchange_us.push_back(Microseconds(Clock::now() - start));
      report->failures += reply->status == 200 ? 0 : 1;
      NoteEngineTime(reply->body, report);
    }
  }

 private:
  [[nodiscard]] bool IsDue(size_t i) const {
    return options_.seconds == 0 ? i < options_.targets.size()
                                 : std::max(Clock::now(), DueTime(i)) < end_;
  }

  [[nodiscard]] Clock::time_point DueTime(size_t i) const {
    return options_.rate == 0
               ? start_
               : start_ + std::chrono::nanoseconds(std::nano::den * i / options_.rate);
  }

  // Waits until request `i` is due. Returns when it begins.
  [[nodiscard]] Clock::time_point Wait(size_t i) const {
    if (options_.rate == 0) {
      return Clock::now();
    }
    std::this_thread::sleep_until(DueTime(i));
    return DueTime(i);
  }

  static void NoteEngineTime(std::string_view body, ConnectionReport* report) {
    const size_t at = body.find(kTook);
    uint64_t took = 0;
    if (at != std::string_view::npos) {
      std::from_chars(body.data() + at + kTook.size(), body.data() + body.size(), took);
      report->engine_us.push_back(took);
    }
  }

  const LoadOptions& options_;
  std::string authority_;
  Clock::time_point start_;
  Clock::time_point end_;
  std::atomic<size_t> next_{0};
};

}  // namespace

Result<LoadReport> RunLoad(const LoadOptions& options) {
  if (!options.url.starts_with(kScheme)) {
    return InvalidArgument("--url must begin with http://: " + options.url);
  }
  const std::string rest = options.url.substr(kScheme.size());
  Runner runner(options, rest.substr(0, rest.find('/')));
  std::vector<ConnectionReport> reports(options.connections);
  const auto start = Clock::now();
  std::vector<std::thread> threads;
  for (ConnectionReport& report : reports) {
    threads.emplace_back([&runner, &report] { runner.Run(&report); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  LoadReport total;
  total.seconds = static_cast<double>(Microseconds(Clock::now() - start)) / 1e6;
  for (const ConnectionReport& report : reports) {
    if (!report.error.empty()) {
      return Unavailable(report.error);
    }
    total.failures += report.failures;
    total.exchange_us.insert(
        total.exchange_us.end(), report.exchange_us.begin(), report.exchange_us.end());
    total.engine_us.insert(total.engine_us.end(), report.engine_us.begin(), report.engine_us.end());
  }
  total.requests = total.exchange_us.size();
  std::sort(total.exchange_us.begin(), total.exchange_us.end());
  std::sort(total.engine_us.begin(), total.engine_us.end());
  return total;
}

uint64_t Percentile(const std::vector<uint64_t>& values, double share) {
  if (values.empty()) {
    return 0;
  }
  const auto place = static_cast<size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values[std::clamp<size_t>(place, 1, values.size()) - 1];
}

std::string Describe(const LoadReport& report) {
  const auto line = [](std::string_view name, const std::vector<uint64_t>& values) {
    return fmt::format("{}: p50 {} us, p90 {} us, p99 {} us, max {} us\n",
                       name,
                       Percentile(values, 0.50),
                       Percentile(values, 0.90),
                       Percentile(values, 0.99),
                       values.empty() ? 0 : values.back());
  };
  return fmt::format("{} requests in {:.2f} s, {:.0f}/s, {} not answered with 200\n",
                     report.requests,
                     report.seconds,
                     static_cast<double>(report.requests) / std::max(report.seconds, 1e-9),
                     report.failures) +
         line("exchange", report.exchange_us) + line("engine", report.engine_us);
}

}  // namespace kyujin::load

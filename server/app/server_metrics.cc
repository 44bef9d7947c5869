#include "server/app/server_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>

#include "server/http/problem.h"

namespace kyujin::app {
namespace {

constexpr std::string_view kTextFormat = "text/plain; version=0.0.4; charset=utf-8";
// Whoever sends these speaks for a client elsewhere (RFC 7239, and what proxies sent before it).
constexpr std::array<std::string_view, 3> kForwardingHeaders = {
    "Forwarded", "X-Forwarded-For", "X-Real-IP"};

// Seconds; a search takes milliseconds, the deadline is one second.
prometheus::Histogram::BucketBoundaries Boundaries() {
  return {0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0};
}

bool IsLocal(const http::HttpRequest& request) {
  for (const std::string_view header : kForwardingHeaders) {
    if (request.Header(header)) {
      return false;
    }
  }
  return request.remote_address.starts_with("127.") || request.remote_address == "::1";
}

double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  file >> pages >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

prometheus::Gauge& AddGauge(prometheus::Registry& registry,
                            const std::string& name,
                            const std::string& help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

}  // namespace

ServerMetrics::ServerMetrics(http::HttpObserver& next,
                             const index::SnapshotHolder& snapshots,
                             const search::Searcher& searcher)
    : next_(next),
      snapshots_(snapshots),
      searcher_(searcher),
      registry_(std::make_unique<prometheus::Registry>()),
      requests_(prometheus::BuildCounter()
                    .Name("kyujin_http_requests_total")
                    .Help("Answered requests.")
                    .Register(*registry_)),
      seconds_(prometheus::BuildHistogram()
                   .Name("kyujin_http_request_duration_seconds")
                   .Help("From the complete request head to the answer written.")
                   .Register(*registry_)),
      failures_(prometheus::BuildCounter()
                    .Name("kyujin_failures_total")
                    .Help("Faults of the server or its machine; the log says which.")
                    .Register(*registry_)
                    .Add({})),
      generation_(AddGauge(*registry_, "kyujin_index_generation", "Generation that is searched.")),
      documents_(
          AddGauge(*registry_, "kyujin_index_documents", "Live postings of that generation.")),
      cache_bytes_(AddGauge(
          *registry_, "kyujin_postings_cache_bytes", "Memory held by postings made ready.")),
      resident_bytes_(
          AddGauge(*registry_, "process_resident_memory_bytes", "Resident memory size.")) {}

ServerMetrics::~ServerMetrics() = default;

void ServerMetrics::OnRequest(const http::RequestRecord& record) {
  const std::string route(record.route_pattern.empty() ? "none" : record.route_pattern);
  requests_
      .Add({{"route", route},
            {"method", record.route_pattern.empty() ? "other" : std::string(record.method)},
            {"status", std::to_string(record.status)}})
      .Increment();
  seconds_.Add({{"route", route}}, Boundaries())
      .Observe(std::chrono::duration<double>(record.duration).count());
  next_.OnRequest(record);
}

void ServerMetrics::OnFailure(std::string_view where, std::string_view what) {
  failures_.Increment();
  next_.OnFailure(where, what);
}

void ServerMetrics::AddRoutes(http::Router* router) {
  router->Add("GET",
              "/metrics",
              [this](const http::HttpRequest& request,
                     const http::PathParameters& /*path*/,
                     const http::HandlerContext& /*context*/) { return Get(request); },
              {.run_on = http::RunOn::kIoThread});
}

http::HttpResponse ServerMetrics::Get(const http::HttpRequest& request) {
  if (!IsLocal(request)) {
    return http::StatusProblem(403, "metrics are for clients on the server's own machine");
  }
  return {.content_type = std::string(kTextFormat),
          .headers = {{"Cache-Control", "no-store"}},
          .body = Text()};
}

std::string ServerMetrics::Text() {
  if (const auto snapshot = snapshots_.Get(); snapshot != nullptr) {
    generation_.Set(static_cast<double>(snapshot->generation()));
    documents_.Set(static_cast<double>(snapshot->documents()));
  }
  cache_bytes_.Set(static_cast<double>(searcher_.postings_cache().bytes()));
  resident_bytes_.Set(ResidentBytes());
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace kyujin::app

#include "bench/engine/engine_session.h"

#include <charconv>
#include <utility>

#include "engine/base/clock.h"
#include "server/api/search_handler.h"
#include "server/api/suggest_handler.h"

namespace kyujin::bench {
namespace {

class Session final : public EngineSession {
 public:
  Session(std::shared_ptr<const index::Snapshot> snapshot,
          const std::shared_ptr<const text::AnalyzerModel>& model,
          Date today,
          size_t workers)
      : documents_(snapshot->documents()),
        calendar_(clock_, today),
        workers_(model, workers),
        handler_({snapshots_, searcher_, calendar_, observer_}, workers_),
        suggest_({snapshots_, searcher_, suggester_, calendar_, observer_}, workers_) {
    suggester_.Warm(*snapshot);
    snapshots_.Set(std::move(snapshot));
  }

  Status Warm(Date today) { return searcher_.Warm(*snapshots_.Get(), today); }

  Result<std::string> Get(std::string_view target, size_t worker) override {
    http::HttpRequest request;
    request.method = "GET";
    const size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = mark < target.size() ? target.substr(mark + 1) : "";
    http::HandlerContext context;
    context.worker_index = worker;
    http::HttpResponse response = request.path == "/v1/suggest" ? suggest_.Get(request, context)
                                                                : handler_.Get(request, context);
    if (response.status != 200) {
      return Internal(std::string(target) + ": " + response.body);
    }
    return std::move(response.body);
  }

  [[nodiscard]] uint64_t documents() const override { return documents_; }

 private:
  uint64_t documents_;
  SystemClock clock_;
  api::Calendar calendar_;
  http::HttpObserver observer_;
  index::SnapshotHolder snapshots_;
  search::Searcher searcher_;
  api::SearchWorkers workers_;
  suggest::Suggester suggester_;
  api::SearchHandler handler_;
  api::SuggestHandler suggest_;
};

}  // namespace

Result<std::unique_ptr<EngineSession>> EngineSession::Open(const EngineOptions& options) {
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const text::AnalyzerModel> model,
                          text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const index::Snapshot> snapshot,
                          index::Snapshot::Open(options.index, model->version()));
  std::optional<Date> today = options.today;
  if (!today) {
    KYUJIN_ASSIGN_OR_RETURN(today, Date::Parse(snapshot->as_of().substr(0, 10)));
  }
  auto session = std::make_unique<Session>(std::move(snapshot), model, *today, options.workers);
  KYUJIN_RETURN_IF_ERROR(session->Warm(*today));
  return std::unique_ptr<EngineSession>(std::move(session));
}

uint64_t NumberIn(std::string_view body, std::string_view name) {
  const size_t at = body.find(name);
  uint64_t value = 0;
  if (at != std::string_view::npos) {
    std::from_chars(body.data() + at + name.size(), body.data() + body.size(), value);
  }
  return value;
}

}  // namespace kyujin::bench

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "bench/command.h"
#include "bench/cpu_time.h"
#include "bench/load/load_runner.h"
#include "bench/mix/query_sampler.h"
#include "bench/record_publication.h"
#include "engine/percolator/percolator.h"
#include "engine/query/frozen_query.h"
#include "engine/search/searcher.h"
#include "server/http/url.h"

namespace kyujin::bench {
namespace {

struct PercolateArguments {
  std::string index;
  uint64_t queries = 1'000'000;
  uint64_t postings = 2'000;
  uint64_t plain = 300;
  uint64_t seed = 1;
  std::string record;  // a store; empty: nothing is recorded
  uint64_t published = 40'000;
};

double Seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

// Memory of the whole process, what the allocator keeps for later included.
double ResidentMegabytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t mapped_pages = 0;
  uint64_t resident_pages = 0;
  statm >> mapped_pages >> resident_pages;
  return static_cast<double>(resident_pages) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

// One run over one index. Confined to one thread.
class Run {
 public:
  Run(const PercolateArguments& arguments,
      std::shared_ptr<const text::AnalyzerModel> model,
      std::shared_ptr<const index::Snapshot> snapshot,
      Date today)
      : arguments_(arguments),
        model_(std::move(model)),
        snapshot_(std::move(snapshot)),
        today_(today),
        analyzer_(model_),
        percolator_(model_) {}

  Status All() {
    KYUJIN_RETURN_IF_ERROR(Draw());
    KYUJIN_RETURN_IF_ERROR(ReadPostings());
    Load();
    Match();
    if (!arguments_.record.empty()) {
      KYUJIN_RETURN_IF_ERROR(RecordPublication(
          {percolator_, *snapshot_, today_}, arguments_.record, arguments_.published));
    }
    return Plain();
  }

 private:
  // The canonical queries, each once, as the store keeps them.
  Status Draw() {
    mix::QuerySampler sampler(*snapshot_, &analyzer_, arguments_.seed);
    // Percent. No more than 20 are to be equal; some freeze to the same that are not written so.
    constexpr uint32_t kMaxEqual = 18;
    KYUJIN_ASSIGN_OR_RETURN(const std::vector<mix::MixQuery> drawn,
                            sampler.LargeMix(arguments_.queries, kMaxEqual));
    std::unordered_set<std::string> known;
    for (const mix::MixQuery& query : drawn) {
      const std::string target = query.Target();
      const auto pairs = http::ParseQuery(target.substr(target.find('?') + 1));
      if (!pairs.has_value()) {
        return pairs.error();
      }
      const auto request = query::ParseSearchParameters(*pairs, &analyzer_);
      if (!request.has_request()) {
        return InvalidArgument(target + ": " + request.errors.front().reason);
      }
      const auto frozen = query::FreezeRequest(request.request);
      if (frozen.has_query() && known.insert(frozen.query.canonical).second) {
        canonical_.push_back(frozen.query.canonical);
      }
    }
    std::printf("queries %zu, different %zu\n", drawn.size(), canonical_.size());
    return {};
  }

  Status ReadPostings() {
    // Spread over the index, so that they are like those of a day.
    const uint64_t documents = snapshot_->segments().front()->documents();
    const uint64_t count = std::min<uint64_t>(arguments_.postings, documents);
    for (uint64_t i = 0; i < count; ++i) {
      KYUJIN_ASSIGN_OR_RETURN(
          schema::JobPosting posting,
          snapshot_->ReadPosting({0, static_cast<DocId>(i * documents / count)}));
      postings_.push_back(std::move(posting));
    }
    return {};
  }

  void Load() {
    constexpr size_t kSample = 256;
    std::vector<schema::JobPosting> sample;
    for (size_t i = 0; i < std::min(kSample, postings_.size()); ++i) {
      sample.push_back(postings_[i * postings_.size() / std::min(kSample, postings_.size())]);
    }
    const auto start = ThreadCpuTime();
    percolator_.Learn(sample, today_);
    percolator::QueryId id = 0;
    for (const std::string& canonical : canonical_) {
      KYUJIN_CHECK(percolator_.Add(++id, canonical).has_value());
    }
    percolator_.Settle();
    std::printf("loaded in %.1f s, %zu clauses, %.0f MB resident in all\n",
                Seconds(ThreadCpuTime() - start),
                percolator_.clauses(),
                ResidentMegabytes());
  }

  void Match() {
    const std::vector<uint64_t> found = MatchAll(percolator_, "per posting");
    std::printf("matches p50 %llu, p99 %llu\n",
                static_cast<unsigned long long>(load::Percentile(found, 0.50)),
                static_cast<unsigned long long>(load::Percentile(found, 0.99)));
    // Without queries what remains is reading the posting.
    static_cast<void>(MatchAll(*percolator_.MakeEmpty(), "of that, reading it"));
  }

  // Prints how long a posting takes; returns how many queries each matched, ascending.
  [[nodiscard]] std::vector<uint64_t> MatchAll(const percolator::Percolator& percolator,
                                               const char* what) const {
    percolator::PercolatorWorker worker = percolator.MakeWorker();
    std::vector<uint64_t> nanoseconds;
    std::vector<uint64_t> found;
    std::vector<percolator::QueryHandle> matches;
    for (const schema::JobPosting& posting : postings_) {
      matches.clear();
      const auto start = ThreadCpuTime();
      percolator.Match(posting, today_, &worker, &matches);
      const auto took = ThreadCpuTime() - start;
      nanoseconds.push_back(static_cast<uint64_t>(took.count()));
      found.push_back(matches.size());
    }
    std::sort(nanoseconds.begin(), nanoseconds.end());
    std::sort(found.begin(), found.end());
    const auto microseconds = [&](double share) {
      return static_cast<double>(load::Percentile(nanoseconds, share)) / 1e3;
    };
    std::printf("%s: p50 %.0f us, p90 %.0f us, p99 %.0f us, max %.0f us\n",
                what,
                microseconds(0.50),
                microseconds(0.90),
                microseconds(0.99),
                microseconds(1.0));
    return found;
  }

  // Each query run in turn, restricted to one posting.
  Status Plain() {
    search::Searcher searcher;
    search::WorkerState state;
    const search::SearchContext context{*snapshot_, state, today_};
    std::vector<query::SearchRequest> requests;
    for (size_t i = 0; i < arguments_.plain; ++i) {
      auto outcome =
          query::ParseFrozenQuery(canonical_[i * canonical_.size() / arguments_.plain], &analyzer_);
      outcome.request.filters.push_back(
          {schema::FilterGroup::kNone,
           query::NumberFilter{{postings_[i % postings_.size()].number.value()}}});
      outcome.request.limit = 0;
      requests.push_back(std::move(outcome.request));
    }
    double seconds = 0;
    // The first round fills the caches.
    for (int round = 0; round < 2; ++round) {
      const auto start = ThreadCpuTime();
      for (const query::SearchRequest& request : requests) {
        KYUJIN_ASSIGN_OR_RETURN(const search::SearchResult result,
                                searcher.Search(request, context));
        static_cast<void>(result);
      }
      seconds = Seconds(ThreadCpuTime() - start) / static_cast<double>(requests.size());
    }
    std::printf("plain: %.0f us a search, so %.1f s a posting\n",
                seconds * 1e6,
                seconds * static_cast<double>(canonical_.size()));
    return {};
  }

  const PercolateArguments& arguments_;
  const std::shared_ptr<const text::AnalyzerModel> model_;
  const std::shared_ptr<const index::Snapshot> snapshot_;
  const Date today_;
  text::Analyzer analyzer_;
  percolator::Percolator percolator_;
  std::vector<std::string> canonical_;
  std::vector<schema::JobPosting> postings_;
};

Status Percolate(const PercolateArguments& arguments) {
  KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const text::AnalyzerModel> model,
                          text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const index::Snapshot> snapshot,
                          index::Snapshot::Open(arguments.index, model->version()));
  KYUJIN_ASSIGN_OR_RETURN(const Date today, Date::Parse(snapshot->as_of().substr(0, 10)));
  if (snapshot->documents() == 0) {
    return InvalidArgument("the index is empty: " + arguments.index);
  }
  return Run(arguments, std::move(model), std::move(snapshot), today).All();
}

}  // namespace

void AddPercolateCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<PercolateArguments>();
  CLI::App* percolate = app->add_subcommand(
      "percolate", "match postings of an index against saved queries of the standard mix");
  percolate->add_option("--index", arguments->index, "index directory")->required();
  percolate->add_option("--queries", arguments->queries, "number of saved queries");
  percolate->add_option("--postings", arguments->postings, "number of postings");
  percolate->add_option("--plain", arguments->plain, "searches to time beside it")
      ->check(CLI::PositiveNumber);
  percolate->add_option("--record",
                        arguments->record,
                        "also match a publication and record it: a store of its own, as --store");
  percolate->add_option("--published", arguments->published, "number of postings in it");
  percolate->add_option("--seed", arguments->seed, "same seed and index, same queries");
  percolate->callback([arguments, chosen] {
    *chosen = [arguments] {
      const Status status = Percolate(*arguments);
      if (!status.has_value()) {
        std::fprintf(stderr, "kyujin-bench: %s\n", status.error().message.c_str());
      }
      return status.has_value() ? kDone : kFailed;
    };
  });
}

}  // namespace kyujin::bench

#include "tests/testing/oracle.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/schema/place_resolver.h"
#include "engine/schema/posting_deriver.h"
#include "tests/testing/oracle_facets.h"
#include "tests/testing/oracle_filters.h"

namespace kyujin::test {
namespace {

using schema::JobPosting;

std::string EffectiveSort(const OracleRequest& request) {
  const std::string otherwise = request.HasScoringWords() ? "relevance" : "new";
  const std::string sort = request.Value("sort", otherwise);
  return sort == "relevance" ? otherwise : sort;
}

// What a posting is sorted by: smaller goes first, nothing goes last.
using Key = std::optional<std::array<int64_t, 2>>;

Key WageKey(const JobPosting& job, const std::string& sort, const OracleRequest& request) {
  constexpr std::array<std::string_view, 5> kTypes{"monthly", "yearly", "daily", "hourly", "other"};
  const auto wage = WageUnder(job, request.Value("wage_basis", "fixed_allowances"));
  const auto type = std::find(kTypes.begin(), kTypes.end(), WageTypeCode(job));
  if (!wage || type == kTypes.end()) {
    return std::nullopt;
  }
  return {
      {type - kTypes.begin(), -static_cast<int64_t>(sort == "wage_min" ? wage->min : wage->max)}};
}

Key SortKey(const JobPosting& job, const std::string& sort, const OracleRequest& request) {
  if (sort == "deadline") {
    return job.deadline ? Key({job.deadline->days(), 0}) : std::nullopt;
  }
  if (sort == "holidays") {
    return job.annual_holidays ? Key({-int64_t{*job.annual_holidays}, 0}) : std::nullopt;
  }
  if (sort == "distance") {
    const auto km = DistanceFrom(job, request);
    return km ? Key({std::llround(*km * 1e6), 0}) : std::nullopt;
  }
  if (sort == "new") {
    return job.received ? Key({-int64_t{job.received->days()}, 0}) : std::nullopt;
  }
  return WageKey(job, sort, request);
}

struct Ranked {
  Key key;
  schema::PostingNumber number;
  int64_t score = 0;
};

// What a posting has for being new: 64 steps of 1/128 on the day of the feed, one fewer each day
// before.
int64_t Recency(const JobPosting& job, Date as_of) {
  if (!job.received) {
    return 0;
  }
  const int64_t age = std::max(0, int{as_of.days()} - int{job.received->days()});
  return std::max<int64_t>(0, 64 - age) * 512;
}

bool GoesBefore(const Ranked& a, const Ranked& b) {
  if (a.key.has_value() != b.key.has_value()) {
    return a.key.has_value();
  }
  return a.key != b.key ? *a.key < *b.key : a.number < b.number;
}

}  // namespace

Oracle::Oracle(const std::vector<RandomRecord>& records,
               Date today,
               Date as_of,
               const std::shared_ptr<const text::AnalyzerModel>& model,
               const schema::PositionTable& positions)
    : today_(today), as_of_(as_of), words_(model) {
  const schema::PlaceResolver places;
  const schema::PostingDeriver deriver(places, positions);
  std::map<schema::PostingNumber, JobPosting> newest;
  for (const RandomRecord& record : records) {
    schema::FeedRecord feed;
    for (const auto& [tag, text] : record.values) {
      feed.Set(tag, text);
    }
    JobPosting job;
    schema::Rejection rejection;
    KYUJIN_CHECK(deriver.Derive(std::move(feed), &job, &rejection));
    const auto known = newest.find(job.number);
    if (known == newest.end() || known->second.received < job.received) {
      newest[job.number] = std::move(job);
    }
  }
  for (auto& [number, job] : newest) {
    words_.Add(job);
    jobs_.push_back(std::move(job));
  }
}

OracleAnswer Oracle::Search(const OracleRequest& request) {
  OracleAnswer answer;
  answer.sort = EffectiveSort(request);
  const WordVerdicts words = words_.Judge(request);
  std::vector<JudgedJob> judged;
  std::vector<Ranked> ranked;
  for (size_t i = 0; i < jobs_.size(); ++i) {
    const JobPosting& job = jobs_[i];
    if (!words.passes[i] || (job.deadline && *job.deadline < today_)) {
      continue;
    }
    judged.push_back({&job, FailedFilters(job, request, today_)});
    if (!judged.back().failed.empty()) {
      continue;
    }
    ++answer.total;
    answer.total_positions += job.positions.value_or(1);
    const int64_t score = words.scores[i] + Recency(job, as_of_);
    ranked.push_back(
        {answer.sort == "relevance" ? Key({-score, 0}) : SortKey(job, answer.sort, request),
         job.number,
         score});
  }
  std::sort(ranked.begin(), ranked.end(), GoesBefore);
  for (const Ranked& hit : ranked) {
    answer.hits.push_back({hit.number.ToString(), answer.sort == "relevance" ? hit.score : 0});
  }
  answer.facets = CountFacets(judged, request, today_);
  return answer;
}

}  // namespace kyujin::test

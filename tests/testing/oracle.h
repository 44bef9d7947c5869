// Oracle: what a search must answer, found in the plainest way: derive every posting, look at every
// posting for every request, sort all that pass, count. Written from the wire contract; shares no
// code with the query parser, the index and the search engine.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/schema/job_posting.h"
#include "engine/schema/position.h"
#include "tests/testing/oracle_request.h"
#include "tests/testing/oracle_words.h"
#include "tests/testing/random_feed.h"

namespace kyujin::test {

struct OracleHit {
  std::string number;
  int64_t score = 0;  // in 65536ths
  friend bool operator==(const OracleHit&, const OracleHit&) = default;
};

struct OracleCount {
  std::string code;
  uint64_t count = 0;
  bool selected = false;
  bool excluded = false;
  friend bool operator==(const OracleCount&, const OracleCount&) = default;
};

using OracleFacets = std::map<std::string, std::vector<OracleCount>, std::less<>>;

struct OracleAnswer {
  uint64_t total = 0;
  uint64_t total_positions = 0;
  std::string sort;
  std::vector<OracleHit> hits;  // all of them, in order
  OracleFacets facets;
};

// Confined to one thread.
class Oracle {
 public:
  // `positions` are those of --places, `as_of` is the day of the feed. Of records with one number
  // the one with the newest 受付年月日 counts.
  Oracle(const std::vector<RandomRecord>& records,
         Date today,
         Date as_of,
         const std::shared_ptr<const text::AnalyzerModel>& model,
         const schema::PositionTable& positions = {});

  [[nodiscard]] size_t documents() const { return jobs_.size(); }
  [[nodiscard]] const schema::JobPosting& job(size_t index) const { return jobs_[index]; }

  OracleAnswer Search(const OracleRequest& request);

  // Says whether `text` has words at all.
  bool HasWords(std::string_view text) { return words_.HasWords(text); }

 private:
  Date today_;
  Date as_of_;
  std::vector<schema::JobPosting> jobs_;
  OracleWords words_;
};

}  // namespace kyujin::test

// MatchRecorder: writes what one publication matched: first all rows, in transactions small enough
// that others can write in between, then the mark by which readers see them, all at once. Whatever
// ends it before the mark, the next try finds the rows and goes on.
#pragma once

#include <functional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "server/store/sql_connection.h"
#include "server/store/store_rows.h"

namespace kyujin::store {

// Holds references, all of which must outlive it. Thread rule: **Confined to one thread.**
class MatchRecorder {
 public:
  // Runs its argument in a transaction of its own.
  using Transaction = std::function<Status(const std::function<Status(SqlConnection&)>&)>;

  MatchRecorder(const Publication& publication, Transaction transaction)
      : publication_(publication), transaction_(std::move(transaction)) {}

  Result<RecordOutcome> Record(std::span<const QueryMatches> matches, int64_t now_ms);

 private:
  // A posting in the same version that an earlier publication had.
  struct Earlier {
    int64_t publication = 0;
    uint32_t place = 0;
  };

  Result<bool> IsRecorded(SqlConnection& connection) const;
  Status FindOrMakeId(SqlConnection& connection);
  Status StagePostings();
  Status StageSomePostings(SqlConnection& connection, size_t begin, size_t end) const;
  Status FindEarlier(SqlConnection& connection);
  Status StageMatches(std::span<const QueryMatches> matches);
  Status StageSome(SqlConnection& connection, std::span<const QueryMatches* const> matches);
  // `places` without those that the query matched before.
  Result<std::vector<uint32_t>> WithoutEarlier(SqlConnection& connection,
                                               const QueryMatches& matches) const;
  Result<bool> HasMatched(SqlConnection& connection, int64_t canonical_id, uint32_t place) const;
  Result<RecordOutcome> Mark(SqlConnection& connection, int64_t now_ms) const;

  const Publication& publication_;
  const Transaction transaction_;
  int64_t id_ = 0;
  std::unordered_map<uint32_t, std::vector<Earlier>> earlier_;
};

}  // namespace kyujin::store

#include "server/store/alert_reader.h"
#include "server/store/match_recorder.h"
#include "server/store/sql_rows.h"
#include "server/store/sql_store.h"

namespace kyujin::store {
namespace {

constexpr int64_t kQueriesAtOnce = 2'000;

constexpr std::string_view kSequence = "SELECT value FROM counters WHERE name = 'sequence'";
constexpr std::string_view kWatched =
    "SELECT id, canonical FROM canonical_queries WHERE id > $1 AND watchers > 0 "
    "ORDER BY id LIMIT $2";
constexpr std::string_view kChanges =
    "SELECT changed, id, watchers, canonical FROM canonical_queries WHERE changed > $1 "
    "ORDER BY changed, id LIMIT $2";
constexpr std::string_view kPercolated =
    "SELECT generation FROM publications WHERE index_id = $1 AND sequence IS NOT NULL "
    "ORDER BY generation DESC LIMIT 1";
constexpr std::string_view kLastWithAlerts =
    "SELECT sequence FROM publications g WHERE sequence IS NOT NULL AND EXISTS "
    "(SELECT 1 FROM query_matches WHERE publication = g.id) ORDER BY sequence DESC LIMIT 1";
// The newest of an index stays: it says how far its generations are recorded.
constexpr std::string_view kForgettable =
    "SELECT id FROM publications g WHERE recorded < $1 AND generation < "
    "(SELECT max(generation) FROM publications WHERE index_id = g.index_id "
    "AND sequence IS NOT NULL) ORDER BY sequence LIMIT 2";
constexpr std::array kForgetPublication = {
    std::string_view("DELETE FROM query_matches WHERE publication = $1"),
    std::string_view("DELETE FROM published_postings WHERE publication = $1"),
    std::string_view("DELETE FROM publications WHERE id = $1"),
};
constexpr std::string_view kForgetTombstones =
    "DELETE FROM canonical_queries WHERE digest IS NULL AND created < $1";

}  // namespace

Result<int64_t> SqlStore::EachCanonicalQuery(const QueryVisitor& visitor) {
  return Read([&](SqlConnection& connection) -> Result<int64_t> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows sequence, connection.Run(kSequence));
    int64_t after = 0;
    while (true) {
      KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kWatched, after, kQueriesAtOnce));
      for (size_t row = 0; row < rows.size(); ++row) {
        KYUJIN_RETURN_IF_ERROR(visitor({rows.Int(row, 0), rows.Text(row, 1)}));
      }
      if (rows.empty()) {
        return sequence.Int(0, 0);
      }
      after = rows.Int(rows.size() - 1, 0);
    }
  });
}

Result<std::vector<CanonicalChange>> SqlStore::CanonicalChanges(int64_t since, size_t limit) {
  return Read([&](SqlConnection& connection) -> Result<std::vector<CanonicalChange>> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                            connection.Run(kChanges, since, static_cast<int64_t>(limit)));
    std::vector<CanonicalChange> changes;
    for (size_t row = 0; row < rows.size(); ++row) {
      CanonicalChange change{rows.Int(row, 0), rows.Int(row, 1), rows.Int(row, 2) > 0, {}};
      if (change.is_watched) {
        change.canonical = rows.Text(row, 3);
      }
      changes.push_back(std::move(change));
    }
    return changes;
  });
}

Result<std::optional<uint64_t>> SqlStore::PercolatedGeneration(uint64_t index_id) {
  return Read([&](SqlConnection& connection) -> Result<std::optional<uint64_t>> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kPercolated, ToSigned(index_id)));
    return rows.empty() ? std::nullopt : std::optional(ToUnsigned(rows.Int(0, 0)));
  });
}

Result<RecordOutcome> SqlStore::RecordMatches(const Publication& publication,
                                              std::span<const QueryMatches> matches) {
  MatchRecorder recorder(publication, [this](const auto& body) { return Write(body); });
  return recorder.Record(matches, NowMs());
}

Result<int64_t> SqlStore::LastPublication() {
  return Read([&](SqlConnection& connection) -> Result<int64_t> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kLastWithAlerts));
    return rows.empty() ? 0 : rows.Int(0, 0);
  });
}

Result<AlertPage> SqlStore::Alerts(std::string_view user, const AlertCursor& since, size_t limit) {
  return Read([&](SqlConnection& connection) {
    return AlertReader(connection, user).Read(since, limit, NowMs());
  });
}

Result<bool> SqlStore::ForgetAlerts(Time before) {
  return Write([&](SqlConnection& connection) -> Result<bool> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kForgettable, ToMs(before)));
    if (!rows.empty()) {
      for (const std::string_view sql : kForgetPublication) {
        KYUJIN_RETURN_IF_ERROR(connection.Run(sql, rows.Int(0, 0)));
      }
    }
    KYUJIN_RETURN_IF_ERROR(connection.Run(kForgetTombstones, ToMs(before)));
    return rows.size() > 1;
  });
}

}  // namespace kyujin::store

#include "server/store/match_recorder.h"

#include <algorithm>
#include <string>

#include "server/store/bulk_insert.h"
#include "server/store/place_list.h"
#include "server/store/sql_rows.h"

namespace kyujin::store {
namespace {

// What a transaction writes before it lets others write.
constexpr size_t kRowsPerTransaction = 20'000;

constexpr std::string_view kIsRecorded =
    "SELECT id FROM publications WHERE index_id = $1 AND generation >= $2 "
    "AND sequence IS NOT NULL LIMIT 1";
constexpr std::string_view kAddPublication =
    "INSERT INTO publications (id, index_id, generation) VALUES ($1, $2, $3) "
    "ON CONFLICT (index_id, generation) DO NOTHING";
constexpr std::string_view kFindPublication =
    "SELECT id FROM publications WHERE index_id = $1 AND generation = $2";
constexpr std::string_view kFindEarlier =
    "SELECT n.place, o.publication, o.place FROM published_postings n "
    "JOIN published_postings o ON o.number = n.number AND o.version = n.version "
    "AND o.publication <> n.publication "
    "JOIN publications p ON p.id = o.publication AND p.sequence IS NOT NULL "
    "WHERE n.publication = $1";
constexpr std::string_view kFindMatches =
    "SELECT places FROM query_matches WHERE publication = $1 AND canonical_id = $2";
constexpr std::string_view kNewestWatched =
    "SELECT coalesce(max(changed), 0) FROM canonical_queries WHERE watchers > 0";
constexpr std::string_view kMark =
    "UPDATE publications SET sequence = $2, recorded = "
    "CASE WHEN $3 > (SELECT coalesce(max(recorded), 0) FROM publications) THEN $3 "
    "ELSE (SELECT coalesce(max(recorded), 0) FROM publications) END WHERE id = $1";

}  // namespace

Result<RecordOutcome> MatchRecorder::Record(std::span<const QueryMatches> matches, int64_t now_ms) {
  RecordOutcome outcome = RecordOutcome::kAlreadyRecorded;
  bool is_recorded = false;
  KYUJIN_RETURN_IF_ERROR(transaction_([&](SqlConnection& connection) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(is_recorded, IsRecorded(connection));
    return is_recorded ? Status() : FindOrMakeId(connection);
  }));
  if (is_recorded) {
    return outcome;
  }
  if (!matches.empty()) {
    KYUJIN_RETURN_IF_ERROR(StagePostings());
    KYUJIN_RETURN_IF_ERROR(
        transaction_([&](SqlConnection& connection) -> Status { return FindEarlier(connection); }));
    KYUJIN_RETURN_IF_ERROR(StageMatches(matches));
  }
  KYUJIN_RETURN_IF_ERROR(transaction_([&](SqlConnection& connection) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(outcome, Mark(connection, now_ms));
    return {};
  }));
  return outcome;
}

Result<bool> MatchRecorder::IsRecorded(SqlConnection& connection) const {
  KYUJIN_ASSIGN_OR_RETURN(
      const SqlRows rows,
      connection.Run(
          kIsRecorded, ToSigned(publication_.index_id), ToSigned(publication_.generation)));
  return !rows.empty();
}

Status MatchRecorder::FindOrMakeId(SqlConnection& connection) {
  KYUJIN_ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(connection));
  const int64_t index_id = ToSigned(publication_.index_id);
  const int64_t generation = ToSigned(publication_.generation);
  KYUJIN_RETURN_IF_ERROR(connection.Run(kAddPublication, sequence, index_id, generation));
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                          connection.Run(kFindPublication, index_id, generation));
  if (rows.empty()) {
    return Internal("a publication is missing right after it was made");
  }
  id_ = rows.Int(0, 0);
  return {};
}

Status MatchRecorder::StagePostings() {
  const size_t all = publication_.postings.size();
  for (size_t begin = 0; begin < all; begin += kRowsPerTransaction) {
    const size_t end = std::min(begin + kRowsPerTransaction, all);
    KYUJIN_RETURN_IF_ERROR(transaction_([&](SqlConnection& connection) -> Status {
      return StageSomePostings(connection, begin, end);
    }));
  }
  return {};
}

Status MatchRecorder::StageSomePostings(SqlConnection& connection, size_t begin, size_t end) const {
  BulkInsert rows(&connection, "published_postings (publication, place, number, version)", 4);
  for (size_t place = begin; place < end; ++place) {
    const PublishedPosting& posting = publication_.postings[place];
    KYUJIN_RETURN_IF_ERROR(rows.Add(
        {id_, static_cast<int64_t>(place), ToSigned(posting.number), ToSigned(posting.version)}));
  }
  return rows.Finish();
}

Status MatchRecorder::FindEarlier(SqlConnection& connection) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kFindEarlier, id_));
  for (size_t row = 0; row < rows.size(); ++row) {
    earlier_[static_cast<uint32_t>(rows.Int(row, 0))].push_back(
        {rows.Int(row, 1), static_cast<uint32_t>(rows.Int(row, 2))});
  }
  return {};
}

Status MatchRecorder::StageMatches(std::span<const QueryMatches> matches) {
  // Two servers that record the same lock rows in the same order, and append to the same end.
  std::vector<const QueryMatches*> ordered;
  ordered.reserve(matches.size());
  for (const QueryMatches& one : matches) {
    ordered.push_back(&one);
  }
  std::sort(ordered.begin(), ordered.end(), [](const QueryMatches* a, const QueryMatches* b) {
    return a->canonical_id < b->canonical_id;
  });
  const std::span<const QueryMatches* const> all(ordered);
  for (size_t begin = 0; begin < all.size(); begin += kRowsPerTransaction) {
    const auto some = all.subspan(begin, std::min(kRowsPerTransaction, all.size() - begin));
    KYUJIN_RETURN_IF_ERROR(transaction_(
        [&](SqlConnection& connection) -> Status { return StageSome(connection, some); }));
  }
  return {};
}

Status MatchRecorder::StageSome(SqlConnection& connection,
                                std::span<const QueryMatches* const> matches) {
  BulkInsert rows(&connection, "query_matches (publication, canonical_id, count, places)", 4);
  for (const QueryMatches* one : matches) {
    const bool is_summary = one->postings.empty();
    KYUJIN_CHECK(one->count > 0 && (is_summary || one->count == one->postings.size()));
    KYUJIN_CHECK(is_summary || one->postings.back() < publication_.postings.size());
    KYUJIN_ASSIGN_OR_RETURN(const std::vector<uint32_t> places, WithoutEarlier(connection, *one));
    if (!is_summary && places.empty()) {
      continue;
    }
    const uint64_t count = is_summary ? one->count : places.size();
    const std::string bytes = EncodePlaces(places);
    KYUJIN_RETURN_IF_ERROR(rows.Add({id_, one->canonical_id, ToSigned(count), SqlBytes{bytes}}));
  }
  return rows.Finish();
}

Result<std::vector<uint32_t>> MatchRecorder::WithoutEarlier(SqlConnection& connection,
                                                            const QueryMatches& matches) const {
  std::vector<uint32_t> places;
  for (const uint32_t place : matches.postings) {
    KYUJIN_ASSIGN_OR_RETURN(const bool has_matched,
                            HasMatched(connection, matches.canonical_id, place));
    if (!has_matched) {
      places.push_back(place);
    }
  }
  return places;
}

Result<bool> MatchRecorder::HasMatched(SqlConnection& connection,
                                       int64_t canonical_id,
                                       uint32_t place) const {
  const auto found = earlier_.find(place);
  if (found == earlier_.end()) {
    return false;
  }
  for (const Earlier& earlier : found->second) {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                            connection.Run(kFindMatches, earlier.publication, canonical_id));
    if (rows.empty()) {
      continue;
    }
    KYUJIN_ASSIGN_OR_RETURN(const std::vector<uint32_t> places, DecodePlaces(rows.Text(0, 0)));
    // The same query, posting and version: it was among those that a summary counted.
    if (places.empty() || std::binary_search(places.begin(), places.end(), earlier.place)) {
      return true;
    }
  }
  return false;
}

Result<RecordOutcome> MatchRecorder::Mark(SqlConnection& connection, int64_t now_ms) const {
  // First: from here on nobody saves a query until this transaction ends.
  KYUJIN_ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(connection));
  KYUJIN_ASSIGN_OR_RETURN(const bool is_recorded, IsRecorded(connection));
  if (is_recorded) {
    return RecordOutcome::kAlreadyRecorded;
  }
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows newest, connection.Run(kNewestWatched));
  if (newest.Int(0, 0) > publication_.known_changes) {
    return RecordOutcome::kStale;
  }
  KYUJIN_RETURN_IF_ERROR(connection.Run(kMark, id_, sequence, now_ms));
  return RecordOutcome::kRecorded;
}

}  // namespace kyujin::store

#include "server/store/saved_query_rows.h"

#include "server/store/sql_rows.h"

namespace kyujin::store {
namespace {

constexpr std::string_view kSavedOfUser =
    "SELECT s.id, s.name, s.canonical_id, c.canonical, s.typed, s.notify, s.is_paused, "
    "s.seen_index, s.seen_generation, s.created "
    "FROM saved_queries s JOIN canonical_queries c ON c.id = s.canonical_id "
    "WHERE s.user_id = $1 ORDER BY s.id";
constexpr std::string_view kOneSaved =
    "SELECT s.id, s.name, s.canonical_id, c.canonical, s.typed, s.notify, s.is_paused, "
    "s.seen_index, s.seen_generation, s.created "
    "FROM saved_queries s JOIN canonical_queries c ON c.id = s.canonical_id "
    "WHERE s.user_id = $1 AND s.id = $2";
constexpr std::string_view kBeginPeriod =
    "INSERT INTO notify_periods (saved_query, from_sequence, notify) VALUES ($1, $2, $3)";
constexpr std::string_view kEndPeriod =
    "UPDATE notify_periods SET to_sequence = $2 WHERE saved_query = $1 AND to_sequence IS NULL";
constexpr std::string_view kWatch =
    "UPDATE canonical_queries SET watchers = watchers + 1, "
    "changed = CASE WHEN watchers = 0 THEN $2 ELSE changed END WHERE id = $1";
constexpr std::string_view kUnwatch =
    "UPDATE canonical_queries SET watchers = watchers - 1, "
    "changed = CASE WHEN watchers = 1 THEN $2 ELSE changed END WHERE id = $1";
constexpr std::string_view kRemoveSaved = "DELETE FROM saved_queries WHERE id = $1";
constexpr std::string_view kForgetCanonical =
    "UPDATE canonical_queries SET digest = NULL, canonical = '', created = $3, changed = $2 "
    "WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM saved_queries WHERE canonical_id = $1)";

Result<SavedQuery> ReadRow(const SqlRows& rows, size_t row) {
  SavedQuery saved;
  saved.id = rows.Int(row, 0);
  saved.name = rows.Text(row, 1);
  saved.canonical_id = rows.Int(row, 2);
  saved.canonical = rows.Text(row, 3);
  saved.typed = rows.Text(row, 4);
  const auto notify = NotifyOf(rows.Text(row, 5));
  if (!notify) {
    return Corruption("the store has a saved query that notifies in an unknown way");
  }
  saved.notify = *notify;
  saved.is_paused = rows.Int(row, 6) != 0;
  saved.seen = {ToUnsigned(rows.Int(row, 7)), ToUnsigned(rows.Int(row, 8))};
  saved.created = FromMs(rows.Int(row, 9));
  return saved;
}

}  // namespace

Result<std::vector<SavedQuery>> ReadSavedQueries(SqlConnection& connection, std::string_view user) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kSavedOfUser, user));
  std::vector<SavedQuery> all;
  for (size_t row = 0; row < rows.size(); ++row) {
    KYUJIN_ASSIGN_OR_RETURN(SavedQuery saved, ReadRow(rows, row));
    all.push_back(std::move(saved));
  }
  return all;
}

Result<SavedQuery> ReadSavedQuery(SqlConnection& connection, std::string_view user, int64_t id) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kOneSaved, user, id));
  if (rows.empty()) {
    return NotFound("there is no saved query " + std::to_string(id));
  }
  return ReadRow(rows, 0);
}

Status SwitchOn(SqlConnection& connection, const SavedQuery& saved, int64_t sequence) {
  KYUJIN_RETURN_IF_ERROR(
      connection.Run(kBeginPeriod, saved.id, sequence, NotifyName(saved.notify)));
  KYUJIN_RETURN_IF_ERROR(connection.Run(kWatch, saved.canonical_id, sequence));
  return {};
}

Status SwitchOff(SqlConnection& connection, const SavedQuery& saved, int64_t sequence) {
  KYUJIN_RETURN_IF_ERROR(connection.Run(kEndPeriod, saved.id, sequence));
  KYUJIN_RETURN_IF_ERROR(connection.Run(kUnwatch, saved.canonical_id, sequence));
  return {};
}

Status RemoveSavedQuery(SqlConnection& connection, const SavedQuery& saved, const Moment& moment) {
  if (IsOn(saved)) {
    KYUJIN_RETURN_IF_ERROR(SwitchOff(connection, saved, moment.sequence));
  }
  KYUJIN_RETURN_IF_ERROR(connection.Run(kRemoveSaved, saved.id));
  KYUJIN_RETURN_IF_ERROR(
      connection.Run(kForgetCanonical, saved.canonical_id, moment.sequence, moment.now_ms));
  return {};
}

}  // namespace kyujin::store

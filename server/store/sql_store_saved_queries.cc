#include "server/store/saved_query_rows.h"
#include "server/store/sql_rows.h"
#include "server/store/sql_store.h"
#include "server/store/token_text.h"

namespace kyujin::store {
namespace {

constexpr std::chrono::hours kKeyLifetime{24};

constexpr std::string_view kFindKey =
    "SELECT request, answer FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND created > $3";
constexpr std::string_view kForgetKeys = "DELETE FROM idempotency_keys WHERE created <= $1";
constexpr std::string_view kAddKey =
    "INSERT INTO idempotency_keys (user_id, key, request, answer, created) "
    "VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view kCountSaved = "SELECT count(*) FROM saved_queries WHERE user_id = $1";
constexpr std::string_view kAddCanonical =
    "INSERT INTO canonical_queries (id, digest, canonical, created, watchers, changed) "
    "VALUES ($1, $2, $3, $4, 0, $1) ON CONFLICT (digest) DO NOTHING";
constexpr std::string_view kFindCanonical = "SELECT id FROM canonical_queries WHERE digest = $1";
constexpr std::string_view kAddSaved =
    "INSERT INTO saved_queries (id, user_id, name, canonical_id, typed, notify, is_paused, "
    "seen_index, seen_generation, created) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9)";
constexpr std::string_view kChangeSaved =
    "UPDATE saved_queries SET name = $2, notify = $3, is_paused = $4 WHERE id = $1";
constexpr std::string_view kMarkSeen =
    "UPDATE saved_queries SET seen_index = $3, seen_generation = $4 "
    "WHERE user_id = $1 AND id = $2";

// The answer of an earlier call with this key, if there was one.
Result<std::optional<std::string>> EarlierAnswer(SqlConnection& connection,
                                                 std::string_view user,
                                                 const IdempotencyKey& key,
                                                 int64_t oldest_ms) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                          connection.Run(kFindKey, user, std::string_view(key.key), oldest_ms));
  if (rows.empty()) {
    return std::optional<std::string>();
  }
  if (rows.Text(0, 0) != BytesOf(key.request).bytes) {
    return InvalidArgument("the Idempotency-Key was used with another request");
  }
  return std::optional(std::string(rows.Text(0, 1)));
}

Status CheckLimit(SqlConnection& connection, std::string_view user, uint32_t limit) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kCountSaved, user));
  if (rows.Int(0, 0) >= limit) {
    return ResourceExhausted("no more than " + std::to_string(limit) + " saved queries");
  }
  return {};
}

// Inserts the rows of `saved`, whose id is the sequence number of this transaction.
Status Insert(SqlConnection& connection, std::string_view user, SavedQuery* saved) {
  const Digest digest = DigestOf(saved->canonical);
  const int64_t now = ToMs(saved->created);
  KYUJIN_RETURN_IF_ERROR(connection.Run(
      kAddCanonical, saved->id, BytesOf(digest), std::string_view(saved->canonical), now));
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows canonical, connection.Run(kFindCanonical, BytesOf(digest)));
  if (canonical.empty()) {
    return Internal("a canonical query is missing right after it was made");
  }
  saved->canonical_id = canonical.Int(0, 0);
  KYUJIN_RETURN_IF_ERROR(connection.Run(kAddSaved,
                                        saved->id,
                                        user,
                                        std::string_view(saved->name),
                                        saved->canonical_id,
                                        std::string_view(saved->typed),
                                        NotifyName(saved->notify),
                                        ToSigned(saved->seen.index_id),
                                        ToSigned(saved->seen.generation),
                                        now));
  return IsOn(*saved) ? SwitchOn(connection, *saved, saved->id) : Status();
}

}  // namespace

Result<std::string> SqlStore::CreateSavedQuery(const Actor& actor,
                                               const NewSavedQuery& query,
                                               const std::optional<IdempotencyKey>& key,
                                               const AnswerWriter& answer) {
  const std::string_view user = actor.user;
  return Write([&](SqlConnection& connection) -> Result<std::string> {
    KYUJIN_ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(connection));
    const Time now = FromMs(NowMs());
    const int64_t oldest_key = ToMs(now - kKeyLifetime);
    if (key) {
      KYUJIN_ASSIGN_OR_RETURN(std::optional<std::string> earlier,
                              EarlierAnswer(connection, user, *key, oldest_key));
      if (earlier) {
        return *std::move(earlier);
      }
    }
    KYUJIN_RETURN_IF_ERROR(CheckLimit(connection, user, query.max_per_user));
    SavedQuery saved;
    saved.id = sequence;
    saved.name = query.name;
    saved.canonical = query.canonical;
    saved.typed = query.typed;
    saved.notify = query.notify;
    saved.seen = query.seen;
    saved.created = now;
    KYUJIN_RETURN_IF_ERROR(Insert(connection, user, &saved));
    std::string body = answer(saved);
    if (key) {
      KYUJIN_RETURN_IF_ERROR(connection.Run(kForgetKeys, oldest_key));
      KYUJIN_RETURN_IF_ERROR(connection.Run(kAddKey,
                                            user,
                                            std::string_view(key->key),
                                            BytesOf(key->request),
                                            std::string_view(body),
                                            ToMs(now)));
    }
    KYUJIN_RETURN_IF_ERROR(
        AddAudit(connection, {sequence, now, actor.token, "saved_query_created", saved.id}));
    return body;
  });
}

Result<std::vector<SavedQuery>> SqlStore::SavedQueries(std::string_view user) {
  return Read([&](SqlConnection& connection) { return ReadSavedQueries(connection, user); });
}

Result<SavedQuery> SqlStore::FindSavedQuery(std::string_view user, int64_t id) {
  return Read([&](SqlConnection& connection) { return ReadSavedQuery(connection, user, id); });
}

Result<SavedQuery> SqlStore::ChangeSavedQuery(const Actor& actor,
                                              int64_t id,
                                              const SavedQueryChange& change) {
  return Write([&](SqlConnection& connection) -> Result<SavedQuery> {
    KYUJIN_ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(connection));
    KYUJIN_ASSIGN_OR_RETURN(const SavedQuery before, ReadSavedQuery(connection, actor.user, id));
    SavedQuery after = before;
    after.name = change.name.value_or(before.name);
    after.notify = change.notify.value_or(before.notify);
    after.is_paused = change.is_paused.value_or(before.is_paused);
    KYUJIN_RETURN_IF_ERROR(connection.Run(kChangeSaved,
                                          id,
                                          std::string_view(after.name),
                                          NotifyName(after.notify),
                                          int64_t{after.is_paused ? 1 : 0}));
    const bool stays_as_it_is =
        IsOn(before) == IsOn(after) && (!IsOn(after) || before.notify == after.notify);
    if (!stays_as_it_is && IsOn(before)) {
      KYUJIN_RETURN_IF_ERROR(SwitchOff(connection, before, sequence));
    }
    if (!stays_as_it_is && IsOn(after)) {
      KYUJIN_RETURN_IF_ERROR(SwitchOn(connection, after, sequence));
    }
    KYUJIN_RETURN_IF_ERROR(
        AddAudit(connection, {sequence, clock_.Now(), actor.token, "saved_query_changed", id}));
    return after;
  });
}

Status SqlStore::DeleteSavedQuery(const Actor& actor, int64_t id) {
  return Write([&](SqlConnection& connection) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(connection));
    KYUJIN_ASSIGN_OR_RETURN(const SavedQuery saved, ReadSavedQuery(connection, actor.user, id));
    KYUJIN_RETURN_IF_ERROR(RemoveSavedQuery(connection, saved, {sequence, NowMs()}));
    return AddAudit(connection, {sequence, clock_.Now(), actor.token, "saved_query_deleted", id});
  });
}

Status SqlStore::MarkSeen(std::string_view user, int64_t id, const SeenMark& seen) {
  return Write([&](SqlConnection& connection) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(
        const SqlRows rows,
        connection.Run(kMarkSeen, user, id, ToSigned(seen.index_id), ToSigned(seen.generation)));
    if (rows.changed == 0) {
      return NotFound("there is no saved query " + std::to_string(id));
    }
    return {};
  });
}

}  // namespace kyujin::store

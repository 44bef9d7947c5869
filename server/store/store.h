// Store: people's data behind one interface: tokens, saved queries, favourites, alerts, the audit
// log. SQLite or PostgreSQL stand behind it (open_store.h). Every call that changes something is
// one transaction, and durable when it returns.
//
// Calls wait for a disk or a server: they belong on workers, never on I/O threads. Errors of every
// call: kUnavailable when the database cannot be reached or is locked for too long, kInternal,
// kCorruption; their messages name no value that was stored.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "server/store/store_rows.h"

namespace kyujin::store {

// Thread rule: **Thread-safe.**
class Store {
 public:
  // Writes the body of the answer to the call that made `saved`.
  using AnswerWriter = std::function<std::string(const SavedQuery& saved)>;
  // Is given each canonical query; an error ends the visit and is returned.
  using QueryVisitor = std::function<Status(const CanonicalQuery& query)>;

  Store() = default;
  virtual ~Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  Store(Store&&) = delete;
  Store& operator=(Store&&) = delete;

  // --- Access

  // Keeps a token by its digest; returns its id.
  virtual Result<int64_t> AddToken(const Digest& digest, std::string_view user, Role role) = 0;
  // Returns the token unless it is unknown or revoked. Asks the database each time, so that a
  // revocation holds at once.
  virtual Result<std::optional<Token>> FindToken(const Digest& digest) = 0;
  // All tokens, revoked ones too, by id.
  virtual Result<std::vector<Token>> Tokens() = 0;
  // Errors: kNotFound. Revoking again changes nothing.
  virtual Status RevokeToken(int64_t id) = 0;
  // The audit log after entry `after`, oldest first.
  virtual Result<std::vector<AuditEntry>> Audit(int64_t after, size_t limit) = 0;
  // Removes the entries from before `time`, the only ones that the database lets go, a bounded
  // number of them a call; returns whether there are more.
  virtual Result<bool> ForgetAudit(Time before) = 0;

  // --- Saved queries: each call sees those of one user only. Errors of those that name one:
  // kNotFound, also when it is another user's.

  // Makes a saved query and returns what `answer` wrote about it. With a key that the user used
  // before (within 24 hours), returns the answer of then and makes nothing. Errors:
  // kResourceExhausted above max_per_user; kInvalidArgument when the key came with another request.
  virtual Result<std::string> CreateSavedQuery(const Actor& actor,
                                               const NewSavedQuery& query,
                                               const std::optional<IdempotencyKey>& key,
                                               const AnswerWriter& answer) = 0;
  // Oldest first.
  virtual Result<std::vector<SavedQuery>> SavedQueries(std::string_view user) = 0;
  virtual Result<SavedQuery> FindSavedQuery(std::string_view user, int64_t id) = 0;
  // Returns it as it is then.
  virtual Result<SavedQuery> ChangeSavedQuery(const Actor& actor,
                                              int64_t id,
                                              const SavedQueryChange& change) = 0;
  virtual Status DeleteSavedQuery(const Actor& actor, int64_t id) = 0;
  virtual Status MarkSeen(std::string_view user, int64_t id, const SeenMark& seen) = 0;

  // --- Favourites

  // Keeps a posting; one that is kept already stays as it was (`kept` included). Returns it.
  // Errors: kResourceExhausted above `max_per_user`.
  virtual Result<Favourite> AddFavourite(std::string_view user,
                                         const Favourite& favourite,
                                         uint32_t max_per_user) = 0;
  // Newest first.
  virtual Result<std::vector<Favourite>> Favourites(std::string_view user) = 0;
  // Errors: kNotFound.
  virtual Result<Favourite> FindFavourite(std::string_view user, uint64_t number) = 0;
  // Removing what is not there changes nothing.
  virtual Status DeleteFavourite(std::string_view user, uint64_t number) = 0;

  // --- A user as a whole

  virtual Result<UserSettings> Settings(std::string_view user) = 0;
  virtual Status ChangeSettings(std::string_view user, const UserSettings& settings) = 0;
  virtual Result<UserData> ExportUser(const Actor& actor) = 0;
  // Removes everything of the user, their own tokens too.
  virtual Status DeleteUser(const Actor& actor) = 0;

  // --- Alerts

  // Visits every canonical query that somebody waits for, in no order. Returns the sequence from
  // which CanonicalChanges goes on: nothing is missed, some may come again.
  virtual Result<int64_t> EachCanonicalQuery(const QueryVisitor& visitor) = 0;
  // What changed after `since`, oldest first; only the last change of each query. Also those of
  // other servers on the same database. Fewer than `limit`: there are no more.
  virtual Result<std::vector<CanonicalChange>> CanonicalChanges(int64_t since, size_t limit) = 0;
  // The newest generation of that index whose matches are recorded, or nothing.
  virtual Result<std::optional<uint64_t>> PercolatedGeneration(uint64_t index_id) = 0;
  // Records what a publication matched, and that it is done, so that readers see all of it or
  // nothing. A generation that is recorded already, or is older than one that is, changes nothing.
  // After kStale: read CanonicalChanges, then call again with what the queries new to the caller
  // matched (what this call brought is remembered). A posting in a version that the same query
  // matched before is left out. Other calls that write need not wait for this one to end.
  virtual Result<RecordOutcome> RecordMatches(const Publication& publication,
                                              std::span<const QueryMatches> matches) = 0;
  // The sequence of the newest publication with alerts: what listeners compare. 0: none.
  virtual Result<int64_t> LastPublication() = 0;
  // The alerts of a user after `since`, in order of `position`: matches that were recorded while
  // the saved query was on; `daily` ones from the user's hour on. Default cursor: from the oldest
  // kept.
  virtual Result<AlertPage> Alerts(std::string_view user,
                                   const AlertCursor& since,
                                   size_t limit) = 0;
  // Forgets the alerts of publications recorded before `time`, a bounded number of them a call;
  // returns whether there are more.
  virtual Result<bool> ForgetAlerts(Time before) = 0;
};

}  // namespace kyujin::store

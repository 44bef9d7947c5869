// SqlStore: the store over a database that speaks SQL. Written once; which database it is only the
// connections know. Its methods stand in sql_store_*.cc, one file for each kind of rows.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "server/store/connection_pool.h"
#include "server/store/store.h"

namespace kyujin::store {

struct SqlStoreConnections {
  ConnectionOpener open_reader;
  size_t max_readers = 16;
  ConnectionOpener open_writer;
  size_t max_writers = 1;
};

// Holds a reference to the clock, which must outlive it. Thread rule: **Thread-safe.**
class SqlStore final : public Store {
 public:
  SqlStore(const SqlStoreConnections& connections, const Clock& clock)
      : readers_(connections.open_reader, connections.max_readers),
        writers_(connections.open_writer, connections.max_writers),
        clock_(clock) {}

  // Makes or updates the tables. Requires: before anything else.
  Status Prepare();

  Result<int64_t> AddToken(const Digest& digest, std::string_view user, Role role) override;
  Result<std::optional<Token>> FindToken(const Digest& digest) override;
  Result<std::vector<Token>> Tokens() override;
  Status RevokeToken(int64_t id) override;
  Result<std::vector<AuditEntry>> Audit(int64_t after, size_t limit) override;
  Result<bool> ForgetAudit(Time before) override;

  Result<std::string> CreateSavedQuery(const Actor& actor,
                                       const NewSavedQuery& query,
                                       const std::optional<IdempotencyKey>& key,
                                       const AnswerWriter& answer) override;
  Result<std::vector<SavedQuery>> SavedQueries(std::string_view user) override;
  Result<SavedQuery> FindSavedQuery(std::string_view user, int64_t id) override;
  Result<SavedQuery> ChangeSavedQuery(const Actor& actor,
                                      int64_t id,
                                      const SavedQueryChange& change) override;
  Status DeleteSavedQuery(const Actor& actor, int64_t id) override;
  Status MarkSeen(std::string_view user, int64_t id, const SeenMark& seen) override;

  Result<Favourite> AddFavourite(std::string_view user,
                                 const Favourite& favourite,
                                 uint32_t max_per_user) override;
  Result<std::vector<Favourite>> Favourites(std::string_view user) override;
  Result<Favourite> FindFavourite(std::string_view user, uint64_t number) override;
  Status DeleteFavourite(std::string_view user, uint64_t number) override;

  Result<UserSettings> Settings(std::string_view user) override;
  Status ChangeSettings(std::string_view user, const UserSettings& settings) override;
  Result<UserData> ExportUser(const Actor& actor) override;
  Status DeleteUser(const Actor& actor) override;

  Result<int64_t> EachCanonicalQuery(const QueryVisitor& visitor) override;
  Result<std::vector<CanonicalChange>> CanonicalChanges(int64_t since, size_t limit) override;
  Result<std::optional<uint64_t>> PercolatedGeneration(uint64_t index_id) override;
  Result<RecordOutcome> RecordMatches(const Publication& publication,
                                      std::span<const QueryMatches> matches) override;
  Result<int64_t> LastPublication() override;
  Result<AlertPage> Alerts(std::string_view user, const AlertCursor& since, size_t limit) override;
  Result<bool> ForgetAlerts(Time before) override;

 private:
  // Runs `body` (SqlConnection& to a Result) on a connection; again when that turns out to be
  // broken.
  template <class Body>
  auto Read(const Body& body) -> decltype(body(std::declval<SqlConnection&>()));
  // Runs `body` in a transaction: committed when it succeeds, else undone.
  template <class Body>
  auto Write(const Body& body) -> decltype(body(std::declval<SqlConnection&>()));
  // A connection on which a transaction has begun.
  Result<ConnectionPool::Lease> BeginWrite();

  [[nodiscard]] int64_t NowMs() const;

  ConnectionPool readers_;
  ConnectionPool writers_;
  const Clock& clock_;
};

template <class Body>
auto SqlStore::Read(const Body& body) -> decltype(body(std::declval<SqlConnection&>())) {
  {
    KYUJIN_ASSIGN_OR_RETURN(const ConnectionPool::Lease lease, readers_.Take());
    auto result = body(*lease);
    if (result.has_value() || !lease->is_broken()) {
      return result;
    }
  }
  readers_.DropIdle();
  KYUJIN_ASSIGN_OR_RETURN(const ConnectionPool::Lease lease, readers_.Take());
  return body(*lease);
}

template <class Body>
auto SqlStore::Write(const Body& body) -> decltype(body(std::declval<SqlConnection&>())) {
  KYUJIN_ASSIGN_OR_RETURN(const ConnectionPool::Lease lease, BeginWrite());
  auto result = body(*lease);
  if (!result.has_value()) {
    lease->Rollback();
    return result;
  }
  if (const Status committed = lease->Commit(); !committed.has_value()) {
    lease->Rollback();
    return committed.error();
  }
  return result;
}

}  // namespace kyujin::store

#include "server/store/migrations.h"
#include "server/store/sql_rows.h"
#include "server/store/sql_store.h"

namespace kyujin::store {
namespace {

constexpr std::string_view kNextSequence =
    "UPDATE counters SET value = value + 1 WHERE name = 'sequence' RETURNING value";
constexpr std::string_view kAddAudit =
    "INSERT INTO audit (id, at, token, action, object) VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view kReadAudit =
    "SELECT id, at, token, action, object FROM audit WHERE id > $1 ORDER BY id LIMIT $2";
// Never back: what was refused once stays refused.
constexpr std::string_view kKeepAuditFrom =
    "UPDATE counters SET value = $1 WHERE name = 'audit_kept_from' AND value < $1";
constexpr std::string_view kForgetAudit =
    "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < $1 ORDER BY at LIMIT $2)";
constexpr std::string_view kAddToken =
    "INSERT INTO tokens (id, digest, user_id, role, created) VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view kFindToken =
    "SELECT id, user_id, role, created, revoked FROM tokens "
    "WHERE digest = $1 AND revoked IS NULL";
constexpr std::string_view kAllTokens =
    "SELECT id, user_id, role, created, revoked FROM tokens ORDER BY id";
constexpr std::string_view kRevokeToken =
    "UPDATE tokens SET revoked = $2 WHERE id = $1 AND revoked IS NULL";
constexpr std::string_view kHasToken = "SELECT id FROM tokens WHERE id = $1";

Result<Token> ReadToken(const SqlRows& rows, size_t row) {
  Token token;
  token.id = rows.Int(row, 0);
  token.user = rows.Text(row, 1);
  const auto role = RoleOf(rows.Text(row, 2));
  if (!role) {
    return Corruption("the store has a token of an unknown role");
  }
  token.role = *role;
  token.created = FromMs(rows.Int(row, 3));
  if (!rows.IsNull(row, 4)) {
    token.revoked = FromMs(rows.Int(row, 4));
  }
  return token;
}

}  // namespace

Result<int64_t> NextSequence(SqlConnection& connection) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kNextSequence));
  if (rows.empty()) {
    return Corruption("the store has no sequence");
  }
  return rows.Int(0, 0);
}

Status AddAudit(SqlConnection& connection, const AuditEntry& entry) {
  KYUJIN_RETURN_IF_ERROR(connection.Run(kAddAudit,
                                        entry.id,
                                        ToMs(entry.at),
                                        entry.token,
                                        std::string_view(entry.action),
                                        entry.object));
  return {};
}

Status SqlStore::Prepare() {
  KYUJIN_ASSIGN_OR_RETURN(const ConnectionPool::Lease lease, writers_.Take());
  return Migrate(&*lease, NowMs());
}

int64_t SqlStore::NowMs() const {
  return ToMs(clock_.Now());
}

Result<ConnectionPool::Lease> SqlStore::BeginWrite() {
  {
    KYUJIN_ASSIGN_OR_RETURN(ConnectionPool::Lease lease, writers_.Take());
    Status begun = lease->Begin();
    if (begun.has_value()) {
      return lease;
    }
    if (!lease->is_broken()) {
      return begun.error();
    }
  }
  // Nothing has been done yet: a connection that broke while it was idle harms nobody.
  writers_.DropIdle();
  KYUJIN_ASSIGN_OR_RETURN(ConnectionPool::Lease lease, writers_.Take());
  KYUJIN_RETURN_IF_ERROR(lease->Begin());
  return lease;
}

Result<int64_t> SqlStore::AddToken(const Digest& digest, std::string_view user, Role role) {
  return Write([&](SqlConnection& connection) -> Result<int64_t> {
    KYUJIN_ASSIGN_OR_RETURN(const int64_t id, NextSequence(connection));
    KYUJIN_RETURN_IF_ERROR(
        connection.Run(kAddToken, id, BytesOf(digest), user, RoleName(role), NowMs()));
    KYUJIN_RETURN_IF_ERROR(AddAudit(connection, {id, clock_.Now(), 0, "token_created", id}));
    return id;
  });
}

Result<std::optional<Token>> SqlStore::FindToken(const Digest& digest) {
  return Read([&](SqlConnection& connection) -> Result<std::optional<Token>> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kFindToken, BytesOf(digest)));
    if (rows.empty()) {
      return std::optional<Token>();
    }
    KYUJIN_ASSIGN_OR_RETURN(Token token, ReadToken(rows, 0));
    return std::optional<Token>(std::move(token));
  });
}

Result<std::vector<Token>> SqlStore::Tokens() {
  return Read([&](SqlConnection& connection) -> Result<std::vector<Token>> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kAllTokens));
    std::vector<Token> tokens;
    for (size_t row = 0; row < rows.size(); ++row) {
      KYUJIN_ASSIGN_OR_RETURN(Token token, ReadToken(rows, row));
      tokens.push_back(std::move(token));
    }
    return tokens;
  });
}

Status SqlStore::RevokeToken(int64_t id) {
  return Write([&](SqlConnection& connection) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(connection));
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows found, connection.Run(kHasToken, id));
    if (found.empty()) {
      return NotFound("there is no token " + std::to_string(id));
    }
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows revoked, connection.Run(kRevokeToken, id, NowMs()));
    if (revoked.changed == 0) {
      return {};
    }
    return AddAudit(connection, {sequence, clock_.Now(), 0, "token_revoked", id});
  });
}

Result<std::vector<AuditEntry>> SqlStore::Audit(int64_t after, size_t limit) {
  return Read([&](SqlConnection& connection) -> Result<std::vector<AuditEntry>> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                            connection.Run(kReadAudit, after, static_cast<int64_t>(limit)));
    std::vector<AuditEntry> entries;
    for (size_t row = 0; row < rows.size(); ++row) {
      entries.push_back({rows.Int(row, 0),
                         FromMs(rows.Int(row, 1)),
                         rows.Int(row, 2),
                         std::string(rows.Text(row, 3)),
                         rows.Int(row, 4)});
    }
    return entries;
  });
}

Result<bool> SqlStore::ForgetAudit(Time before) {
  constexpr int64_t kEntriesAtOnce = 2'000;
  return Write([&](SqlConnection& connection) -> Result<bool> {
    KYUJIN_RETURN_IF_ERROR(connection.Run(kKeepAuditFrom, ToMs(before)));
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows removed,
                            connection.Run(kForgetAudit, ToMs(before), kEntriesAtOnce));
    return removed.changed == uint64_t{kEntriesAtOnce};
  });
}

}  // namespace kyujin::store

#include "server/store/postgresql_connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <unordered_map>
#include <utility>

namespace kyujin::store {
namespace {

// Whatever the server's own settings are. A lock that is not had in this time is no wait but a
// fault.
constexpr const char* kSettings =
    "SET synchronous_commit = on; SET lock_timeout = '10s'; SET statement_timeout = '120s';"
    "SET idle_in_transaction_session_timeout = '60s'";
constexpr const char* kConnectSeconds = "5";
// Any number that nobody else locks in this database: "kyujin" in ASCII.
constexpr const char* kLockSchema = "SELECT pg_advisory_xact_lock(118200862664046)";

// Types of result columns (pg_type.h of the server, which clients do not get).
constexpr Oid kInt8 = 20;
constexpr Oid kInt4 = 23;

enum Format : int { kText = 0, kBinary = 1 };

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Connection = std::unique_ptr<PGconn, FinishConnection>;
using Answer = std::unique_ptr<PGresult, ClearResult>;

void IgnoreNotice(void* /*argument*/, const char* /*message*/) {}

// Details may quote values, and so may the message of a value that is wrong (class 22): they are
// left out.
Error PostgresqlError(PGconn* connection, const PGresult* answer) {
  const char* state = answer != nullptr ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
  if (state == nullptr) {
    return Unavailable(std::string("PostgreSQL: ") + PQerrorMessage(connection));
  }
  const std::string_view code(state);
  const std::string_view kind = code.substr(0, 2);
  const char* primary = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
  const std::string message =
      fmt::format("PostgreSQL: {} {}", code, kind == "22" || primary == nullptr ? "" : primary);
  // Connections, resources, locks, the operator, and transactions that were in each other's way.
  for (const std::string_view unavailable : {"08", "40", "53", "55", "57", "58"}) {
    if (kind == unavailable) {
      return Unavailable(message);
    }
  }
  return code == "XX001" || code == "XX002" ? Corruption(message) : Internal(message);
}

// A statement's values as libpq takes them. Numbers go as text, so that the server may find out
// which width they have.
struct Parameters {
  std::vector<std::string> numbers;
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;

  explicit Parameters(std::span<const SqlValue> all) {
    numbers.reserve(all.size());
    for (const SqlValue& value : all) {
      std::visit([this](const auto& one) { Add(one); }, value);
    }
  }

  void Add(std::monostate /*null*/) { Push(nullptr, 0, kText); }
  void Add(int64_t value) {
    numbers.push_back(std::to_string(value));
    Push(numbers.back().c_str(), 0, kText);
  }
  // In binary, a NUL in a text is an error and not its end.
  void Add(std::string_view text) {
    Push(text.data() != nullptr ? text.data() : "", text.size(), kBinary);
  }
  void Add(SqlBytes value) { Add(value.bytes); }
  void Push(const char* value, size_t length, Format format) {
    values.push_back(value);
    lengths.push_back(static_cast<int>(length));
    formats.push_back(format);
  }
};

int64_t ReadInt(std::string_view bytes) {
  uint64_t value = 0;
  for (const char byte : bytes) {
    value = value << 8U | static_cast<unsigned char>(byte);
  }
  return bytes.size() == sizeof(int32_t) ? int64_t{static_cast<int32_t>(value)}
                                         : static_cast<int64_t>(value);
}

SqlCell ReadCell(const PGresult* answer, int row, int column) {
  if (PQgetisnull(answer, row, column) != 0) {
    return std::monostate{};
  }
  const std::string_view bytes(PQgetvalue(answer, row, column),
                               static_cast<size_t>(PQgetlength(answer, row, column)));
  const Oid type = PQftype(answer, column);
  return type == kInt8 || type == kInt4 ? SqlCell(ReadInt(bytes)) : SqlCell(std::string(bytes));
}

class PostgresqlConnection final : public SqlConnection {
 public:
  explicit PostgresqlConnection(Connection connection) : connection_(std::move(connection)) {}

  using SqlConnection::Run;
  Result<SqlRows> Run(std::string_view sql, std::span<const SqlValue> values) override {
    KYUJIN_ASSIGN_OR_RETURN(const std::string* name, Prepared(sql));
    const Parameters parameters(values);
    const Answer answer(PQexecPrepared(connection_.get(),
                                       name->c_str(),
                                       static_cast<int>(values.size()),
                                       parameters.values.data(),
                                       parameters.lengths.data(),
                                       parameters.formats.data(),
                                       kBinary));
    KYUJIN_RETURN_IF_ERROR(Check(answer.get()));
    return ReadRows(answer.get());
  }

  Status RunScript(const std::string& sql) override {
    const Answer answer(PQexec(connection_.get(), sql.c_str()));
    return Check(answer.get());
  }

  Status Begin() override { return RunScript("BEGIN"); }
  Status Commit() override {
    const Answer answer(PQexec(connection_.get(), "COMMIT"));
    KYUJIN_RETURN_IF_ERROR(Check(answer.get()));
    // The server answers COMMIT of a transaction that failed with ROLLBACK, and calls it a success.
    return std::string_view(PQcmdStatus(answer.get())) == "COMMIT"
               ? Status()
               : Internal("PostgreSQL: the transaction was rolled back");
  }
  void Rollback() override {
    if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) {
      static_cast<void>(RunScript("ROLLBACK"));
    }
  }
  Status LockSchema() override { return RunScript(kLockSchema); }
  [[nodiscard]] bool is_broken() const override {
    return PQstatus(connection_.get()) != CONNECTION_OK;
  }
  [[nodiscard]] SqlDialect dialect() const override { return SqlDialect::kPostgresql; }

 private:
  Status Check(const PGresult* answer) const {
    const ExecStatusType status =
        answer != nullptr ? PQresultStatus(answer) : ExecStatusType::PGRES_FATAL_ERROR;
    const bool is_done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    return is_done ? Status() : PostgresqlError(connection_.get(), answer);
  }

  Result<const std::string*> Prepared(std::string_view sql) {
    std::string key(sql);
    if (const auto known = statements_.find(key); known != statements_.end()) {
      return &known->second;
    }
    const std::string name = "s" + std::to_string(statements_.size());
    const Answer answer(PQprepare(connection_.get(), name.c_str(), key.c_str(), 0, nullptr));
    KYUJIN_RETURN_IF_ERROR(Check(answer.get()));
    return &statements_.emplace(std::move(key), name).first->second;
  }

  static SqlRows ReadRows(PGresult* answer) {
    SqlRows rows;
    const int columns = PQnfields(answer);
    rows.columns = static_cast<size_t>(columns);
    for (int row = 0; row < PQntuples(answer); ++row) {
      for (int column = 0; column < columns; ++column) {
        rows.cells.push_back(ReadCell(answer, row, column));
      }
    }
    rows.changed = std::strtoull(PQcmdTuples(answer), nullptr, 10);
    return rows;
  }

  Connection connection_;
  std::unordered_map<std::string, std::string> statements_;  // names by text
};

// libpq's own message for an address that is none quotes it, password and all.
Status CheckAddress(const std::string& address) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(address.c_str(), &message));
  PQfreemem(message);
  return options != nullptr ? Status()
                            : InvalidArgument("--store is no valid postgresql:// address");
}

}  // namespace

Result<std::unique_ptr<SqlConnection>> OpenPostgresql(const std::string& address) {
  KYUJIN_RETURN_IF_ERROR(CheckAddress(address));
  // The address comes after what it may override.
  const std::array<const char*, 5> names = {
      "connect_timeout", "application_name", "dbname", "client_encoding", nullptr};
  const std::array<const char*, 5> values = {
      kConnectSeconds, "kyujin-server", address.c_str(), "UTF8", nullptr};
  Connection connection(PQconnectdbParams(names.data(), values.data(), 1));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return Unavailable(std::string("PostgreSQL: ") + PQerrorMessage(connection.get()));
  }
  PQsetNoticeProcessor(connection.get(), IgnoreNotice, nullptr);
  auto opened = std::make_unique<PostgresqlConnection>(std::move(connection));
  KYUJIN_RETURN_IF_ERROR(opened->RunScript(kSettings));
  return std::unique_ptr<SqlConnection>(std::move(opened));
}

}  // namespace kyujin::store

// SqlConnection: one connection to a database that speaks the SQL which SQLite and PostgreSQL have
// in common, with $1, $2 … for values. The only thing that is written twice in this module.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::store {

struct SqlBytes {
  std::string_view bytes;
};

// A value for a statement. Text and bytes are views: they must live until Run returns.
using SqlValue = std::variant<std::monostate, int64_t, std::string_view, SqlBytes>;
// A value from a statement: nothing, a number, or text or bytes.
using SqlCell = std::variant<std::monostate, int64_t, std::string>;

// What a statement gave. Thread rule: **Thread-compatible.**
struct SqlRows {
  size_t columns = 0;
  std::vector<SqlCell> cells;  // row by row
  uint64_t changed = 0;        // rows that an INSERT, UPDATE or DELETE touched

  [[nodiscard]] size_t size() const { return columns == 0 ? 0 : cells.size() / columns; }
  [[nodiscard]] bool empty() const { return cells.empty(); }
  [[nodiscard]] bool IsNull(size_t row, size_t column) const {
    return std::holds_alternative<std::monostate>(cells[row * columns + column]);
  }
  // 0 of what is no number.
  [[nodiscard]] int64_t Int(size_t row, size_t column) const {
    const auto* value = std::get_if<int64_t>(&cells[row * columns + column]);
    return value != nullptr ? *value : 0;
  }
  // Empty of what is no text.
  [[nodiscard]] std::string_view Text(size_t row, size_t column) const {
    const auto* value = std::get_if<std::string>(&cells[row * columns + column]);
    return value != nullptr ? std::string_view(*value) : std::string_view();
  }
};

enum class SqlDialect : uint8_t { kSqlite, kPostgresql };

// Thread rule: **Confined to one thread** at a time. Errors of every call: those of Store.
class SqlConnection {
 public:
  SqlConnection() = default;
  virtual ~SqlConnection() = default;
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;
  SqlConnection(SqlConnection&&) = delete;
  SqlConnection& operator=(SqlConnection&&) = delete;

  // Runs one statement; prepared the first time, and kept.
  virtual Result<SqlRows> Run(std::string_view sql, std::span<const SqlValue> values) = 0;
  // Runs statements without values or rows, separated by semicolons.
  virtual Status RunScript(const std::string& sql) = 0;
  // Begins a transaction that may write. Waits for others that write, where there is one writer.
  virtual Status Begin() = 0;
  virtual Status Commit() = 0;
  // Undoes the transaction, if there is one.
  virtual void Rollback() = 0;
  // Keeps others from migrating until the end of the transaction.
  virtual Status LockSchema() = 0;
  // Whether it is of no use any more.
  [[nodiscard]] virtual bool is_broken() const = 0;
  [[nodiscard]] virtual SqlDialect dialect() const = 0;

  // Run with the values listed.
  template <class... Values>
  Result<SqlRows> Run(std::string_view sql, Values... values) {
    const std::array<SqlValue, sizeof...(Values)> list{SqlValue(values)...};
    return Run(sql, std::span<const SqlValue>(list));
  }
};

}  // namespace kyujin::store

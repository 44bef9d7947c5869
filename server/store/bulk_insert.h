// BulkInsert: many rows into one table with few statements. Rows whose key is there already are
// left out.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "server/store/sql_connection.h"

namespace kyujin::store {

// Thread rule: **Confined to one thread.**
class BulkInsert {
 public:
  // `target`: table and columns, as in "t (a, b)". Requires: in a transaction.
  BulkInsert(SqlConnection* connection, std::string_view target, size_t columns);

  // Requires: as many values as columns. Text and bytes are copied.
  Status Add(std::initializer_list<SqlValue> row);
  // Writes what is left.
  Status Finish();

 private:
  [[nodiscard]] std::string Statement(size_t rows) const;
  Status Flush();

  SqlConnection* connection_;
  const std::string target_;
  const size_t columns_;
  const std::string full_;    // statement for kRows rows
  const std::string single_;  // and for one
  std::vector<std::string> bytes_;
  std::vector<SqlValue> values_;
};

}  // namespace kyujin::store

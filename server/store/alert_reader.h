// AlertReader: a user's alerts, made on reading: what publications matched, joined with the periods
// in which the user's saved queries were on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "server/store/sql_connection.h"
#include "server/store/store_rows.h"

namespace kyujin::store {

// Holds a reference to the connection. Thread rule: **Confined to one thread.**
class AlertReader {
 public:
  AlertReader(SqlConnection& connection, std::string_view user)
      : connection_(connection), user_(user) {}

  Result<AlertPage> Read(const AlertCursor& since, size_t limit, int64_t now_ms);

 private:
  // What is visible now: sequences of publications, included.
  struct Visible {
    int64_t instant = 0;
    int64_t daily = 0;
  };

  Result<Visible> FindVisible(int64_t now_ms);
  // The alerts of publications from one sequence to another, both included, as far as `limit` goes.
  Status ReadWindow(int64_t first, int64_t last, size_t limit);
  Status AddRow(const SqlRows& rows, size_t row, size_t limit);
  Result<int64_t> WindowEnd(int64_t first);
  // Fills in numbers and versions.
  Status FillPostings();
  Status FillSome(int64_t publication, size_t begin, size_t end);

  SqlConnection& connection_;
  std::string_view user_;
  AlertCursor since_;
  AlertCursor reached_;
  Visible visible_;
  std::vector<Alert> alerts_;
  std::vector<int64_t> publications_;  // of each alert
};

}  // namespace kyujin::store

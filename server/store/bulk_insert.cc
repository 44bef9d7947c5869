#include "server/store/bulk_insert.h"

#include <fmt/format.h>

#include <iterator>

namespace kyujin::store {
namespace {

constexpr size_t kRows = 250;

}  // namespace

BulkInsert::BulkInsert(SqlConnection* connection, std::string_view target, size_t columns)
    : connection_(connection),
      target_(target),
      columns_(columns),
      full_(Statement(kRows)),
      single_(Statement(1)) {
  // Views of them stand among the values, so they must not move.
  bytes_.reserve(kRows * columns);
  values_.reserve(kRows * columns);
}

std::string BulkInsert::Statement(size_t rows) const {
  std::string sql = "INSERT INTO " + target_ + " VALUES ";
  for (size_t i = 0; i < rows * columns_; ++i) {
    const bool is_first = i % columns_ == 0;
    const bool is_last = i % columns_ == columns_ - 1;
    fmt::format_to(std::back_inserter(sql),
                   "{}{}${}{}",
                   is_first && i > 0 ? "," : "",
                   is_first ? "(" : ",",
                   i + 1,
                   is_last ? ")" : "");
  }
  return sql + " ON CONFLICT DO NOTHING";
}

Status BulkInsert::Add(std::initializer_list<SqlValue> row) {
  KYUJIN_CHECK(row.size() == columns_);
  for (const SqlValue& value : row) {
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      values_.emplace_back(std::string_view(bytes_.emplace_back(*text)));
    } else if (const auto* bytes = std::get_if<SqlBytes>(&value)) {
      values_.emplace_back(SqlBytes{bytes_.emplace_back(bytes->bytes)});
    } else {
      values_.push_back(value);
    }
  }
  return values_.size() == kRows * columns_ ? Flush() : Status();
}

Status BulkInsert::Flush() {
  KYUJIN_RETURN_IF_ERROR(connection_->Run(full_, std::span<const SqlValue>(values_)));
  values_.clear();
  bytes_.clear();
  return {};
}

Status BulkInsert::Finish() {
  const std::span<const SqlValue> all(values_);
  for (size_t i = 0; i < all.size(); i += columns_) {
    KYUJIN_RETURN_IF_ERROR(connection_->Run(single_, all.subspan(i, columns_)));
  }
  values_.clear();
  bytes_.clear();
  return {};
}

}  // namespace kyujin::store

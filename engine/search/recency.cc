#include "engine/search/recency.h"

namespace kyujin::search {
namespace {

constexpr size_t kDateLength = 10;  // of 2026-11-22T05:10:00+09:00

std::optional<Date> DateOf(const std::string& as_of) {
  const Result<Date> date = Date::Parse(as_of.substr(0, kDateLength));
  return date.has_value() ? std::optional(*date) : std::nullopt;
}

}  // namespace

Recency::Recency(const index::Snapshot& snapshot) : as_of_(DateOf(snapshot.as_of())) {}

}  // namespace kyujin::search

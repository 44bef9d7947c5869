#include "server/store/alert_reader.h"

#include <algorithm>
#include <array>

#include "server/store/place_list.h"
#include "server/store/sql_rows.h"

namespace kyujin::store {
namespace {

constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kDayMs = 24 * kHourMs;
constexpr int64_t kJapanMs = 9 * kHourMs;
// Publications looked through at once, so that a user without alerts costs no more than needed.
constexpr int64_t kWindow = 256;
constexpr size_t kPlacesAtOnce = 32;

constexpr std::string_view kNewest =
    "SELECT coalesce(max(sequence), 0) FROM publications WHERE sequence IS NOT NULL";
constexpr std::string_view kNewestBefore =
    "SELECT sequence FROM publications WHERE sequence IS NOT NULL AND recorded < $1 "
    "ORDER BY sequence DESC LIMIT 1";
constexpr std::string_view kDailyHour = "SELECT daily_hour FROM users WHERE user_id = $1";
constexpr std::string_view kWindowEnd =
    "SELECT sequence FROM publications WHERE sequence >= $1 ORDER BY sequence LIMIT 1 OFFSET $2";
constexpr std::string_view kMatches =
    "SELECT s.id, p.notify, g.sequence, g.recorded, g.generation, g.id, m.count, m.places "
    "FROM publications g, saved_queries s, notify_periods p, query_matches m "
    "WHERE s.user_id = $1 AND p.saved_query = s.id "
    "AND m.publication = g.id AND m.canonical_id = s.canonical_id "
    "AND g.sequence >= $2 AND g.sequence <= $3 AND g.sequence > p.from_sequence "
    "AND (p.to_sequence IS NULL OR g.sequence <= p.to_sequence) "
    "AND ((p.notify = 'instant' AND (g.sequence, s.id) >= ($4, $5)) "
    "OR (p.notify = 'daily' AND g.sequence <= $6 AND (g.sequence, s.id) >= ($7, $8))) "
    "ORDER BY g.sequence, s.id LIMIT $9";
// The list is filled up with places that are there twice.
constexpr std::string_view kPostings =
    "SELECT place, number, version FROM published_postings WHERE publication = $1 AND place IN "
    "($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, "
    "$22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)";

// The newest time at or before `now_ms` at which it was that hour in Japan.
int64_t LastHour(int64_t now_ms, int64_t hour) {
  const int64_t since_hour = now_ms + kJapanMs - hour * kHourMs;
  return now_ms - since_hour % kDayMs;
}

}  // namespace

Result<AlertPage> AlertReader::Read(const AlertCursor& since, size_t limit, int64_t now_ms) {
  since_ = since;
  reached_ = since;
  KYUJIN_ASSIGN_OR_RETURN(visible_, FindVisible(now_ms));
  const int64_t last = std::max(visible_.instant, visible_.daily);
  int64_t first = std::min(since.instant.sequence, since.daily.sequence);
  while (first <= last && alerts_.size() <= limit) {
    KYUJIN_ASSIGN_OR_RETURN(const int64_t end, WindowEnd(first));
    KYUJIN_RETURN_IF_ERROR(ReadWindow(first, std::min(end, last), limit));
    first = end + 1;
  }
  AlertPage page;
  page.has_more = alerts_.size() > limit;
  if (page.has_more) {
    alerts_.pop_back();
    page.next = alerts_.empty() ? since : alerts_.back().after;
  } else {
    // Nothing at or before these can appear any more: sequences become visible in their order.
    page.next.instant = std::max(reached_.instant, {visible_.instant + 1, 0, -1});
    page.next.daily = std::max(reached_.daily, {visible_.daily + 1, 0, -1});
  }
  KYUJIN_RETURN_IF_ERROR(FillPostings());
  page.alerts = std::move(alerts_);
  return page;
}

Result<AlertReader::Visible> AlertReader::FindVisible(int64_t now_ms) {
  Visible visible;
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows settings, connection_.Run(kDailyHour, user_));
  const int64_t hour = settings.empty() ? int64_t{UserSettings().daily_hour} : settings.Int(0, 0);
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows daily,
                          connection_.Run(kNewestBefore, LastHour(now_ms, hour)));
  visible.daily = daily.empty() ? 0 : daily.Int(0, 0);
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows newest, connection_.Run(kNewest));
  visible.instant = newest.Int(0, 0);
  return visible;
}

Result<int64_t> AlertReader::WindowEnd(int64_t first) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection_.Run(kWindowEnd, first, kWindow));
  return rows.empty() ? visible_.instant : rows.Int(0, 0);
}

Status AlertReader::ReadWindow(int64_t first, int64_t last, size_t limit) {
  // Of the publication at which reading stopped, all matches of one saved query may be behind us,
  // in each of the two places.
  constexpr size_t kPerhapsRead = 2;
  const size_t wanted = limit + 1 - alerts_.size() + kPerhapsRead;
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                          connection_.Run(kMatches,
                                          user_,
                                          first,
                                          last,
                                          since_.instant.sequence,
                                          since_.instant.saved_query,
                                          visible_.daily,
                                          since_.daily.sequence,
                                          since_.daily.saved_query,
                                          static_cast<int64_t>(wanted)));
  for (size_t row = 0; row < rows.size() && alerts_.size() <= limit; ++row) {
    KYUJIN_RETURN_IF_ERROR(AddRow(rows, row, limit));
  }
  return {};
}

Status AlertReader::AddRow(const SqlRows& rows, size_t row, size_t limit) {
  const bool is_daily = rows.Text(row, 1) == NotifyName(Notify::kDaily);
  const AlertPosition& since = is_daily ? since_.daily : since_.instant;
  AlertPosition& reached = is_daily ? reached_.daily : reached_.instant;
  KYUJIN_ASSIGN_OR_RETURN(std::vector<uint32_t> places, DecodePlaces(rows.Text(row, 7)));
  const bool is_summary = places.empty();
  if (is_summary) {
    places.push_back(0);
  }
  for (const uint32_t place : places) {
    const AlertPosition position{rows.Int(row, 2), rows.Int(row, 0), int64_t{place}};
    if (position <= since) {
      continue;
    }
    if (alerts_.size() > limit) {
      break;
    }
    reached = position;
    Alert alert;
    alert.position = position;
    alert.after = reached_;
    alert.at = FromMs(rows.Int(row, 3));
    alert.generation = ToUnsigned(rows.Int(row, 4));
    if (is_summary) {
      alert.count = ToUnsigned(rows.Int(row, 6));
    } else {
      alert.posting.emplace();
    }
    alerts_.push_back(alert);
    publications_.push_back(rows.Int(row, 5));
  }
  return {};
}

Status AlertReader::FillPostings() {
  for (size_t begin = 0; begin < alerts_.size();) {
    size_t end = begin + 1;
    while (end < alerts_.size() && end - begin < kPlacesAtOnce &&
           publications_[end] == publications_[begin]) {
      ++end;
    }
    KYUJIN_RETURN_IF_ERROR(FillSome(publications_[begin], begin, end));
    begin = end;
  }
  return {};
}

Status AlertReader::FillSome(int64_t publication, size_t begin, size_t end) {
  std::array<SqlValue, 1 + kPlacesAtOnce> values;
  values[0] = publication;
  for (size_t i = 0; i < kPlacesAtOnce; ++i) {
    values[1 + i] = alerts_[std::min(begin + i, end - 1)].position.place;
  }
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                          connection_.Run(kPostings, std::span<const SqlValue>(values)));
  for (size_t i = begin; i < end; ++i) {
    for (size_t row = 0; row < rows.size() && alerts_[i].posting; ++row) {
      if (rows.Int(row, 0) == alerts_[i].position.place) {
        alerts_[i].posting = {ToUnsigned(rows.Int(row, 1)), ToUnsigned(rows.Int(row, 2))};
      }
    }
  }
  return {};
}

}  // namespace kyujin::store

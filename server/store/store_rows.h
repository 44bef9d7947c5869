// Rows of the store: what it keeps about people, typed. Times are to the millisecond. `user` is the
// opaque id that the site gave to its user.
//
// Thread rule: **Thread-compatible.**
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/base/date.h"

namespace kyujin::store {

using Time = std::chrono::system_clock::time_point;

enum class Role : uint8_t { kUser, kService, kAdmin };
// "user", "service", "admin".
std::string_view RoleName(Role role);
// Returns the role of that name, or nothing.
std::optional<Role> RoleOf(std::string_view name);

// SHA-256 of a token or of the bytes of a query.
using Digest = std::array<uint8_t, 32>;

struct Token {
  int64_t id = 0;
  std::string user;  // whose it is; of service and admin tokens the name of the holder
  Role role = Role::kUser;
  Time created;
  std::optional<Time> revoked;
};

// Who does something for whom: `token` stands in the audit log, `user` never does.
struct Actor {
  std::string user;
  int64_t token = 0;  // 0: the command line
};

enum class Notify : uint8_t { kOff, kInstant, kDaily };
// "off", "instant", "daily".
std::string_view NotifyName(Notify notify);
// Returns the value of that name, or nothing.
std::optional<Notify> NotifyOf(std::string_view name);

// Up to where a user has seen the results of a saved query.
struct SeenMark {
  uint64_t index_id = 0;
  uint64_t generation = 0;
  friend bool operator==(const SeenMark&, const SeenMark&) = default;
};

struct SavedQuery {
  int64_t id = 0;
  std::string name;
  int64_t canonical_id = 0;
  std::string canonical;  // bytes of query::FrozenQuery
  std::string typed;      // `q` as the user typed it, for display
  Notify notify = Notify::kOff;
  bool is_paused = false;
  SeenMark seen;
  Time created;
};

struct NewSavedQuery {
  std::string name;
  std::string canonical;
  std::string typed;
  Notify notify = Notify::kOff;
  SeenMark seen;
  uint32_t max_per_user = 0;
};

// What is to change of a saved query; the rest stays.
struct SavedQueryChange {
  std::optional<std::string> name = std::nullopt;
  std::optional<Notify> notify = std::nullopt;
  std::optional<bool> is_paused = std::nullopt;
};

// The Idempotency-Key of a call and the digest of what the call asks for.
struct IdempotencyKey {
  std::string key;
  Digest request{};
};

// A posting that a user keeps, with what it said when they kept it.
struct Favourite {
  uint64_t number = 0;   // PostingNumber
  uint64_t version = 0;  // schema::PostingVersion
  std::string title;
  std::string employer;
  std::string wage_type;  // code; empty: no wage
  std::optional<uint32_t> wage_min;
  std::optional<uint32_t> wage_max;
  std::optional<Date> deadline;
  Time kept;
};

struct UserSettings {
  uint32_t daily_hour = 8;  // of the day in Japan, from which `daily` alerts are visible
};

// Everything the store has of one user.
struct UserData {
  UserSettings settings;
  std::vector<Token> tokens;
  std::vector<SavedQuery> saved_queries;
  std::vector<Favourite> favourites;
};

// One line of the audit log. Nothing in it tells who the user was.
struct AuditEntry {
  int64_t id = 0;
  Time at;
  int64_t token = 0;   // of the actor; 0: the command line
  std::string action;  // e.g. "token_revoked"
  int64_t object = 0;  // id of what it was done to; 0: the user of the token as a whole
};

// --- Alerts

// A query that somebody waits for, as the percolator loads it.
struct CanonicalQuery {
  int64_t id = 0;
  std::string_view canonical;  // valid during the visit
};

// A canonical query that somebody began to wait for, or nobody waits for any more.
struct CanonicalChange {
  int64_t sequence = 0;
  int64_t id = 0;
  bool is_watched = false;
  std::string canonical;  // empty unless watched
};

struct PublishedPosting {
  uint64_t number = 0;   // PostingNumber
  uint64_t version = 0;  // schema::PostingVersion
};

// What one generation published that can alert: its added and updated postings.
struct Publication {
  uint64_t index_id = 0;
  uint64_t generation = 0;
  std::span<const PublishedPosting> postings;
  // The sequence up to which the caller knew the canonical queries.
  int64_t known_changes = 0;
};

// More matches of one query in one publication than these are a summary: only their count is kept.
inline constexpr size_t kMaxMatchesPerQuery = 200;

// What one canonical query matched in a publication. At least one match.
struct QueryMatches {
  int64_t canonical_id = 0;
  // Places in Publication::postings, ascending and unique; empty for a summary.
  std::span<const uint32_t> postings;
  uint64_t count = 0;  // postings.size(), or of a summary how many there were
};

enum class RecordOutcome : uint8_t {
  kRecorded,
  kAlreadyRecorded,  // by another server, or before a crash: nothing was changed
  kStale,            // somebody waits for a query that the caller did not know: not recorded yet
};

// A place in the sequence of alerts.
struct AlertPosition {
  int64_t sequence = 0;  // of the publication
  int64_t saved_query = 0;
  int64_t place = -1;  // in the publication; of a summary 0
  friend bool operator==(const AlertPosition&, const AlertPosition&) = default;
  // Not defaulted: clang-tidy 14 takes the zero in a defaulted one for a null pointer.
  friend auto operator<=>(const AlertPosition& a, const AlertPosition& b) {
    return std::tie(a.sequence, a.saved_query, a.place) <=>
           std::tie(b.sequence, b.saved_query, b.place);
  }
};

// How far somebody has read. Two places, because `daily` alerts become visible later than `instant`
// ones that were recorded after them.
struct AlertCursor {
  AlertPosition instant;
  AlertPosition daily;
  friend bool operator==(const AlertCursor&, const AlertCursor&) = default;
};

struct Alert {
  AlertPosition position;  // its identity
  AlertCursor after;       // where reading goes on after it
  Time at;                 // when it was recorded
  uint64_t generation = 0;
  std::optional<PublishedPosting> posting;  // nothing: a summary
  uint64_t count = 1;                       // of a summary: how many postings
};

struct AlertPage {
  std::vector<Alert> alerts;
  AlertCursor next;       // where reading goes on; also without alerts
  bool has_more = false;  // there are alerts after these now
};

}  // namespace kyujin::store

#include "server/store/saved_query_rows.h"
#include "server/store/sql_rows.h"
#include "server/store/sql_store.h"

namespace kyujin::store {
namespace {

constexpr std::string_view kCountFavourites = "SELECT count(*) FROM favourites WHERE user_id = $1";
constexpr std::string_view kAddFavourite =
    "INSERT INTO favourites (user_id, number, version, title, employer, wage_type, wage_min, "
    "wage_max, deadline, kept) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
constexpr std::string_view kAllFavourites =
    "SELECT number, version, title, employer, wage_type, wage_min, wage_max, deadline, kept "
    "FROM favourites WHERE user_id = $1 ORDER BY kept DESC, number";
constexpr std::string_view kOneFavourite =
    "SELECT number, version, title, employer, wage_type, wage_min, wage_max, deadline, kept "
    "FROM favourites WHERE user_id = $1 AND number = $2";
constexpr std::string_view kRemoveFavourite =
    "DELETE FROM favourites WHERE user_id = $1 AND number = $2";
constexpr std::string_view kReadSettings = "SELECT daily_hour FROM users WHERE user_id = $1";
constexpr std::string_view kWriteSettings =
    "INSERT INTO users (user_id, daily_hour) VALUES ($1, $2) "
    "ON CONFLICT (user_id) DO UPDATE SET daily_hour = excluded.daily_hour";
constexpr std::string_view kTokensOfUser =
    "SELECT id, created, revoked FROM tokens WHERE user_id = $1 AND role = 'user' ORDER BY id";
constexpr std::array kForgetUser = {
    std::string_view("DELETE FROM favourites WHERE user_id = $1"),
    std::string_view("DELETE FROM idempotency_keys WHERE user_id = $1"),
    std::string_view("DELETE FROM users WHERE user_id = $1"),
    std::string_view("DELETE FROM tokens WHERE user_id = $1 AND role = 'user'"),
};

SqlValue OrNull(const std::optional<uint32_t>& value) {
  return value ? SqlValue(int64_t{*value}) : SqlValue();
}

std::optional<uint32_t> OptionalInt(const SqlRows& rows, size_t row, size_t column) {
  return rows.IsNull(row, column) ? std::nullopt
                                  : std::optional(static_cast<uint32_t>(rows.Int(row, column)));
}

Favourite ReadFavourite(const SqlRows& rows, size_t row) {
  Favourite favourite;
  favourite.number = ToUnsigned(rows.Int(row, 0));
  favourite.version = ToUnsigned(rows.Int(row, 1));
  favourite.title = rows.Text(row, 2);
  favourite.employer = rows.Text(row, 3);
  favourite.wage_type = rows.Text(row, 4);
  favourite.wage_min = OptionalInt(rows, row, 5);
  favourite.wage_max = OptionalInt(rows, row, 6);
  if (!rows.IsNull(row, 7)) {
    favourite.deadline = Date::FromDays(static_cast<uint16_t>(rows.Int(row, 7)));
  }
  favourite.kept = FromMs(rows.Int(row, 8));
  return favourite;
}

Result<std::vector<Favourite>> ReadFavourites(SqlConnection& connection, std::string_view user) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kAllFavourites, user));
  std::vector<Favourite> favourites;
  for (size_t row = 0; row < rows.size(); ++row) {
    favourites.push_back(ReadFavourite(rows, row));
  }
  return favourites;
}

Result<UserSettings> ReadSettings(SqlConnection& connection, std::string_view user) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kReadSettings, user));
  UserSettings settings;
  if (!rows.empty()) {
    settings.daily_hour = static_cast<uint32_t>(rows.Int(0, 0));
  }
  return settings;
}

Result<std::vector<Token>> TokensOfUser(SqlConnection& connection, std::string_view user) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection.Run(kTokensOfUser, user));
  std::vector<Token> tokens;
  for (size_t row = 0; row < rows.size(); ++row) {
    Token token{rows.Int(row, 0), std::string(user), Role::kUser, FromMs(rows.Int(row, 1)), {}};
    if (!rows.IsNull(row, 2)) {
      token.revoked = FromMs(rows.Int(row, 2));
    }
    tokens.push_back(std::move(token));
  }
  return tokens;
}

}  // namespace

Result<Favourite> SqlStore::AddFavourite(std::string_view user,
                                         const Favourite& favourite,
                                         uint32_t max_per_user) {
  return Write([&](SqlConnection& connection) -> Result<Favourite> {
    // Nobody else counts and adds meanwhile.
    KYUJIN_RETURN_IF_ERROR(NextSequence(connection));
    const int64_t number = ToSigned(favourite.number);
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows known, connection.Run(kOneFavourite, user, number));
    if (!known.empty()) {
      return ReadFavourite(known, 0);
    }
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows count, connection.Run(kCountFavourites, user));
    if (count.Int(0, 0) >= max_per_user) {
      return ResourceExhausted("no more than " + std::to_string(max_per_user) + " favourites");
    }
    Favourite added = favourite;
    added.kept = FromMs(NowMs());
    const SqlValue deadline =
        added.deadline ? SqlValue(int64_t{added.deadline->days()}) : SqlValue();
    KYUJIN_RETURN_IF_ERROR(connection.Run(kAddFavourite,
                                          user,
                                          number,
                                          ToSigned(added.version),
                                          std::string_view(added.title),
                                          std::string_view(added.employer),
                                          std::string_view(added.wage_type),
                                          OrNull(added.wage_min),
                                          OrNull(added.wage_max),
                                          deadline,
                                          ToMs(added.kept)));
    return added;
  });
}

Result<std::vector<Favourite>> SqlStore::Favourites(std::string_view user) {
  return Read([&](SqlConnection& connection) { return ReadFavourites(connection, user); });
}

Result<Favourite> SqlStore::FindFavourite(std::string_view user, uint64_t number) {
  return Read([&](SqlConnection& connection) -> Result<Favourite> {
    KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                            connection.Run(kOneFavourite, user, ToSigned(number)));
    if (rows.empty()) {
      return NotFound("the posting is no favourite");
    }
    return ReadFavourite(rows, 0);
  });
}

Status SqlStore::DeleteFavourite(std::string_view user, uint64_t number) {
  return Write([&](SqlConnection& connection) -> Status {
    KYUJIN_RETURN_IF_ERROR(connection.Run(kRemoveFavourite, user, ToSigned(number)));
    return {};
  });
}

Result<UserSettings> SqlStore::Settings(std::string_view user) {
  return Read([&](SqlConnection& connection) { return ReadSettings(connection, user); });
}

Status SqlStore::ChangeSettings(std::string_view user, const UserSettings& settings) {
  return Write([&](SqlConnection& connection) -> Status {
    KYUJIN_RETURN_IF_ERROR(connection.Run(kWriteSettings, user, int64_t{settings.daily_hour}));
    return {};
  });
}

Result<UserData> SqlStore::ExportUser(const Actor& actor) {
  return Write([&](SqlConnection& connection) -> Result<UserData> {
    KYUJIN_ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(connection));
    UserData everything;
    KYUJIN_ASSIGN_OR_RETURN(everything.settings, ReadSettings(connection, actor.user));
    KYUJIN_ASSIGN_OR_RETURN(everything.tokens, TokensOfUser(connection, actor.user));
    KYUJIN_ASSIGN_OR_RETURN(everything.saved_queries, ReadSavedQueries(connection, actor.user));
    KYUJIN_ASSIGN_OR_RETURN(everything.favourites, ReadFavourites(connection, actor.user));
    KYUJIN_RETURN_IF_ERROR(
        AddAudit(connection, {sequence, clock_.Now(), actor.token, "user_exported", 0}));
    return everything;
  });
}

Status SqlStore::DeleteUser(const Actor& actor) {
  return Write([&](SqlConnection& connection) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(connection));
    KYUJIN_ASSIGN_OR_RETURN(const std::vector<SavedQuery> saved,
                            ReadSavedQueries(connection, actor.user));
    for (const SavedQuery& one : saved) {
      KYUJIN_RETURN_IF_ERROR(RemoveSavedQuery(connection, one, {sequence, NowMs()}));
    }
    for (const std::string_view sql : kForgetUser) {
      KYUJIN_RETURN_IF_ERROR(connection.Run(sql, std::string_view(actor.user)));
    }
    return AddAudit(connection, {sequence, clock_.Now(), actor.token, "user_deleted", 0});
  });
}

}  // namespace kyujin::store

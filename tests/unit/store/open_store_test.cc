// What stands beside the contract: opening, migrating, and what the databases promise.
#include <gmock/gmock.h>

#include <algorithm>

#include "server/store/migrations.h"
#include "server/store/place_list.h"
#include "server/store/sqlite_connection.h"
#include "server/store/token_text.h"
#include "tests/testing/random_seed.h"
#include "tests/unit/store/store_backends.h"

namespace kyujin::store {
namespace {

using test::CodeOf;
using test::Got;
using testing::HasSubstr;
using testing::Not;

class StoreDatabaseTest : public test::StoreTest {
 protected:
  std::unique_ptr<SqlConnection> Connect() {
    auto opened = GetParam() == "sqlite"
                      ? OpenSqlite(folder_ / "store.sqlite", SqliteAccess::kWrite)
                      : OpenPostgresql(spec_);
    KYUJIN_CHECK(opened.has_value());
    return std::move(*opened);
  }
};

TEST_P(StoreDatabaseTest, OpensAgainWithWhatItHas) {
  Got(store_->AddToken(DigestOf("a"), "alice", Role::kUser));
  store_.reset();
  EXPECT_EQ(Got(Open()->Tokens()).size(), 1U);
}

TEST_P(StoreDatabaseTest, RefusesASchemaThatIsNewer) {
  const auto connection = Connect();
  Got(connection->Run("INSERT INTO schema_versions (version, applied) VALUES ($1, $2)",
                      SchemaVersion() + 1,
                      int64_t{0}));
  EXPECT_EQ(CodeOf(OpenStore(spec_, clock_)), ErrorCode::kUnavailable);
}

TEST_P(StoreDatabaseTest, EachMigrationIsAppliedOnce) {
  const auto connection = Connect();
  EXPECT_OK(Migrate(connection.get(), 5));
  const SqlRows rows = Got(connection->Run("SELECT count(*), max(version) FROM schema_versions"));
  EXPECT_EQ(rows.Int(0, 0), SchemaVersion());
  EXPECT_EQ(rows.Int(0, 1), SchemaVersion());
}

TEST_P(StoreDatabaseTest, OlderOneIsBroughtUpWithWhatItHas) {
  const std::string spec = GetParam() == "sqlite" ? "sqlite:" + (folder_ / "older.sqlite").string()
                                                  : test::NewPostgresqlDatabase();
  {
    auto opened = GetParam() == "sqlite"
                      ? OpenSqlite(folder_ / "older.sqlite", SqliteAccess::kWrite)
                      : OpenPostgresql(spec);
    ASSERT_TRUE(opened.has_value());
    EXPECT_OK(Migrate(opened->get(), 5, 1));
    Got((*opened)->Run(
        "INSERT INTO audit (id, at, token, action, object) VALUES (1, 1, 0, 'a', 0)"));
  }
  const auto store = OpenStore(spec, clock_);
  ASSERT_TRUE(store.has_value());
  EXPECT_EQ(Got((*store)->Audit(0, 10)).size(), 1U);
  EXPECT_FALSE(Got((*store)->ForgetAudit(clock_.Now())));
  EXPECT_TRUE(Got((*store)->Audit(0, 10)).empty());
}

TEST_P(StoreDatabaseTest, AuditCannotBeChanged) {
  Got(store_->AddToken(DigestOf("a"), "alice", Role::kUser));
  const auto connection = Connect();
  EXPECT_FALSE(connection->RunScript("DELETE FROM audit").has_value());
  EXPECT_FALSE(connection->RunScript("UPDATE audit SET action = 'nothing'").has_value());
  EXPECT_EQ(Got(store_->Audit(0, 10)).size(), 1U);
}

TEST_P(StoreDatabaseTest, AuditIsForgottenAfterItsTime) {
  Got(store_->AddToken(DigestOf("a"), "alice", Role::kUser));
  clock_.Advance(std::chrono::hours(1));
  const Time kept_from = clock_.Now();
  Got(store_->AddToken(DigestOf("b"), "bob", Role::kUser));
  EXPECT_FALSE(Got(store_->ForgetAudit(kept_from)));
  const auto entries = Got(store_->Audit(0, 10));
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries.front().at, kept_from);
  // What is left is as safe as before, also from a program that would keep less.
  const auto connection = Connect();
  EXPECT_FALSE(connection->RunScript("DELETE FROM audit").has_value());
  EXPECT_FALSE(connection->RunScript("UPDATE audit SET action = 'nothing'").has_value());
  EXPECT_FALSE(Got(store_->ForgetAudit(kept_from - std::chrono::hours(1))));
  EXPECT_EQ(Got(store_->Audit(0, 10)).size(), 1U);
}

TEST_P(StoreDatabaseTest, LongAuditIsForgottenStepByStep) {
  const auto connection = Connect();
  constexpr int64_t kEntries = 4'500;
  EXPECT_OK(connection->Begin());
  for (int64_t id = 1; id <= kEntries; ++id) {
    Got(
        connection->Run("INSERT INTO audit (id, at, token, action, object) "
                        "VALUES ($1, $1, 0, 'token_created', 0)",
                        -id));
  }
  EXPECT_OK(connection->Commit());
  EXPECT_TRUE(Got(store_->ForgetAudit(clock_.Now())));
  EXPECT_TRUE(Got(store_->ForgetAudit(clock_.Now())));
  EXPECT_FALSE(Got(store_->ForgetAudit(clock_.Now())));
  EXPECT_TRUE(Got(store_->Audit(-kEntries - 1, 10)).empty());
}

TEST_P(StoreDatabaseTest, CommitsAreSynced) {
  const auto connection = Connect();
  const bool is_sqlite = GetParam() == "sqlite";
  const SqlRows rows =
      Got(connection->Run(is_sqlite ? "PRAGMA synchronous" : "SHOW synchronous_commit"));
  if (is_sqlite) {
    EXPECT_EQ(rows.Int(0, 0), 2);
    EXPECT_EQ(Got(connection->Run("PRAGMA journal_mode")).Text(0, 0), "wal");
  } else {
    EXPECT_EQ(rows.Text(0, 0), "on");
  }
}

TEST_P(StoreDatabaseTest, ErrorsDoNotRepeatValues) {
  const auto connection = Connect();
  const auto twice = [&] {
    return connection->Run("INSERT INTO users (user_id, daily_hour) VALUES ($1, $2)",
                           std::string_view("canary-user"),
                           int64_t{1});
  };
  Got(twice());
  const auto failed = twice();
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().message, Not(HasSubstr("canary")));
}

TEST_P(StoreDatabaseTest, ValuesOfEveryKindComeBack) {
  const auto connection = Connect();
  const std::string bytes("\0\xFF\x80 a", 5);
  Got(
      connection->Run("INSERT INTO idempotency_keys (user_id, key, request, answer, created) "
                      "VALUES ($1, $2, $3, $4, $5)",
                      std::string_view("u"),
                      std::string_view(),
                      SqlBytes{bytes},
                      std::string_view("日本語"),
                      INT64_MIN));
  const SqlRows rows =
      Got(connection->Run("SELECT key, request, answer, created, NULL FROM idempotency_keys"));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.Text(0, 0), "");
  EXPECT_FALSE(rows.IsNull(0, 0));
  EXPECT_EQ(rows.Text(0, 1), bytes);
  EXPECT_EQ(rows.Text(0, 2), "日本語");
  EXPECT_EQ(rows.Int(0, 3), INT64_MIN);
  EXPECT_TRUE(rows.IsNull(0, 4));
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreDatabaseTest, test::AllStores(), [](const auto& suite) {
  return suite.param;
});

TEST(OpenStoreTest, RefusesOtherAddressesWithoutRepeatingThem) {
  const test::ManualClock clock;
  for (const std::string spec :
       {"", "sqlite:", "mysql://canary", "canary.db", "postgresql://u:canary@h:port/?no=1"}) {
    const auto opened = OpenStore(spec, clock);
    EXPECT_EQ(CodeOf(opened), ErrorCode::kInvalidArgument) << spec;
    EXPECT_THAT(opened.error().message, Not(HasSubstr("canary")));
  }
}

TEST(OpenStoreTest, SaysWhatCannotBeReached) {
  const test::ManualClock clock;
  EXPECT_EQ(CodeOf(OpenStore("sqlite:/no/such/folder/store", clock)), ErrorCode::kUnavailable);
  const auto opened = OpenStore("postgresql://user:canary@127.0.0.1:1/db", clock);
  EXPECT_EQ(CodeOf(opened), ErrorCode::kUnavailable);
  EXPECT_THAT(opened.error().message, Not(HasSubstr("canary")));
}

TEST(OpenStoreTest, DamagedFileIsCorruption) {
  const test::ManualClock clock;
  const test::TemporaryFolder folder;
  test::WriteBytes(folder / "store", std::string(8'192, 'x'));
  EXPECT_EQ(CodeOf(OpenStore("sqlite:" + (folder / "store").string(), clock)),
            ErrorCode::kCorruption);
}

TEST(OpenStoreTest, CheckFindsDamageInsideAFile) {
  const test::ManualClock clock;
  const test::TemporaryFolder folder;
  const std::string spec = "sqlite:" + (folder / "store").string();
  {
    const auto opened = OpenStore(spec, clock);
    ASSERT_TRUE(opened.has_value());
    for (int i = 0; i < 300; ++i) {
      ASSERT_TRUE((*opened)
                      ->AddToken(DigestOf(std::to_string(i)), std::string(200, 'u'), Role::kUser)
                      .has_value());
    }
  }
  EXPECT_TRUE(OpenStore(spec, clock, StoreCheck::kQuick).has_value());
  std::string bytes = test::ReadBytes(folder / "store");
  ASSERT_GT(bytes.size(), 100'000U);
  std::fill(bytes.begin() + 60'000, bytes.begin() + 100'000, 'x');
  test::WriteBytes(folder / "store", bytes);
  EXPECT_EQ(CodeOf(OpenStore(spec, clock, StoreCheck::kQuick)), ErrorCode::kCorruption);
}

TEST(OpenStoreTest, FileIsItsOwnersAlone) {
  const test::ManualClock clock;
  const test::TemporaryFolder folder;
  ASSERT_TRUE(OpenStore("sqlite:" + (folder / "store").string(), clock).has_value());
  EXPECT_EQ(std::filesystem::status(folder / "store").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(OpenStoreTest, DefaultStandsBesideTheIndex) {
  EXPECT_EQ(DefaultStore("/srv/index"), "sqlite:/srv/index.store.sqlite");
  EXPECT_EQ(DefaultStore("/srv/index/"), "sqlite:/srv/index.store.sqlite");
  EXPECT_FALSE(StandsInside(DefaultStore("/srv/index"), "/srv/index"));
  EXPECT_TRUE(StandsInside("sqlite:/srv/index/store", "/srv/index/"));
  EXPECT_TRUE(StandsInside("sqlite:/srv/x/../index/a/store", "/srv/index"));
  EXPECT_FALSE(StandsInside("postgresql:///srv/index", "/srv/index"));
}

TEST(TokenTextTest, IsLongRandomAndRecognised) {
  const std::string first = *NewTokenText();
  EXPECT_EQ(first.size(), 47U);
  EXPECT_NE(first, *NewTokenText());
  EXPECT_TRUE(IsTokenText(first));
  EXPECT_FALSE(IsTokenText(first.substr(1)));
  EXPECT_FALSE(IsTokenText(first + "A"));
  EXPECT_FALSE(IsTokenText(std::string(first).replace(10, 1, "+")));
}

TEST(TokenTextTest, IsTakenOutOfOtherTexts) {
  const std::string token = *NewTokenText();
  EXPECT_EQ(WithoutTokens("a=" + token + "&b=" + token), "a=[token]&b=[token]");
  EXPECT_EQ(WithoutTokens(token.substr(0, 30)), "[token]");
  EXPECT_EQ(WithoutTokens("no kyj_ here, nor kyj_short"), "no kyj_ here, nor kyj_short");
}

TEST(TokenTextTest, DigestIsSha256) {
  // FIPS 180-2, appendix B.1: "abc".
  const Digest digest = DigestOf("abc");
  EXPECT_EQ(digest[0], 0xBA);
  EXPECT_EQ(digest[1], 0x78);
  EXPECT_EQ(digest[31], 0xAD);
}

TEST(PlaceListTest, GivesBackWhatItWasGiven) {
  std::mt19937_64 random(test::RandomSeed());
  for (int round = 0; round < 500; ++round) {
    std::vector<uint32_t> places;
    uint64_t place = random() % 3;
    while (places.size() < random() % 200 && place <= UINT32_MAX) {
      places.push_back(static_cast<uint32_t>(place));
      place += 1 + random() % (uint64_t{1} << (random() % 31));
    }
    EXPECT_EQ(Got(DecodePlaces(EncodePlaces(places))), places);
  }
  EXPECT_EQ(CodeOf(DecodePlaces("\x80")), ErrorCode::kCorruption);
  EXPECT_EQ(CodeOf(DecodePlaces("\xFF\xFF\xFF\xFF\x7F")), ErrorCode::kCorruption);
}

}  // namespace
}  // namespace kyujin::store

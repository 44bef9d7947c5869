// The contract of Store about tokens, saved queries, favourites and whole users.
#include <gmock/gmock.h>

#include "server/store/token_text.h"
#include "tests/unit/store/store_backends.h"

namespace kyujin::store {
namespace {

using test::CodeOf;
using test::Got;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Actor kAlice{"alice", 7};
const Actor kBob{"bob", 8};

class StorePeopleTest : public test::StoreTest {
 protected:
  // Returns the id.
  int64_t Save(const Actor& actor, const NewSavedQuery& query) {
    int64_t id = 0;
    Got(store_->CreateSavedQuery(actor, query, std::nullopt, [&](const SavedQuery& saved) {
      id = saved.id;
      return std::string("made");
    }));
    return id;
  }

  NewSavedQuery Query(const std::string& name) {
    NewSavedQuery query;
    query.name = name;
    query.canonical = "q=" + name;
    query.typed = name;
    query.notify = Notify::kInstant;
    query.seen = {UINT64_MAX, 3};
    query.max_per_user = 10;
    return query;
  }

  std::vector<std::string> Actions() {
    std::vector<std::string> actions;
    for (const AuditEntry& entry : Got(store_->Audit(0, 100))) {
      actions.push_back(entry.action);
    }
    return actions;
  }
};

TEST_P(StorePeopleTest, TokenIsFoundByItsDigestUntilItIsRevoked) {
  const Digest digest = DigestOf("secret");
  const int64_t id = Got(store_->AddToken(digest, "alice", Role::kService));
  const auto token = Got(store_->FindToken(digest));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->id, id);
  EXPECT_EQ(token->user, "alice");
  EXPECT_EQ(token->role, Role::kService);
  EXPECT_FALSE(Got(store_->FindToken(DigestOf("another"))));
  // Another program revokes it.
  EXPECT_OK(Open()->RevokeToken(id));
  EXPECT_FALSE(Got(store_->FindToken(digest)));
  const auto all = Got(store_->Tokens());
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].revoked, clock_.Now());
  EXPECT_OK(store_->RevokeToken(id));
  EXPECT_EQ(CodeOf(store_->RevokeToken(id + 100)), ErrorCode::kNotFound);
  EXPECT_THAT(Actions(), ElementsAre("token_created", "token_revoked"));
}

TEST_P(StorePeopleTest, SameDigestTwiceIsRefused) {
  Got(store_->AddToken(DigestOf("secret"), "alice", Role::kUser));
  EXPECT_EQ(CodeOf(store_->AddToken(DigestOf("secret"), "bob", Role::kUser)), ErrorCode::kInternal);
}

TEST_P(StorePeopleTest, SavedQueryIsReadAsItWasSaved) {
  const int64_t id = Save(kAlice, Query("看護師 東京"));
  const SavedQuery saved = Got(store_->FindSavedQuery("alice", id));
  EXPECT_EQ(saved.name, "看護師 東京");
  EXPECT_EQ(saved.canonical, "q=看護師 東京");
  EXPECT_EQ(saved.typed, "看護師 東京");
  EXPECT_EQ(saved.notify, Notify::kInstant);
  EXPECT_FALSE(saved.is_paused);
  EXPECT_EQ(saved.seen, (SeenMark{UINT64_MAX, 3}));
  EXPECT_EQ(saved.created, clock_.Now());
  const auto reopened = Open();
  EXPECT_THAT(Got(reopened->SavedQueries("alice")), SizeIs(1));
}

TEST_P(StorePeopleTest, AnotherUsersSavedQueryIsNotThere) {
  const int64_t id = Save(kAlice, Query("a"));
  EXPECT_EQ(CodeOf(store_->FindSavedQuery("bob", id)), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf(store_->ChangeSavedQuery(kBob, id, {.name = "b"})), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf(store_->DeleteSavedQuery(kBob, id)), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf(store_->MarkSeen("bob", id, {1, 2})), ErrorCode::kNotFound);
  EXPECT_THAT(Got(store_->SavedQueries("bob")), IsEmpty());
  EXPECT_EQ(Got(store_->FindSavedQuery("alice", id)).name, "a");
}

TEST_P(StorePeopleTest, ChangesWhatIsGivenAndLeavesTheRest) {
  const int64_t id = Save(kAlice, Query("a"));
  EXPECT_EQ(Got(store_->ChangeSavedQuery(kAlice, id, {.name = "b"})).notify, Notify::kInstant);
  EXPECT_TRUE(Got(store_->ChangeSavedQuery(kAlice, id, {.is_paused = true})).is_paused);
  Got(store_->ChangeSavedQuery(kAlice, id, {.notify = Notify::kDaily}));
  EXPECT_OK(store_->MarkSeen("alice", id, {5, 9}));
  const SavedQuery saved = Got(store_->FindSavedQuery("alice", id));
  EXPECT_EQ(saved.name, "b");
  EXPECT_EQ(saved.notify, Notify::kDaily);
  EXPECT_TRUE(saved.is_paused);
  EXPECT_EQ(saved.seen, (SeenMark{5, 9}));
  EXPECT_OK(store_->DeleteSavedQuery(kAlice, id));
  EXPECT_EQ(CodeOf(store_->FindSavedQuery("alice", id)), ErrorCode::kNotFound);
}

TEST_P(StorePeopleTest, LimitsSavedQueriesPerUser) {
  NewSavedQuery query = Query("a");
  query.max_per_user = 2;
  Save(kAlice, query);
  Save(kAlice, query);
  Save(kBob, query);
  const auto third = store_->CreateSavedQuery(
      kAlice, query, std::nullopt, [](const SavedQuery&) { return std::string(); });
  EXPECT_EQ(CodeOf(third), ErrorCode::kResourceExhausted);
  EXPECT_THAT(Got(store_->SavedQueries("alice")), SizeIs(2));
}

TEST_P(StorePeopleTest, EqualQueriesShareTheirCanonicalQuery) {
  const int64_t first = Save(kAlice, Query("a"));
  const int64_t second = Save(kBob, Query("a"));
  const int64_t third = Save(kBob, Query("c"));
  const int64_t canonical = Got(store_->FindSavedQuery("alice", first)).canonical_id;
  EXPECT_EQ(Got(store_->FindSavedQuery("bob", second)).canonical_id, canonical);
  EXPECT_NE(Got(store_->FindSavedQuery("bob", third)).canonical_id, canonical);
}

TEST_P(StorePeopleTest, IdempotencyKeyMakesOnlyOne) {
  const IdempotencyKey key{"key-1", DigestOf("request")};
  const auto create = [&](const Actor& actor, const IdempotencyKey& used) {
    return store_->CreateSavedQuery(actor, Query("a"), used, [](const SavedQuery& saved) {
      return "made " + std::to_string(saved.id);
    });
  };
  const std::string answer = Got(create(kAlice, key));
  EXPECT_EQ(Got(create(kAlice, key)), answer);
  EXPECT_EQ(CodeOf(create(kAlice, {"key-1", DigestOf("another request")})),
            ErrorCode::kInvalidArgument);
  EXPECT_THAT(Got(store_->SavedQueries("alice")), SizeIs(1));
  // Keys are a user's own.
  EXPECT_NE(Got(create(kBob, key)), answer);
  clock_.Advance(std::chrono::hours(23));
  EXPECT_EQ(Got(create(kAlice, key)), answer);
  clock_.Advance(std::chrono::hours(2));
  EXPECT_NE(Got(create(kAlice, key)), answer);
}

TEST_P(StorePeopleTest, FavouriteStaysAsItWasKept) {
  Favourite favourite;
  favourite.number = 1'301'012'345'678;
  favourite.version = UINT64_MAX - 1;
  favourite.title = "看護師";
  favourite.employer = "架空病院";
  favourite.wage_type = "monthly";
  favourite.wage_min = 250'000;
  favourite.deadline = *Date::FromCivil(2027, 1, 31);
  Got(store_->AddFavourite("alice", favourite, 2));
  const Time kept = clock_.Now();
  clock_.Advance(std::chrono::hours(1));
  Favourite later = favourite;
  later.title = "准看護師";
  EXPECT_EQ(Got(store_->AddFavourite("alice", later, 2)).title, "看護師");
  const Favourite found = Got(store_->FindFavourite("alice", favourite.number));
  EXPECT_EQ(found.version, UINT64_MAX - 1);
  EXPECT_EQ(found.employer, "架空病院");
  EXPECT_EQ(found.wage_type, "monthly");
  EXPECT_EQ(found.wage_min, 250'000U);
  EXPECT_EQ(found.wage_max, std::nullopt);
  EXPECT_EQ(found.deadline, favourite.deadline);
  EXPECT_EQ(found.kept, kept);
  EXPECT_EQ(CodeOf(store_->FindFavourite("bob", favourite.number)), ErrorCode::kNotFound);
}

TEST_P(StorePeopleTest, FavouritesAreNewestFirstAndLimited) {
  for (const uint64_t number : {11U, 12U, 13U}) {
    Favourite favourite;
    favourite.number = number;
    const auto added = store_->AddFavourite("alice", favourite, 2);
    EXPECT_EQ(added.has_value(), number < 13);
    clock_.Advance(std::chrono::seconds(1));
  }
  const auto all = Got(store_->Favourites("alice"));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].number, 12U);
  EXPECT_OK(store_->DeleteFavourite("bob", 12));
  EXPECT_OK(store_->DeleteFavourite("alice", 11));
  EXPECT_OK(store_->DeleteFavourite("alice", 11));
  EXPECT_THAT(Got(store_->Favourites("alice")), SizeIs(1));
}

TEST_P(StorePeopleTest, ExportHasEverythingAndDeletionLeavesNothing) {
  Save(kAlice, Query("a"));
  const int64_t of_bob = Save(kBob, Query("a"));
  Favourite favourite;
  favourite.number = 5;
  Got(store_->AddFavourite("alice", favourite, 9));
  EXPECT_OK(store_->ChangeSettings("alice", {19}));
  Got(store_->AddToken(DigestOf("alice's"), "alice", Role::kUser));
  Got(store_->AddToken(DigestOf("service"), "alice", Role::kService));
  const UserData everything = Got(store_->ExportUser(kAlice));
  EXPECT_EQ(everything.settings.daily_hour, 19U);
  EXPECT_THAT(everything.tokens, SizeIs(1));
  EXPECT_THAT(everything.saved_queries, SizeIs(1));
  EXPECT_THAT(everything.favourites, SizeIs(1));
  EXPECT_OK(store_->DeleteUser(kAlice));
  const UserData nothing = Got(store_->ExportUser(kAlice));
  EXPECT_EQ(nothing.settings.daily_hour, UserSettings().daily_hour);
  EXPECT_THAT(nothing.tokens, IsEmpty());
  EXPECT_THAT(nothing.saved_queries, IsEmpty());
  EXPECT_THAT(nothing.favourites, IsEmpty());
  EXPECT_FALSE(Got(store_->FindToken(DigestOf("alice's"))));
  EXPECT_TRUE(Got(store_->FindToken(DigestOf("service"))));
  EXPECT_EQ(Got(store_->FindSavedQuery("bob", of_bob)).canonical, "q=a");
}

TEST_P(StorePeopleTest, AuditTellsWhichTokenDidWhatToWhat) {
  const int64_t id = Save(kAlice, Query("a"));
  Got(store_->ChangeSavedQuery(kAlice, id, {.name = "b"}));
  EXPECT_OK(store_->DeleteSavedQuery(kAlice, id));
  Got(store_->ExportUser(kAlice));
  EXPECT_OK(store_->DeleteUser(kAlice));
  EXPECT_THAT(Actions(),
              ElementsAre("saved_query_created",
                          "saved_query_changed",
                          "saved_query_deleted",
                          "user_exported",
                          "user_deleted"));
  const auto entries = Got(store_->Audit(0, 2));
  ASSERT_THAT(entries, SizeIs(2));
  EXPECT_EQ(entries[1].token, 7);
  EXPECT_EQ(entries[1].object, id);
  EXPECT_EQ(entries[1].at, clock_.Now());
  EXPECT_EQ(Got(store_->Audit(entries[1].id, 1)).front().action, "saved_query_deleted");
}

INSTANTIATE_TEST_SUITE_P(Stores, StorePeopleTest, test::AllStores(), [](const auto& suite) {
  return suite.param;
});

}  // namespace
}  // namespace kyujin::store

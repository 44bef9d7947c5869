#include "engine/schema/feed_record.h"

#include <gtest/gtest.h>

#include <set>

namespace kyujin::schema {
namespace {

TEST(FeedFieldTest, EveryTagIsFoundByItsName) {
  std::set<std::string_view> names;
  for (const FeedField& field : FeedFields()) {
    EXPECT_TRUE(names.insert(field.tag).second) << field.tag;
    EXPECT_EQ(FindTag(field.tag), field.id) << field.tag;
    EXPECT_EQ(&GetFeedField(field.id), &field);
    EXPECT_FALSE(field.label.empty()) << field.tag;
  }
  EXPECT_EQ(FeedFields().size(), kTagCount);
}

TEST(FeedFieldTest, PatternsAreSpelledOut) {
  for (const char* name : {"tgktat4_jgn",
                           "tgktat1",
                           "menkyo_skkuyohi3_n",
                           "shgjn3_open_close",
                           "shgjn2_close",
                           "kyjs_holiday",
                           "knyhkn_kosei",
                           "sogyostrt_nen_wareki",
                           "snkhoho_shrisnko_c",
                           "obshri_jobcard",
                           "ktizangydaitkjk",
                           "sikg_aplusbjgn",
                           "uktkymd"}) {
    EXPECT_TRUE(FindTag(name)) << name;
  }
  EXPECT_FALSE(FindTag("no_such_tag"));
  EXPECT_FALSE(FindTag(""));
}

TEST(FeedFieldTest, OnlyTextsAreSearched) {
  EXPECT_EQ(GetFeedField(Tag::kSksu).search_field, SearchField::kTitle);
  EXPECT_EQ(GetFeedField(Tag::kShgbsMyre).search_field, SearchField::kStation);
  EXPECT_EQ(GetFeedField(Tag::kMenkyoSkku2N).search_field, SearchField::kLicence);
  EXPECT_EQ(GetFeedField(Tag::kKjjknktkjk).search_field, SearchField::kOther);
  for (const FeedField& field : FeedFields()) {
    if (field.type != FeedType::kText) {
      EXPECT_EQ(field.search_field, SearchField::kNone) << field.tag;
    }
  }
}

TEST(SearchFieldTest, NamesAndPrefixesAreDistinct) {
  std::set<char> prefixes;
  for (const SearchFieldSpec& field : SearchFields()) {
    EXPECT_TRUE(prefixes.insert(field.term_prefix).second);
    EXPECT_EQ(FindSearchField(field.name), &field);
  }
  EXPECT_EQ(SearchFields().size(), kSearchFieldCount);
  EXPECT_EQ(FindSearchField("nowhere"), nullptr);
}

TEST(FeedRecordTest, KeepsTextUnchangedInTagOrder) {
  FeedRecord feed;
  feed.Set("sksu", "\u3000看護師 ");
  feed.Set("kjno", "13010-12345678");
  EXPECT_EQ(feed.Get(Tag::kSksu), "\u3000看護師 ");
  ASSERT_EQ(feed.values().size(), 2U);
  EXPECT_EQ(feed.values()[0].tag, Tag::kKjno);
  EXPECT_EQ(feed.values()[1].tag, Tag::kSksu);
  EXPECT_EQ(feed.Get(Tag::kJgshmei), "");
}

TEST(FeedRecordTest, BlankIsAbsentAndTheLastTextWins) {
  FeedRecord feed;
  feed.Set("sksu", "\u3000 ");
  EXPECT_TRUE(feed.values().empty());
  feed.Set("sksu", "事務");
  feed.Set("sksu", "営業");
  EXPECT_EQ(feed.Get(Tag::kSksu), "営業");
  feed.Set("sksu", "");
  EXPECT_TRUE(feed.values().empty());
}

TEST(FeedRecordTest, UnknownTagsAreKeptApart) {
  FeedRecord feed;
  feed.Set("zzz_new", "値");
  feed.Set("yyy_new", "\u3000");
  feed.Set("zzz_new", "別の値");
  EXPECT_TRUE(feed.values().empty());
  ASSERT_EQ(feed.unknown().size(), 1U);
  EXPECT_EQ(feed.unknown()[0].tag, "zzz_new");
  EXPECT_EQ(feed.unknown()[0].text, "別の値");
  feed.Clear();
  EXPECT_TRUE(feed.unknown().empty());
}

}  // namespace
}  // namespace kyujin::schema

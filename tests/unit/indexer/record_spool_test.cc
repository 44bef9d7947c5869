#include "indexer/record_spool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using schema::FeedRecord;
using schema::PostingNumber;
using schema::Tag;
using testing::TemporaryFolder;

FeedRecord MakeRecord(std::string_view title) {
  FeedRecord record;
  record.Set(Tag::kSksu, title);
  return record;
}

std::vector<std::string> Titles(const RecordSpool& spool, size_t begin, size_t end) {
  SpoolReader reader(spool, begin, end);
  std::vector<std::string> titles;
  FeedRecord record;
  RecordPlace place;
  for (;;) {
    const auto has_record = reader.Next(&record, &place);
    EXPECT_TRUE(has_record.has_value());
    if (!has_record.has_value() || !*has_record) {
      return titles;
    }
    titles.emplace_back(record.Get(Tag::kSksu));
  }
}

TEST(RecordSpool, TheNewerOfANumberWinsWhicheverComesFirst) {
  const TemporaryFolder folder;
  auto spool = *RecordSpool::Create(folder.path());
  const auto add = [&](uint64_t number, uint16_t received, std::string_view title) {
    ASSERT_TRUE(spool->Append(PostingNumber::FromValue(number), received, MakeRecord(title), {})
                    .has_value());
  };
  add(2, 10, "two old");
  add(1, 20, "one new");
  add(2, 11, "two new");
  add(1, 19, "one old");
  add(3, 5, "three first");
  add(3, 5, "three second");
  EXPECT_EQ(*spool->Seal(), 3U);
  EXPECT_THAT(Titles(*spool, 0, spool->size()),
              ::testing::ElementsAre("one new", "two new", "three first"));
}

TEST(RecordSpool, GivesBackKnownAndUnknownTagsAndThePlace) {
  const TemporaryFolder folder;
  auto spool = *RecordSpool::Create(folder.path());
  FeedRecord record = MakeRecord("介護　職");
  record.Set("not_in_the_table", "値");
  ASSERT_TRUE(
      spool->Append(PostingNumber::FromValue(7), 0, record, {4, 1234567, 1ULL << 40}).has_value());
  ASSERT_TRUE(spool->Seal().has_value());

  SpoolReader reader(*spool, 0, 1);
  FeedRecord read;
  RecordPlace place;
  ASSERT_TRUE(*reader.Next(&read, &place));
  EXPECT_EQ(read.Get(Tag::kSksu), "介護　職");
  ASSERT_EQ(read.unknown().size(), 1U);
  EXPECT_EQ(read.unknown()[0].tag, "not_in_the_table");
  EXPECT_EQ(read.unknown()[0].text, "値");
  EXPECT_EQ(place.file, 4U);
  EXPECT_EQ(place.line, 1234567U);
  EXPECT_EQ(place.byte, 1ULL << 40);
  EXPECT_FALSE(*reader.Next(&read, &place));
}

TEST(RecordSpool, LeavesNoFileBehindAndNamesAMissingFolder) {
  const TemporaryFolder folder;
  auto spool = *RecordSpool::Create(folder.path());
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  const auto failed = RecordSpool::Create(folder.path() / "missing");
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().message, ::testing::HasSubstr("missing"));
}

TEST(RecordSpool, AgreesWithAMapOnRandomRecords) {
  const uint64_t seed = 20261122;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 20; ++round) {
    const TemporaryFolder folder;
    auto spool = *RecordSpool::Create(folder.path());
    // number → (received, title): the first of the newest.
    std::map<uint64_t, std::pair<uint16_t, std::string>> model;
    const uint64_t count = random() % 3000;
    for (uint64_t i = 0; i < count; ++i) {
      const uint64_t number = random() % 1000;
      const auto received = static_cast<uint16_t>(random() % 4);
      const std::string title = std::to_string(i) + std::string(random() % 600, 'x');
      ASSERT_TRUE(spool->Append(PostingNumber::FromValue(number), received, MakeRecord(title), {})
                      .has_value());
      const auto [entry, is_new] = model.try_emplace(number, received, title);
      if (!is_new && received > entry->second.first) {
        entry->second = {received, title};
      }
    }
    ASSERT_EQ(*spool->Seal(), count - model.size());
    std::vector<std::string> expected;
    for (const auto& [number, value] : model) {
      expected.push_back(value.second);
    }
    const size_t middle = model.size() / 3;
    auto titles = Titles(*spool, 0, middle);
    for (auto& title : Titles(*spool, middle, model.size())) {
      titles.push_back(title);
    }
    ASSERT_EQ(titles, expected);
  }
}

}  // namespace
}  // namespace kyujin::indexer

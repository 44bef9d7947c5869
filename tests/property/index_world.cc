#include "tests/property/index_world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "engine/schema/posting_number.h"
#include "engine/schema/posting_version.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;

uint64_t NumberOf(const RandomRecord& record) {
  return schema::PostingNumber::Parse(record.Get("kjno"))->value();
}

// What a reader must be told of the step from `before` to `after`.
std::vector<index::Change> Difference(const Records& before, const Records& after) {
  std::vector<index::Change> changes;
  for (const auto& [number, record] : before) {
    if (!after.contains(number)) {
      changes.push_back(
          {number, schema::PostingVersion(ToFeedRecord(record)), index::ChangeOp::kRemoved});
    }
  }
  for (const auto& [number, record] : after) {
    const schema::FeedRecord feed = ToFeedRecord(record);
    const auto old = before.find(number);
    const uint64_t version = schema::PostingVersion(feed);
    if (old == before.end()) {
      changes.push_back({number, version, index::ChangeOp::kAdded});
    } else if (schema::ContentHash(ToFeedRecord(old->second)) != schema::ContentHash(feed)) {
      const bool is_seen = schema::PostingVersion(ToFeedRecord(old->second)) != version;
      changes.push_back(
          {number, version, is_seen ? index::ChangeOp::kUpdated : index::ChangeOp::kRewritten});
    }
  }
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return a.number < b.number;
  });
  return changes;
}

}  // namespace

schema::FeedRecord ToFeedRecord(const RandomRecord& record) {
  // As a map, because a tag given twice in a change file would be no JSON.
  const std::map<std::string, std::string> values(record.values.begin(), record.values.end());
  schema::FeedRecord feed;
  for (const auto& [tag, text] : values) {
    feed.Set(tag, text);
  }
  return feed;
}

IndexWorld::IndexWorld(Date today,
                       std::shared_ptr<const text::AnalyzerModel> model,
                       RandomSource* random)
    : today_(today),
      random_(random),
      index_(folder_ / "index"),
      actions_(index_, std::move(model)) {}

Records IndexWorld::RandomFeed(size_t count) {
  Records records;
  for (RandomRecord& record : MakeRandomFeed(count, today_, random_)) {
    std::map<std::string, std::string> values(record.values.begin(), record.values.end());
    const uint64_t number = NumberOf(record);
    record.values.assign(values.begin(), values.end());
    records[number] = std::move(record);
  }
  return records;
}

// The live records with some gone, some changed and some new.
Records IndexWorld::Mutated() {
  Records feed;
  const auto gone = static_cast<unsigned>(random_->Below(40));
  const auto changed = static_cast<unsigned>(random_->Below(40));
  for (const auto& [number, record] : records_) {
    if (random_->Percent(gone)) {
      continue;
    }
    feed[number] = record;
    if (random_->Percent(changed)) {
      RandomRecord other = RandomFeed(1).begin()->second;
      std::erase_if(other.values, [](const auto& value) { return value.first == "kjno"; });
      other.Add("kjno", record.Get("kjno"));
      feed[number] = std::move(other);
    }
  }
  for (auto& [number, record] : RandomFeed(1 + random_->Below(8))) {
    feed.try_emplace(number, std::move(record));
  }
  return feed;
}

fs::path IndexWorld::WriteFeed(const Records& records) const {
  std::vector<RandomRecord> list;
  for (const auto& [number, record] : records) {
    list.push_back(record);
  }
  const fs::path path = folder_ / "feed.xml";
  WriteBytes(path, ToFeedPage(list));
  return path;
}

Result<index::Manifest> IndexWorld::RunFeed(const Records& feed,
                                            indexer::FeedMode mode,
                                            double max_removals) {
  return actions_.RunFeed(WriteFeed(feed), mode, max_removals);
}

// The step made `records` live as the next generation.
void IndexWorld::Publish(Records records, bool is_first) {
  changes_ = Difference(records_, records);
  has_changes_ = !is_first;
  records_ = std::move(records);
  ++generation_;
}

std::string IndexWorld::Build() {
  const bool is_first = generation_ == 0;
  Records feed = is_first || random_->Percent(30) ? RandomFeed(5 + random_->Below(40)) : Mutated();
  const auto manifest = RunFeed(feed, indexer::FeedMode::kBuild, 100.0);
  EXPECT_TRUE(manifest.has_value()) << manifest.error().message;
  Publish(std::move(feed), is_first);
  is_merged_ = true;
  return "build";
}

std::string IndexWorld::Sync() {
  Records feed = Mutated();
  const auto manifest = RunFeed(feed, indexer::FeedMode::kSync, 100.0);
  EXPECT_TRUE(manifest.has_value()) << manifest.error().message;
  Publish(std::move(feed), false);
  is_merged_ = false;
  return "sync";
}

std::string IndexWorld::SyncTooLittle() {
  Records feed;
  for (const auto& [number, record] : records_) {
    if (feed.size() * 2 < records_.size()) {
      feed[number] = record;
    }
  }
  const bool is_refused = (records_.size() - feed.size()) * 100 > records_.size() * 20;
  const auto manifest = RunFeed(feed, indexer::FeedMode::kSync, 20.0);
  EXPECT_EQ(manifest.has_value(), !is_refused && !feed.empty());
  if (manifest.has_value()) {
    Publish(std::move(feed), false);
    is_merged_ = false;
  }
  return "sync of too little";
}

std::string IndexWorld::Apply() {
  Records after = records_;
  std::string lines;
  for (auto& [number, record] : Mutated()) {
    if (!random_->Percent(20)) {
      continue;
    }
    lines += UpsertLine({record.values.begin(), record.values.end()});
    after[number] = record;
    if (random_->Percent(10)) {
      lines += DeleteLine(number);
      after.erase(number);
    }
  }
  for (const auto& [number, record] : records_) {
    if (random_->Percent(10)) {
      lines += DeleteLine(number);
      after.erase(number);
      if (random_->Percent(20)) {
        lines += UpsertLine({record.values.begin(), record.values.end()});
        after[number] = record;
      }
    }
  }
  lines += random_->Percent(20) ? "{\"op\":\"upsert\",\"posting\":{}}\n" : "";
  const bool is_changed = !Difference(records_, after).empty();
  const int repeats = random_->Percent(25) ? 2 : 1;
  for (int i = 0; i < repeats; ++i) {
    const auto manifest = actions_.Apply(lines);
    EXPECT_TRUE(manifest.has_value()) << manifest.error().message;
  }
  if (is_changed) {
    Publish(std::move(after), false);
    is_merged_ = false;
  }
  return fmt::format("apply, {} times", repeats);
}

std::string IndexWorld::MergeAll() {
  const auto manifest = actions_.MergeAll();
  EXPECT_TRUE(manifest.has_value()) << manifest.error().message;
  if (manifest->generation != generation_) {
    Publish(records_, false);
  }
  is_merged_ = true;
  return "merge";
}

std::string IndexWorld::MergeByPolicy() {
  const auto manifest = actions_.MergeByPolicy();
  EXPECT_TRUE(manifest.has_value()) << manifest.error().message;
  EXPECT_LE(manifest->segments.size(), 8U);
  if (manifest->generation != generation_) {
    Publish(records_, false);
  }
  return "merge by policy";
}

// What a writer that died in the middle leaves behind.
std::string IndexWorld::CrashWhileWriting() {
  const uint64_t next = generation_ + 1;
  const fs::path folder = index_ / index::SegmentFolderName(next);
  fs::create_directories(folder / "shard-0.text");
  WriteBytes(folder / "shard-0.cards", "half a card");
  WriteBytes(index_ / index::ChangeFileName(next), "half a list");
  WriteBytes(index_ / index::TombstoneFileName(next, "seg-00000001"), "half a bitmap");
  if (random_->Percent(50)) {
    WriteBytes(index_ / index::ManifestFileName(next), "{\"format_version\":");
  }
  WriteBytes(index_ / "CURRENT.tmp", "");
  return "crash while writing";
}

// Everything was written and synced but CURRENT: the generation before it goes on living.
std::string IndexWorld::CrashBeforePublish() {
  const std::string current = ReadBytes(index_ / "CURRENT");
  const Records before = records_;
  const Records feed = Mutated();
  const auto manifest = RunFeed(feed, indexer::FeedMode::kSync, 100.0);
  EXPECT_TRUE(manifest.has_value()) << manifest.error().message;
  WriteBytes(index_ / "CURRENT", current);
  return "crash before the publish";
}

std::string IndexWorld::Step() {
  if (generation_ == 0) {
    return Build();
  }
  switch (random_->Below(12)) {
    case 0:
      return Build();
    case 1:
    case 2:
    case 3:
      return Sync();
    case 4:
      return SyncTooLittle();
    case 5:
    case 6:
    case 7:
      return Apply();
    case 8:
      return MergeAll();
    case 9:
      return MergeByPolicy();
    case 10:
      return CrashWhileWriting();
    default:
      return CrashBeforePublish();
  }
}

}  // namespace kyujin::test

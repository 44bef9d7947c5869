// What happens when threads meet: readers open while a writer publishes, shards are written side by
// side, a snapshot is swapped under its readers.
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

#include "engine/base/date.h"
#include "engine/index/text_readers.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"

namespace kyujin::index {
namespace {

std::vector<schema::JobPosting> Postings(size_t count) {
  std::mt19937_64 random(count);
  return test::RandomPostings(&random, count);
}

// Reads something of every part of the generation; returns whether it could.
bool IsWhole(const Snapshot& snapshot, TextReaders* readers) {
  std::vector<Posting> postings;
  const auto reader = readers->Get(snapshot, 0);
  const auto documents = static_cast<uint32_t>(snapshot.documents());
  return reader.has_value() && (*reader)->ReadPostings("Tjava", &postings).has_value() &&
         snapshot.ReadPosting({0, documents - 1}).has_value() &&
         snapshot.segments()[0]->columns().file().Verify().has_value();
}

TEST(IndexThreadsTest, ReadersOpenWhileAWriterPublishes) {
  test::TestIndex index;
  index.Publish(Postings(5));
  std::atomic<bool> is_done = false;
  std::atomic<uint64_t> opened = 0;
  std::vector<std::string> failures(3);
  std::vector<std::thread> readers;
  for (std::string& failure : failures) {
    readers.emplace_back([&] {
      TextReaders text_readers;
      uint64_t last = 0;
      while (!is_done && failure.empty()) {
        const auto snapshot = Snapshot::Open(index.path(), test::AnalyzerVersion());
        if (!snapshot.has_value()) {
          failure = snapshot.error().message;
        } else if ((*snapshot)->generation() < last || !IsWhole(**snapshot, &text_readers)) {
          failure = "generation " + std::to_string((*snapshot)->generation()) + " is not whole";
        } else {
          last = (*snapshot)->generation();
          ++opened;
        }
      }
    });
  }
  for (size_t i = 0; i < 50; ++i) {
    index.Publish(Postings(1 + i % 7));
  }
  is_done = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
  EXPECT_EQ(failures, std::vector<std::string>(3));
  EXPECT_GT(opened.load(), 0U);
  EXPECT_EQ(index.Open()->generation(), 51U);
}

TEST(IndexThreadsTest, ShardsAreWrittenByThreadsOfTheirOwn) {
  test::TemporaryFolder folder;
  const auto postings = Postings(200);
  constexpr size_t kShards = 4;
  const auto writer = *SegmentWriter::Create({folder / "seg", kShards, test::SharedModel()});
  std::atomic<size_t> failed = 0;
  std::vector<std::thread> threads;
  for (size_t shard = 0; shard < kShards; ++shard) {
    threads.emplace_back([&, shard] {
      for (size_t i = shard * 50; i < (shard + 1) * 50; ++i) {
        failed += writer->shard(shard).Add(postings[i]).has_value() ? 0 : 1;
      }
      failed += writer->shard(shard).Finish().has_value() ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  ASSERT_EQ(failed.load(), 0U);
  const SegmentInfo info = *writer->Finish();
  const auto segment = *Segment::Open(folder / "seg", info);
  ASSERT_EQ(segment->documents(), 200U);
  for (DocId doc = 0; doc < 200; ++doc) {
    EXPECT_EQ(segment->columns().numbers()[doc], postings[doc].number.value());
  }
}

TEST(IndexThreadsTest, ASnapshotIsSharedAndSwappedUnderItsReaders) {
  test::TestIndex index;
  const auto postings = Postings(40);
  index.Publish(postings);
  SnapshotHolder holder;
  holder.Set(index.Open());
  std::atomic<bool> is_done = false;
  std::atomic<size_t> failed = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      TextReaders text_readers;
      std::mt19937_64 random(1);
      while (!is_done) {
        const auto snapshot = holder.Get();
        const auto& posting = postings[random() % postings.size()];
        const auto address = snapshot->Find(posting.number);
        const bool is_right = address && IsWhole(*snapshot, &text_readers) &&
                              snapshot->ReadPosting(*address)->number == posting.number;
        failed += is_right ? 0 : 1;
      }
    });
  }
  for (int i = 0; i < 20; ++i) {
    holder.Set(index.Open());
  }
  index.Publish(postings, 2);
  holder.Set(index.Open());
  is_done = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
  EXPECT_EQ(failed.load(), 0U);
}

}  // namespace
}  // namespace kyujin::index

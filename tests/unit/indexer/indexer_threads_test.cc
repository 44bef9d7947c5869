// What happens when threads meet: a failing shard stops the others, a stop ends a run anywhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "indexer/input_reader.h"
#include "indexer/shard_builder.h"
#include "indexer/signal_watcher.h"
#include "tests/unit/indexer/fakes.h"
#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using testing::FakeDerive;
using testing::FakeSegmentWriter;
using ::testing::HasSubstr;
using testing::MakeNumber;
using testing::SegmentLog;
using testing::TemporaryFolder;

class BuildShardsTest : public ::testing::Test {
 protected:
  static constexpr size_t kRecords = 20'000;
  static constexpr size_t kShards = 4;

  BuildShardsTest() {
    for (unsigned i = 0; i < kRecords; ++i) {
      schema::FeedRecord record;
      record.Set(schema::Tag::kKjno, MakeNumber(i));
      record.Set(schema::Tag::kSksu, i % 100 == 0 ? "reject" : "配送");
      KYUJIN_CHECK(
          spool_->Append(*schema::PostingNumber::Parse(MakeNumber(i)), 0, record, {}).has_value());
    }
    KYUJIN_CHECK(spool_->Seal().has_value());
  }

  Result<uint64_t> Build() {
    FakeSegmentWriter writer(folder_.path() / "seg-1", kShards, segment_);
    auto built = BuildShards({*spool_, derive_, *rejects_, progress_}, writer, stop_.get_token());
    if (built.has_value()) {
      KYUJIN_CHECK(writer.Finish().has_value());
    }
    return built;
  }

  TemporaryFolder folder_;
  std::unique_ptr<RecordSpool> spool_ = *RecordSpool::Create(folder_.path());
  std::unique_ptr<RejectLog> rejects_ = *RejectLog::Create(folder_.path(), {"a.xml"});
  SegmentLog segment_;
  DeriveFunction derive_ = &FakeDerive;
  NoProgress progress_;
  std::stop_source stop_;
};

TEST_F(BuildShardsTest, EveryRecordIsAddedOrRejectedOnce) {
  const auto built = Build();
  ASSERT_TRUE(built.has_value());
  EXPECT_EQ(*built, kRecords - kRecords / 100);
  EXPECT_EQ(rejects_->summary().total, kRecords / 100);
  const size_t added = std::accumulate(
      segment_.shards.begin(), segment_.shards.end(), size_t{0}, [](size_t sum, const auto& shard) {
        return sum + shard.size();
      });
  EXPECT_EQ(added, *built);
}

TEST_F(BuildShardsTest, AFailingShardStopsTheOthersAndItsErrorIsTheResult) {
  segment_.fail_shard_at = 100;
  const auto built = Build();
  ASSERT_FALSE(built.has_value());
  EXPECT_THAT(built.error().message, HasSubstr("No space left"));
}

TEST_F(BuildShardsTest, AnExceptionInAThreadIsAnErrorNotAnEnd) {
  std::atomic<int> calls{0};
  derive_ =
      [&](schema::FeedRecord feed, schema::JobPosting* posting, schema::Rejection* rejection) {
        if (++calls == 1000) {
          throw std::runtime_error("dictionary vanished");
        }
        return FakeDerive(std::move(feed), posting, rejection);
      };
  const auto built = Build();
  ASSERT_FALSE(built.has_value());
  EXPECT_THAT(built.error().message, HasSubstr("dictionary vanished"));
}

TEST_F(BuildShardsTest, AStopEndsAllThreadsEarly) {
  std::atomic<size_t> calls{0};
  derive_ =
      [&](schema::FeedRecord feed, schema::JobPosting* posting, schema::Rejection* rejection) {
        if (++calls == 500) {
          stop_.request_stop();
        }
        return FakeDerive(std::move(feed), posting, rejection);
      };
  const auto built = Build();
  ASSERT_FALSE(built.has_value());
  EXPECT_EQ(built.error().code, ErrorCode::kUnavailable);
  EXPECT_LT(calls.load(), kRecords);
}

TEST(SignalWatcher, ASignalAsksToStop) {
  const SignalWatcher watcher;
  EXPECT_FALSE(watcher.token().stop_requested());
  std::atomic<bool> is_asked{false};
  const std::stop_callback callback(watcher.token(), [&] {
    is_asked = true;
    is_asked.notify_all();
  });
  ::kill(::getpid(), SIGTERM);
  is_asked.wait(false);
  EXPECT_TRUE(watcher.token().stop_requested());
}

// Files of very different sizes, some with rejects and some broken: however many threads parse
// them, the sink sees what one thread would have shown it.
class OrderSink final : public RecordSink {
 public:
  Status OnRecord(schema::FeedRecord& record, const RecordPlace& place) override {
    return Note(std::string(record.Get(schema::Tag::kKjno)), place);
  }
  Status OnReject(const Reject& reject) override { return Note("reject", reject.place); }
  Status OnBrokenPage(const Reject& reject) override { return Note("broken", reject.place); }

  std::vector<std::string> order;

 private:
  Status Note(const std::string& what, const RecordPlace& place) {
    order.push_back(std::to_string(place.file) + ":" + std::to_string(place.byte) + " " + what);
    return {};
  }
};

class ReadInputsTest : public ::testing::Test {
 protected:
  ReadInputsTest() {
    unsigned number = 0;
    for (unsigned file = 0; file < 24; ++file) {
      const std::string name = (file < 10 ? "0" : "") + std::to_string(file);
      std::string lines;
      const unsigned records = file % 7 == 0 ? 3 * static_cast<unsigned>(kRecordsAhead) : file * 3;
      for (unsigned i = 0; i < records; ++i) {
        lines +=
            i % 50 == 49 ? "no object\n" : R"({"feed":{"kjno":")" + MakeNumber(number++) + "\"}}\n";
      }
      static_cast<void>(input_.Write(name + ".jsonl", lines));
      static_cast<void>(input_.Write(name + "x.xml", "<root><kyujin>"));
    }
    inputs_ = *ExpandInputs(std::vector<std::filesystem::path>{input_.path()});
  }

  TemporaryFolder input_;
  InputFiles inputs_;
  NoProgress progress_;
};

TEST_F(ReadInputsTest, ThreadsChangeNothing) {
  OrderSink one;
  ASSERT_TRUE(ReadInputs(inputs_, one, progress_, {}, 1).has_value());
  ASSERT_GT(one.order.size(), 9 * kRecordsAhead);
  for (const size_t threads : {2U, 5U, 64U}) {
    OrderSink many;
    ASSERT_TRUE(ReadInputs(inputs_, many, progress_, {}, threads).has_value());
    EXPECT_TRUE(many.order == one.order);
  }
}

TEST_F(ReadInputsTest, TheFirstFileThatFailsIsNamed) {
  std::filesystem::remove(inputs_.files[30].path);
  std::filesystem::remove(inputs_.files[40].path);
  for (int i = 0; i < 5; ++i) {
    OrderSink sink;
    const auto status = ReadInputs(inputs_, sink, progress_, {}, 8);
    ASSERT_FALSE(status.has_value());
    EXPECT_THAT(status.error().message, HasSubstr(inputs_.files[30].path.string()));
  }
}

TEST_F(ReadInputsTest, AStopEndsAllThreads) {
  std::stop_source stop;
  stop.request_stop();
  OrderSink sink;
  EXPECT_EQ(ReadInputs(inputs_, sink, progress_, stop.get_token(), 8).error().code,
            ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace kyujin::indexer

#include "indexer/change_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/fakes.h"
#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ChangeReaderTest : public ::testing::Test {
 protected:
  void Read(const std::string& lines) {
    testing::MemoryByteSource source(lines, 17);
    const Status status = reader_.Read(source, {});
    EXPECT_TRUE(status.has_value()) << status.error().message;
    EXPECT_TRUE(spool_->Seal(RecordSpool::Winner::kAppendedLast).has_value());
  }

  static std::string Upsert(unsigned serial, std::string_view title) {
    return R"({"op":"upsert","posting":{"number":"x","feed":{"kjno":")" +
           testing::MakeNumber(serial) + R"(","sksu":")" + std::string(title) + "\"}}}\n";
  }
  static std::string Delete(unsigned serial) {
    return R"({"op":"delete","number":")" + testing::MakeNumber(serial) + "\"}\n";
  }
  static uint64_t Value(unsigned serial) {
    return schema::PostingNumber::Parse(testing::MakeNumber(serial))->value();
  }

  std::vector<std::string> Titles() {
    SpoolReader reader(*spool_, 0, spool_->size());
    std::vector<std::string> titles;
    schema::FeedRecord record;
    RecordPlace place;
    while (*reader.Next(&record, &place)) {
      titles.emplace_back(record.Get(schema::Tag::kSksu));
    }
    return titles;
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<RecordSpool> spool_ = *RecordSpool::Create(folder_.path());
  std::unique_ptr<RejectLog> rejects_ = *RejectLog::Create(folder_.path(), {"changes.jsonl"});
  const DeriveFunction derive_ = &testing::FakeDerive;
  ChangeReader reader_{*spool_, *rejects_, derive_};
};

TEST_F(ChangeReaderTest, TheLastLineOfANumberCounts) {
  Read(Upsert(1, "first") + Upsert(2, "second") + Delete(2) + Upsert(1, "third") + Delete(3) +
       Upsert(3, "fourth") + "\n  \n");
  EXPECT_EQ(reader_.lines(), 6U);
  EXPECT_EQ(reader_.wishes().at(Value(1)), ChangeWish::kUpsert);
  EXPECT_EQ(reader_.wishes().at(Value(2)), ChangeWish::kDelete);
  EXPECT_EQ(reader_.wishes().at(Value(3)), ChangeWish::kUpsert);
  EXPECT_THAT(Titles(), ElementsAre("third", "second", "fourth"));
  EXPECT_EQ(rejects_->summary().total, 0U);
}

TEST_F(ChangeReaderTest, ABadLineTakesOnlyItselfAway) {
  Read(Upsert(1, "good") + Upsert(1, "rejected by the deriver") +
       "not json\n[]\n{}\n{\"op\":\"replace\"}\n{\"op\":\"upsert\"}\n"
       "{\"op\":\"upsert\",\"posting\":{}}\n{\"op\":\"delete\"}\n{\"op\":\"delete\",\"number\":1}"
       "\n" +
       Upsert(2, "good too"));
  EXPECT_EQ(reader_.lines(), 11U);
  EXPECT_EQ(rejects_->summary().total, 9U);
  EXPECT_THAT(rejects_->summary().first_rejects.front(), HasSubstr("changes.jsonl:2"));
  EXPECT_THAT(Titles(), ElementsAre("good", "good too"));
}

TEST_F(ChangeReaderTest, AWrittenLineNeedsNoEnd) {
  std::string line = Upsert(1, "only");
  line.pop_back();
  Read(line);
  EXPECT_THAT(Titles(), ElementsAre("only"));
}

}  // namespace
}  // namespace kyujin::indexer

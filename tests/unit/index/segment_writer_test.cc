#include "engine/index/segment_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "engine/base/file.h"
#include "engine/index/field_length.h"
#include "engine/index/position_cursor.h"
#include "engine/index/posting_terms.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_reader.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;
using schema::JobPosting;
using test::ReadBytes;
using test::WriteBytes;
using testing::HasSubstr;

// What CollectTerms says of the postings: term → document → positions.
using Words = std::map<std::string, std::map<DocId, std::vector<uint32_t>>>;

Words ExpectedWords(const std::vector<JobPosting>& postings) {
  text::Analyzer analyzer(test::SharedModel());
  Words words;
  std::vector<TermOccurrence> terms;
  FieldLengths lengths;
  for (DocId doc = 0; doc < postings.size(); ++doc) {
    CollectTerms(postings[doc], &analyzer, &terms, &lengths);
    for (const TermOccurrence& occurrence : terms) {
      words[occurrence.term][doc].push_back(occurrence.position);
    }
  }
  return words;
}

class SegmentWriterTest : public testing::Test {
 protected:
  SegmentInfo Write(const std::string& name,
                    const std::vector<JobPosting>& postings,
                    size_t shards) {
    Result<SegmentInfo> info = test::WriteSegment(folder_ / name, postings, shards);
    EXPECT_TRUE(info.has_value()) << info.error().message;
    return *info;
  }

  void ExpectWords(const std::string& segment, const Words& expected) {
    const auto opened = TextReader::Open(folder_ / segment / "text.glass");
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    const auto& reader = *opened;
    std::vector<Posting> postings;
    std::vector<uint32_t> positions;
    for (const auto& [term, documents] : expected) {
      ASSERT_TRUE(reader->ReadPostings(term, &postings).has_value());
      ASSERT_EQ(*reader->DocumentFrequency(term), documents.size()) << term;
      ASSERT_EQ(postings.size(), documents.size()) << term;
      PositionCursor cursor(reader.get(), term, postings);
      size_t at = 0;
      for (const auto& [doc, expected_positions] : documents) {
        ASSERT_EQ(postings[at].doc, doc) << term;
        ASSERT_EQ(postings[at].frequency, expected_positions.size()) << term;
        ASSERT_TRUE(cursor.Read(at, &positions).has_value());
        ASSERT_EQ(positions, expected_positions) << term;
        ++at;
      }
    }
  }

  test::TemporaryFolder folder_;
};

TEST_F(SegmentWriterTest, ShardsMakeTheSameSegmentAsOne) {
  std::mt19937_64 random(test::RandomSeed());
  const std::vector<JobPosting> postings = test::RandomPostings(&random, 400);
  const Words words = ExpectedWords(postings);
  const SegmentInfo one = Write("one", postings, 1);
  EXPECT_EQ(one.documents, 400U);
  ASSERT_NO_FATAL_FAILURE(ExpectWords("one", words));
  for (const size_t shards : {2U, 3U, 7U}) {
    const std::string name = "shards" + std::to_string(shards);
    const SegmentInfo info = Write(name, postings, shards);
    EXPECT_EQ(info.documents, 400U);
    // Columns do not remember the shards at all.
    EXPECT_TRUE(ReadBytes(folder_ / name / "columns.bin") ==
                ReadBytes(folder_ / "one" / "columns.bin"));
    ASSERT_NO_FATAL_FAILURE(ExpectWords(name, words));
    const auto segment = *Segment::Open(folder_ / name, info);
    for (DocId doc = 0; doc < segment->documents(); ++doc) {
      ASSERT_EQ(segment->columns().numbers()[doc], postings[doc].number.value());
      ASSERT_EQ(*segment->cards().Read(doc),
                *(*Segment::Open(folder_ / "one", one))->cards().Read(doc));
    }
  }
}

TEST_F(SegmentWriterTest, ColumnsHoldTheValuesOfThePostings) {
  std::mt19937_64 random(test::RandomSeed());
  const std::vector<JobPosting> postings = test::RandomPostings(&random, 200);
  const SegmentInfo info = Write("seg", postings, 3);
  const auto segment = *Segment::Open(folder_ / "seg", info);
  const SegmentColumns& columns = segment->columns();
  for (const schema::ColumnSpec& spec : schema::Columns()) {
    for (DocId doc = 0; doc < postings.size(); ++doc) {
      ASSERT_EQ(columns.Value(spec.id, doc), spec.value(postings[doc])) << spec.name;
    }
  }
  for (const FacetColumnSpec& spec : FacetColumns()) {
    for (DocId doc = 0; doc < postings.size(); ++doc) {
      for (size_t value = 0; value < schema::FacetValueCount(spec.facet); ++value) {
        ASSERT_EQ(columns.FacetBits(spec.id, static_cast<schema::FacetValue>(value)).Test(doc),
                  columns.FacetValues(spec.id)[doc] == value);
      }
    }
  }
  for (size_t i = 0; i < schema::kStoredConditionCount; ++i) {
    const auto condition = static_cast<schema::Condition>(i);
    for (DocId doc = 0; doc < postings.size(); ++doc) {
      ASSERT_EQ(columns.ConditionBits(condition).Test(doc),
                (postings[doc].conditions_yes & schema::ConditionBit(condition)) != 0);
    }
  }
}

TEST_F(SegmentWriterTest, OrdersAreSortedByKeyThenNumber) {
  std::mt19937_64 random(test::RandomSeed());
  const std::vector<JobPosting> postings = test::RandomPostings(&random, 300);
  const auto segment = *Segment::Open(folder_ / "seg", Write("seg", postings, 2));
  for (const schema::SortOrderSpec& spec : schema::SortOrders()) {
    const auto order = segment->columns().Order(spec.id);
    const SortKey key = segment->columns().KeyOf(spec.id);
    Bitmap seen(postings.size());
    for (size_t i = 0; i < order.size(); ++i) {
      seen.Set(order[i]);
      if (i > 0) {
        ASSERT_LT(std::pair(key(order[i - 1]), order[i - 1]), std::pair(key(order[i]), order[i]))
            << spec.name;
      }
    }
    EXPECT_EQ(seen.Count(), postings.size()) << spec.name;
  }
}

TEST_F(SegmentWriterTest, AMissingWageIsLastInItsOrder) {
  std::vector<JobPosting> postings(3);
  for (size_t i = 0; i < postings.size(); ++i) {
    postings[i].number = schema::PostingNumber::FromValue(i + 1);
    postings[i].wage.type = schema::WageType::kMonthly;
  }
  postings[1].wage.base = {200'000, 200'000};
  postings[2].wage = {};
  const auto segment = *Segment::Open(folder_ / "seg", Write("seg", postings, 1));
  EXPECT_THAT(segment->columns().Order(schema::SortOrder::kWageMinBase),
              testing::ElementsAre(1, 0, 2));
}

TEST_F(SegmentWriterTest, FieldLengthsAreCounted) {
  std::mt19937_64 random(test::RandomSeed());
  const std::vector<JobPosting> postings = test::RandomPostings(&random, 100);
  const auto segment = *Segment::Open(folder_ / "seg", Write("seg", postings, 3));
  text::Analyzer analyzer(test::SharedModel());
  std::vector<TermOccurrence> terms;
  FieldLengths lengths;
  FieldLengths sums{};
  FieldLengths with{};
  for (DocId doc = 0; doc < postings.size(); ++doc) {
    CollectTerms(postings[doc], &analyzer, &terms, &lengths);
    for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
      const auto place = static_cast<size_t>(field.id);
      ASSERT_EQ(segment->columns().Lengths(field.id)[doc], EncodeLength(lengths[place]));
      sums[place] += lengths[place];
      with[place] += lengths[place] > 0 ? 1 : 0;
    }
  }
  for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
    const auto place = static_cast<size_t>(field.id);
    EXPECT_EQ(segment->columns().LengthSum(field.id), sums[place]);
    EXPECT_EQ(segment->columns().DocumentsWith(field.id), with[place]);
  }
}

TEST_F(SegmentWriterTest, EmptySegmentsCanBeRead) {
  for (const size_t shards : {1U, 3U}) {
    const std::string name = "empty" + std::to_string(shards);
    const SegmentInfo info = Write(name, {}, shards);
    EXPECT_EQ(info.documents, 0U);
    const auto segment = Segment::Open(folder_ / name, info);
    ASSERT_TRUE(segment.has_value()) << segment.error().message;
    const auto reader = TextReader::Open((*segment)->text_path());
    ASSERT_TRUE(reader.has_value()) << reader.error().message;
    std::vector<Posting> postings = {{1, 1}};
    EXPECT_TRUE((*reader)->ReadPostings("Tjava", &postings).has_value());
    EXPECT_TRUE(postings.empty());
    EXPECT_EQ((*reader)->documents(), 0U);
  }
}

TEST_F(SegmentWriterTest, DocumentsWithoutWordsCount) {
  std::vector<JobPosting> postings(4);
  for (size_t i = 0; i < postings.size(); ++i) {
    postings[i].number = schema::PostingNumber::FromValue(i + 1);
  }
  postings[3].feed.Set(schema::Tag::kSksu, "java");
  Write("seg", postings, 2);
  const auto reader = *TextReader::Open(folder_ / "seg" / "text.glass");
  EXPECT_EQ(reader->documents(), 4U);
  std::vector<Posting> found;
  ASSERT_TRUE(reader->ReadPostings("Tjava", &found).has_value());
  EXPECT_THAT(found, testing::ElementsAre(Posting{3, 1}));
}

TEST_F(SegmentWriterTest, FilesAreReportedAsTheyAre) {
  std::mt19937_64 random(1);
  const SegmentInfo info = Write("seg", test::RandomPostings(&random, 50), 3);
  EXPECT_EQ(info.name, "seg");
  std::vector<std::string> names;
  for (const FileEntry& file : info.files) {
    names.push_back(file.name);
    EXPECT_EQ(file.size, fs::file_size(folder_ / "seg" / file.name));
    EXPECT_EQ(file.checksum, *ChecksumFile(folder_ / "seg" / file.name));
  }
  EXPECT_THAT(names,
              testing::UnorderedElementsAre("text.glass", "columns.bin", "cards.bin", "hits.bin"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "seg"), fs::directory_iterator()), 4)
      << "shard files are left";
}

TEST_F(SegmentWriterTest, FoldersThatCannotBeMadeAreNamed) {
  fs::create_directory(folder_ / "exists");
  WriteBytes(folder_ / "file", "");
  for (const char* name : {"exists", "missing/seg", "file/seg"}) {
    const auto writer = SegmentWriter::Create({folder_ / name, 1, test::SharedModel()});
    ASSERT_FALSE(writer.has_value()) << name;
    EXPECT_EQ(writer.error().code, ErrorCode::kInternal);
    EXPECT_THAT(writer.error().message, HasSubstr((folder_ / name).string()));
  }
}

TEST_F(SegmentWriterTest, AFolderThatVanishesIsAnError) {
  const auto writer = *SegmentWriter::Create({folder_ / "seg", 1, test::SharedModel()});
  ASSERT_TRUE(writer->shard(0).Finish().has_value());
  fs::remove_all(folder_ / "seg");
  const auto info = writer->Finish();
  ASSERT_FALSE(info.has_value());
  EXPECT_THAT(info.error().message, HasSubstr((folder_ / "seg").string()));
}

TEST_F(SegmentWriterTest, BrokenTextFilesAreCorruptOrMissing) {
  std::mt19937_64 random(1);
  Write("seg", test::RandomPostings(&random, 50), 1);
  const std::string bytes = ReadBytes(folder_ / "seg" / "text.glass");
  EXPECT_EQ(TextReader::Open(folder_ / "none").error().code, ErrorCode::kNotFound);
  for (const size_t size : {size_t{0}, size_t{1}, size_t{100}}) {
    WriteBytes(folder_ / "broken", std::string_view(bytes).substr(0, size));
    const auto reader = TextReader::Open(folder_ / "broken");
    ASSERT_FALSE(reader.has_value()) << size;
    EXPECT_EQ(reader.error().code, ErrorCode::kCorruption) << reader.error().message;
    EXPECT_THAT(reader.error().message, HasSubstr((folder_ / "broken").string()));
  }
  WriteBytes(folder_ / "broken", std::string(bytes.size(), 'x'));
  // A reader that cannot be opened leaves no file open.
  const auto open_files = [] {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
  };
  const auto before = open_files();
  EXPECT_EQ(TextReader::Open(folder_ / "broken").error().code, ErrorCode::kCorruption);
  EXPECT_EQ(open_files(), before);
}

}  // namespace
}  // namespace kyujin::index

#include "engine/index/segment_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <iterator>
#include <map>

#include "engine/schema/place_resolver.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/text_file.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Segments whose files are each sound, but not of one making.
class SegmentVerifierTest : public testing::Test {
 protected:
  SegmentVerifierTest() {
    for (unsigned i = 0; i < 40; ++i) {
      postings_.push_back(Derived(i, "介護職員募集、資格不問"));
    }
    Write("good", postings_);
  }

  schema::JobPosting Derived(unsigned serial, std::string_view title) {
    schema::FeedRecord feed;
    feed.Set(schema::Tag::kKjno, schema::PostingNumber::FromValue(serial + 1).ToString());
    feed.Set(schema::Tag::kSksu, title);
    feed.Set(schema::Tag::kShigotoNy, "夜勤はありません。" + std::to_string(serial));
    schema::JobPosting posting;
    schema::Rejection rejection;
    KYUJIN_CHECK(deriver_.Derive(feed, &posting, &rejection));
    return posting;
  }

  void Write(const std::string& name, const std::vector<schema::JobPosting>& postings) {
    auto info = test::WriteSegment(folder_ / name, postings, 2);
    ASSERT_TRUE(info.has_value()) << info.error().message;
    infos_[name] = *info;
  }

  // The problems of segment `good` with one file taken from segment `other`.
  std::vector<std::string> Verify(const std::string& file = {}, const std::string& other = {}) {
    SegmentInfo info = infos_["good"];
    if (!file.empty()) {
      fs::copy_file(
          folder_ / other / file, folder_ / "good" / file, fs::copy_options::overwrite_existing);
      for (size_t i = 0; i < info.files.size(); ++i) {
        if (info.files[i].name == file) {
          info.files[i] = infos_[other].files[i];
        }
      }
    }
    const auto segment = Segment::Open(folder_ / "good", info);
    KYUJIN_CHECK(segment.has_value());
    Problems problems;
    const Status status = VerifySegment(
        **segment, info, {test::SharedModel(), &deriver_, folder_.path()}, {}, &problems);
    EXPECT_TRUE(status.has_value());
    EXPECT_EQ(problems.count(), problems.shown().size());
    return problems.shown();
  }

  const schema::PlaceResolver places_;
  const schema::PostingDeriver deriver_{places_};
  test::TemporaryFolder folder_;
  std::vector<schema::JobPosting> postings_;
  std::map<std::string, SegmentInfo> infos_;
};

TEST_F(SegmentVerifierTest, ASoundSegmentHasNoProblems) {
  EXPECT_THAT(Verify(), IsEmpty());
}

TEST_F(SegmentVerifierTest, ColumnsOfOtherPostingsAreFound) {
  postings_[7].wage.type = schema::WageType::kHourly;
  Write("other", postings_);
  EXPECT_THAT(Verify("columns.bin", "other"), Contains(HasSubstr("section column.wage_type")));
}

TEST_F(SegmentVerifierTest, CardsThatSayOtherThingsThanTheirTextAreFound) {
  postings_[7].conditions_yes ^= 1;
  Write("other", postings_);
  const auto problems = Verify("cards.bin", "other");
  EXPECT_THAT(problems, Contains(HasSubstr("derives to other values")));
  EXPECT_THAT(problems, Contains(HasSubstr("section conditions.bits")));
}

TEST_F(SegmentVerifierTest, WordsOfOtherTextsAreFound) {
  // As many words as before, so that lengths do not tell.
  postings_[7] = Derived(7, "看護職員募集、資格不問");
  Write("other", postings_);
  EXPECT_THAT(Verify("text.glass", "other"), Contains(HasSubstr("text.glass has other words")));
}

TEST_F(SegmentVerifierTest, WordsThatAreMissingAreFoundByTheirLengths) {
  postings_[7] = Derived(7, "募集");
  Write("other", postings_);
  EXPECT_THAT(Verify("text.glass", "other"), Contains(HasSubstr("section length.title")));
}

TEST_F(SegmentVerifierTest, TextOfOtherDocumentsIsFound) {
  postings_.pop_back();
  Write("other", postings_);
  EXPECT_THAT(Verify("text.glass", "other"), Contains(HasSubstr("documents instead of")));
}

// Each file is sound as Xapian sees it; the words are those of the cards, but not all of the index
// would find them.
TEST_F(SegmentVerifierTest, BlocksThatAreNotWhereTheyAreLookedForAreFound) {
  const fs::path path = folder_ / "good" / "text.glass";
  const test::TextMetadata sound = test::ReadTextMetadata(path);
  const auto verify_with = [&](const test::TextMetadata& metadata) {
    test::WriteTextMetadata(metadata, folder_.path(), path);
    infos_["good"].files[0].size = fs::file_size(path);
    return Verify();
  };
  ASSERT_THAT(verify_with(sound), IsEmpty());

  // A block more that repeats the last one: never read, but counted.
  for (const char kind : {'P', 'W'}) {
    test::TextMetadata more = sound;
    const auto last = std::prev(more.lower_bound(std::string(1, static_cast<char>(kind + 1))));
    more[std::string(1, kind) + "\x7F"] = last->second;
    EXPECT_THAT(verify_with(more), Not(IsEmpty())) << kind;
  }

  test::TextMetadata moved = sound;
  const auto last = std::prev(moved.end());
  ASSERT_EQ(last->first.front(), 'W');
  moved[last->first.substr(0, last->first.size() - 1) + "\x7F"] = last->second;
  moved.erase(last->first);
  EXPECT_THAT(verify_with(moved), Contains(HasSubstr("is broken")));
}

TEST_F(SegmentVerifierTest, BrokenBlocksAreFound) {
  const fs::path path = folder_ / "good" / "text.glass";
  std::string bytes = test::ReadBytes(path);
  // The second block is of a tree; the first holds what opening reads.
  bytes.replace(8192, 64, std::string(64, '\xFF'));
  test::WriteBytes(path, bytes);
  EXPECT_EXIT(
      {
        const auto problems = Verify();
        std::_Exit(problems.empty() ? 0 : 1);
      },
      [](int state) { return !WIFEXITED(state) || WEXITSTATUS(state) != 0; },
      "")
      << "a crash is an answer too: verify runs in a process of its own";
}

}  // namespace
}  // namespace kyujin::index

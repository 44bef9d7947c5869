#include "indexer/input_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::TemporaryFolder;

Result<InputFiles> Expand(const std::vector<std::filesystem::path>& paths) {
  return ExpandInputs(paths);
}

std::vector<std::string> Names(const InputFiles& inputs, const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& file : inputs.files) {
    names.push_back(file.path.lexically_relative(folder).string());
  }
  return names;
}

TEST(ExpandInputs, ReadsAFolderRecursivelyInOrderAndReportsOtherFiles) {
  const TemporaryFolder folder;
  for (const char* name : {"b/2.xml",
                           "b/1.XML.gz",
                           "a.jsonl.zst",
                           "c.ndjson",
                           "d.json",
                           "z/notes.txt",
                           "z/1.xml.bz2"}) {
    static_cast<void>(folder.Write(name, "x"));
  }
  const auto inputs = Expand({folder.path()});
  ASSERT_TRUE(inputs.has_value());
  EXPECT_THAT(Names(*inputs, folder.path()),
              ElementsAre("a.jsonl.zst", "b/1.XML.gz", "b/2.xml", "c.ndjson", "d.json"));
  EXPECT_THAT(inputs->skipped, SizeIs(2));
  EXPECT_EQ(inputs->files[0].format, InputFormat::kJsonLines);
  EXPECT_EQ(inputs->files[0].compression, Compression::kZstd);
  EXPECT_EQ(inputs->files[1].format, InputFormat::kTeikyoXml);
  EXPECT_EQ(inputs->files[1].compression, Compression::kGzip);
  EXPECT_EQ(inputs->files[1].size, 1U);
}

TEST(ExpandInputs, LooksAtTheFirstCharacterOfANamedFileOfAnotherName) {
  const TemporaryFolder folder;
  const auto xml = folder.Write("page.txt", "\xEF\xBB\xBF\n <root/>");
  const auto json = folder.Write("postings", "{\"feed\":{}}");
  const auto inputs = Expand({json, xml});
  ASSERT_TRUE(inputs.has_value());
  EXPECT_EQ(inputs->files[0].format, InputFormat::kJsonLines);
  EXPECT_EQ(inputs->files[1].format, InputFormat::kTeikyoXml);
}

TEST(ExpandInputs, NamesWhatItCannotRead) {
  const TemporaryFolder folder;
  const auto missing = Expand({folder.path() / "no-such.xml"});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(missing.error().message, HasSubstr("no-such.xml"));

  for (const char* content : {"", "number,title\n1,2\n"}) {
    const auto unknown = Expand({folder.Write("table.csv", content)});
    ASSERT_FALSE(unknown.has_value());
    EXPECT_EQ(unknown.error().code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(unknown.error().message, HasSubstr("table.csv"));
  }
  EXPECT_FALSE(Expand({"/dev/null"}).has_value());
}

TEST(ExpandInputs, ReadsAFileOnceHoweverItIsNamed) {
  const TemporaryFolder folder;
  const auto page = folder.Write("1.xml", "<root/>");
  std::filesystem::create_symlink(page, folder.path() / "2.xml");
  const auto inputs = Expand({page, folder.path(), folder.path() / "." / "1.xml"});
  ASSERT_TRUE(inputs.has_value());
  EXPECT_THAT(inputs->files, SizeIs(1));
}

TEST(ExpandInputs, AnEmptyFolderIsNoError) {
  const TemporaryFolder folder;
  const auto inputs = Expand({folder.path()});
  ASSERT_TRUE(inputs.has_value());
  EXPECT_THAT(inputs->files, SizeIs(0));
}

}  // namespace
}  // namespace kyujin::indexer

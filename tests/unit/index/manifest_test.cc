#include "engine/index/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/hash.h"
#include "engine/schema/schema_version.h"

namespace kyujin::index {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Manifest MakeManifest() {
  Manifest manifest;
  manifest.schema_version = schema::SchemaVersion();
  manifest.analyzer_version = "analyzer \"1\"";
  manifest.index_id = 0xFEDCBA9876543210;
  manifest.generation = 42;
  manifest.as_of = "2026-11-22T05:10:00+09:00";
  manifest.documents = 5'000'000'000;
  manifest.verified = true;
  manifest.segments = {{"seg-00000041", 7, {{"text.glass", 1, 2}, {"columns.bin", 3, UINT64_MAX}}},
                       {"seg-00000042", UINT32_MAX, {}}};
  manifest.segments[1].dead = 5;
  manifest.segments[1].tombstones = FileEntry{"tombstones-00000042-seg-00000042.bin", 6, 7};
  manifest.changes_from = 40;
  manifest.changes = FileEntry{"changes-00000042.bin", 8, 9};
  return manifest;
}

// The text with `from` replaced by `to` and a checksum that fits.
std::string Changed(std::string_view from, std::string_view to) {
  std::string text = SerializeManifest(MakeManifest());
  text.resize(text.rfind(",\"checksum\""));
  const size_t at = text.find(from);
  KYUJIN_CHECK(at != std::string::npos);
  text.replace(at, from.size(), to);
  return text + ",\"checksum\":\"" + ToHex(Hash64(text + "}")) + "\"}\n";
}

TEST(ManifestTest, ComesBack) {
  const Manifest manifest = MakeManifest();
  const Result<Manifest> back = ParseManifest(SerializeManifest(manifest));
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(back->format_version, manifest.format_version);
  EXPECT_EQ(back->schema_version, manifest.schema_version);
  EXPECT_EQ(back->analyzer_version, manifest.analyzer_version);
  EXPECT_EQ(back->index_id, manifest.index_id);
  EXPECT_EQ(back->generation, manifest.generation);
  EXPECT_EQ(back->as_of, manifest.as_of);
  EXPECT_EQ(back->documents, manifest.documents);
  EXPECT_TRUE(back->verified);
  ASSERT_EQ(back->segments.size(), 2U);
  EXPECT_EQ(back->segments[0].name, "seg-00000041");
  EXPECT_EQ(back->segments[0].documents, 7U);
  ASSERT_EQ(back->segments[0].files.size(), 2U);
  EXPECT_EQ(back->segments[0].files[1].name, "columns.bin");
  EXPECT_EQ(back->segments[0].files[1].size, 3U);
  EXPECT_EQ(back->segments[0].files[1].checksum, UINT64_MAX);
  EXPECT_EQ(back->segments[1].documents, UINT32_MAX);
  EXPECT_EQ(back->segments[0].dead, 0U);
  EXPECT_EQ(back->segments[0].tombstones, std::nullopt);
  EXPECT_EQ(back->segments[1].dead, 5U);
  EXPECT_EQ(back->segments[1].tombstones, manifest.segments[1].tombstones);
  EXPECT_EQ(back->changes_from, 40U);
  EXPECT_EQ(back->changes, manifest.changes);
}

TEST(ManifestTest, EveryFlippedBitIsRefused) {
  const std::string text = SerializeManifest(MakeManifest());
  for (size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string broken = text;
    broken[bit / 8] = static_cast<char>(broken[bit / 8] ^ (1 << (bit % 8)));
    const Result<Manifest> parsed = ParseManifest(broken);
    ASSERT_FALSE(parsed.has_value()) << "byte " << bit / 8 << " of " << text.size();
    ASSERT_EQ(parsed.error().code, ErrorCode::kCorruption);
  }
}

TEST(ManifestTest, TruncatedAndExtendedTextsAreRefused) {
  const std::string text = SerializeManifest(MakeManifest());
  for (size_t size = 0; size < text.size(); ++size) {
    ASSERT_FALSE(ParseManifest(std::string_view(text).substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(ParseManifest(text + "\n").has_value());
  EXPECT_FALSE(ParseManifest(" " + text).has_value());
  EXPECT_FALSE(ParseManifest(text + text).has_value());
}

TEST(ManifestTest, WrongMembersAreRefusedUnderARightChecksum) {
  ASSERT_TRUE(ParseManifest(Changed("42", "43")).has_value());
  const std::pair<const char*, const char*> changes[] = {
      {"\"generation\":42", "\"generation\":-1"},
      {"\"generation\":42", "\"generation\":1.5"},
      {"\"generation\":42", "\"generatio\":42"},
      {"\"verified\":true", "\"verified\":1"},
      {"\"documents\":7", "\"documents\":4294967296"},
      {"fedcba9876543210", "xyz"},
      {"fedcba9876543210", ""},
      {"fedcba9876543210", "fedcba98765432100"},
      {"seg-00000041", "../seg"},
      {"seg-00000041", "a/b"},
      {"seg-00000041", ""},
      {"seg-00000041", "."},
      {"text.glass", "../../etc/passwd"},
      {"text.glass", ""},
      {"\"segments\":[", "\"segment\":["}};
  for (const auto& [from, to] : changes) {
    const Result<Manifest> parsed = ParseManifest(Changed(from, to));
    ASSERT_FALSE(parsed.has_value()) << from << " -> " << to;
    EXPECT_EQ(parsed.error().code, ErrorCode::kCorruption);
  }
}

TEST(CheckCompatibleTest, NamesWhatDiffersAndTheWayOut) {
  Manifest manifest = MakeManifest();
  EXPECT_TRUE(CheckCompatible(manifest, "analyzer \"1\"").has_value());

  const Status analyzer = CheckCompatible(manifest, "analyzer 2");
  ASSERT_FALSE(analyzer.has_value());
  EXPECT_EQ(analyzer.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(analyzer.error().message,
              AllOf(HasSubstr("generation 42"),
                    HasSubstr("analyzer \"1\""),
                    HasSubstr("analyzer 2"),
                    HasSubstr("kyujin-index build")));

  manifest.schema_version = "0123456789abcdef";
  const Status schema = CheckCompatible(manifest, "analyzer \"1\"");
  ASSERT_FALSE(schema.has_value());
  EXPECT_THAT(schema.error().message,
              AllOf(HasSubstr("schema 0123456789abcdef"), HasSubstr(schema::SchemaVersion())));

  manifest.format_version = kFormatVersion + 1;
  const Status format = CheckCompatible(manifest, "analyzer \"1\"");
  ASSERT_FALSE(format.has_value());
  EXPECT_EQ(format.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(format.error().message,
              HasSubstr("format version " + std::to_string(kFormatVersion + 1)));
}

TEST(ManifestTest, NamesFilesByGeneration) {
  EXPECT_EQ(ManifestFileName(42), "manifest-00000042.json");
  EXPECT_EQ(SegmentFolderName(7), "seg-00000007");
  EXPECT_EQ(ManifestFileName(1'234'567'890), "manifest-1234567890.json");
}

}  // namespace
}  // namespace kyujin::index

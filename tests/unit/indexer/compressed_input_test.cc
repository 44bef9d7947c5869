#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "engine/base/byte_source.h"
#include "indexer/source_teikyo_xml.h"
#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using ::testing::HasSubstr;
using testing::MakeData;
using testing::MakeNumber;
using testing::MakePage;
using testing::MemoryByteSource;
using testing::RecordingSink;
using testing::TemporaryFolder;

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Zstd(const std::string& text, int window_log = 0) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
  std::string out(ZSTD_compressBound(text.size()) + 1024, '\0');
  ZSTD_outBuffer output{out.data(), out.size(), 0};
  ZSTD_inBuffer input{text.data(), text.size(), 0};
  // In two steps, so that the frame's header does not say how short the text is.
  EXPECT_EQ(ZSTD_compressStream2(context, &output, &input, ZSTD_e_flush), 0U);
  EXPECT_EQ(ZSTD_compressStream2(context, &output, &input, ZSTD_e_end), 0U);
  ZSTD_freeCCtx(context);
  out.resize(output.pos);
  return out;
}

Result<std::string> ReadWhole(ByteSource& source, size_t step) {
  std::string text;
  std::string buffer(step, '\0');
  for (;;) {
    KYUJIN_ASSIGN_OR_RETURN(const size_t count, source.Read(buffer));
    if (count == 0) {
      return text;
    }
    text.append(buffer, 0, count);
  }
}

enum class Form { kGzip, kZstd };

class CompressedSource : public ::testing::TestWithParam<Form> {
 protected:
  static std::string Compress(const std::string& text) {
    return GetParam() == Form::kGzip ? Gzip(text) : Zstd(text);
  }
  static std::unique_ptr<ByteSource> Open(const std::string& bytes, size_t step = SIZE_MAX) {
    auto memory = std::make_unique<MemoryByteSource>(bytes, step);
    return GetParam() == Form::kGzip ? MakeGzipSource(std::move(memory), "page")
                                     : MakeZstdSource(std::move(memory), "page");
  }
  static std::string LongText() {
    std::string text;
    for (int i = 0; i < 60'000; ++i) {
      text += std::to_string(i * 7919);
    }
    return text;
  }
};

TEST_P(CompressedSource, GivesTheTextInStepsOfAnySize) {
  const std::string text = LongText();
  const std::string bytes = Compress(text);
  for (const size_t step : {1U, 100U, 1U << 16, 1U << 20}) {
    auto source = Open(bytes, step);
    const auto read = ReadWhole(*source, step);
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_TRUE(*read == text) << step;
    EXPECT_EQ(source->file_position(), bytes.size());
  }
}

TEST_P(CompressedSource, ReadsSeveralMembersOneAfterTheOther) {
  auto source = Open(Compress("前半") + Compress("") + Compress("後半"));
  EXPECT_EQ(*ReadWhole(*source, 4096), "前半後半");
}

TEST_P(CompressedSource, EveryTruncationIsAnErrorWithNameAndByte) {
  const std::string bytes = Compress("短い文章 short text");
  for (size_t size = 0; size < bytes.size(); ++size) {
    auto source = Open(bytes.substr(0, size));
    const auto read = ReadWhole(*source, 4096);
    ASSERT_FALSE(read.has_value()) << size;
    EXPECT_EQ(read.error().code, ErrorCode::kCorruption);
    EXPECT_THAT(read.error().message, HasSubstr("page: byte " + std::to_string(size)));
  }
}

TEST_P(CompressedSource, RefusesOtherDataAndWhatFollowsTheEnd) {
  EXPECT_FALSE(ReadWhole(*Open("<root></root>"), 4096).has_value());
  EXPECT_FALSE(ReadWhole(*Open(Compress("text") + "garbage"), 4096).has_value());
}

INSTANTIATE_TEST_SUITE_P(Forms,
                         CompressedSource,
                         ::testing::Values(Form::kGzip, Form::kZstd),
                         [](const auto& param_info) {
                           return param_info.param == Form::kGzip ? "Gzip" : "Zstd";
                         });

TEST(ZstdSource, RefusesAnAbsurdWindow) {
  // A frame header: window of 2^30 bytes, no content size; then an empty last block.
  const std::string frame("\x28\xB5\x2F\xFD\x00\xA0\x01\x00\x00", 9);
  auto source = MakeZstdSource(std::make_unique<MemoryByteSource>(frame), "page");
  const auto read = ReadWhole(*source, 4096);
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().message, HasSubstr("window"));
}

TEST(OpenByteSource, PlainGzipAndZstdPagesGiveTheSameRecords) {
  const TemporaryFolder folder;
  std::string data;
  for (unsigned i = 0; i < 500; ++i) {
    data += MakeData(MakeNumber(i), "営業事務" + std::to_string(i));
  }
  const std::string page = MakePage(data);
  const std::vector<std::pair<std::filesystem::path, Compression>> files = {
      {folder.Write("1.xml", page), Compression::kNone},
      {folder.Write("1.xml.gz", Gzip(page)), Compression::kGzip},
      {folder.Write("1.xml.zst", Zstd(page)), Compression::kZstd}};
  for (const auto& [path, compression] : files) {
    auto source = OpenByteSource(path, compression);
    ASSERT_TRUE(source.has_value());
    RecordingSink sink;
    ASSERT_TRUE(TeikyoXmlSource().Read(**source, 0, sink).has_value());
    ASSERT_EQ(sink.records.size(), 500U) << path;
    EXPECT_EQ(sink.records[499].Get(schema::Tag::kSksu), "営業事務499");
  }
}

TEST(OpenByteSource, NamesTheFileItCannotOpen) {
  const auto source = OpenByteSource("/no/such/page.xml", Compression::kNone);
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(source.error().message, HasSubstr("/no/such/page.xml"));
}

}  // namespace
}  // namespace kyujin::indexer

#include "indexer/source_teikyo_xml.h"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "indexer/teikyo_record_builder.h"

namespace kyujin::indexer {
namespace {

constexpr int kChunkBytes = 1 << 16;
// What expat may hold back of one unfinished tag or comment.
constexpr uint64_t kMaxMarkupBytes = 1U << 20;
constexpr int kMaxDepth = 16;
// expat remembers every element name of a page: a page of invented names would fill the memory.
constexpr size_t kMaxUnknownNames = 4096;

struct ParserDeleter {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

// Reads one page. Confined to one thread.
class PageReader {
 public:
  PageReader(const RecordLimits& limits, uint32_t file, RecordSink& sink)
      : sink_(sink), file_(file), builder_(limits), parser_(XML_ParserCreate(nullptr)) {
    KYUJIN_CHECK(parser_ != nullptr);
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &OnStart, &OnEnd);
    XML_SetCharacterDataHandler(parser_.get(), &OnText);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &OnDoctype);
  }

  Status Read(ByteSource& input) {
    Step step = Step::kContinue;
    while (step == Step::kContinue) {
      KYUJIN_ASSIGN_OR_RETURN(step, ReadChunk(input));
    }
    return {};
  }

 private:
  enum class Step { kContinue, kEnd };

  Result<Step> ReadChunk(ByteSource& input) {
    void* const chunk = XML_GetBuffer(parser_.get(), kChunkBytes);
    KYUJIN_CHECK(chunk != nullptr);
    const auto count = input.Read({static_cast<char*>(chunk), size_t{kChunkBytes}});
    if (!count.has_value()) {
      const Error error = count.error();
      return error.code == ErrorCode::kCorruption ? BreakAt(fed_bytes_, error.message)
                                                  : Result<Step>(error);
    }
    chunk_ = {static_cast<const char*>(chunk), *count};
    chunk_start_ = fed_bytes_;
    fed_bytes_ += *count;
    const bool is_last = *count == 0;
    const bool is_parsed =
        XML_ParseBuffer(parser_.get(), static_cast<int>(*count), is_last ? XML_TRUE : XML_FALSE) ==
        XML_STATUS_OK;
    KYUJIN_RETURN_IF_ERROR(status_);
    if (!is_parsed) {
      line_ = XML_GetCurrentLineNumber(parser_.get());
      counted_ = fed_bytes_;
      return BreakAt(Position(), break_reason_.empty() ? ParserReason() : break_reason_);
    }
    if (fed_bytes_ - Position() > kMaxMarkupBytes) {
      return BreakAt(Position(), "a tag or comment of more than 1 MiB");
    }
    CountLinesTo(fed_bytes_);
    return is_last ? Step::kEnd : Step::kContinue;
  }

  static void XMLCALL OnStart(void* self, const XML_Char* name, const XML_Char** /*attributes*/) {
    static_cast<PageReader*>(self)->StartElement(name);
  }
  static void XMLCALL OnEnd(void* self, const XML_Char* /*name*/) {
    static_cast<PageReader*>(self)->EndElement();
  }
  static void XMLCALL OnText(void* self, const XML_Char* text, int size) {
    auto* const reader = static_cast<PageReader*>(self);
    if (reader->value_is_open_) {
      reader->builder_.AppendText({text, static_cast<size_t>(size)});
    }
  }
  static void XMLCALL OnDoctype(void* self,
                                const XML_Char* /*name*/,
                                const XML_Char* /*system*/,
                                const XML_Char* /*public*/,
                                int /*has_internal_subset*/) {
    static_cast<PageReader*>(self)->Stop("a DOCTYPE is not allowed in a feed page");
  }

  void StartElement(std::string_view name) {
    ++depth_;
    if (depth_ > kMaxDepth) {
      Stop("elements nested more than " + std::to_string(kMaxDepth) + " deep");
      return;
    }
    if (record_depth_ == 0 && depth_ > 1 && name == "data") {
      record_depth_ = depth_;
      CountLinesTo(Position());
      builder_.Begin({file_, line_, Position()});
      return;
    }
    const auto tag = schema::FindTag(name);
    if (!tag && !NoteUnknownName(name)) {
      Stop("more than " + std::to_string(kMaxUnknownNames) + " different unknown tags");
      return;
    }
    // Markup inside a value is not part of the feed's form: its text is kept as the value's text.
    if (record_depth_ > 0 && depth_ == record_depth_ + 1) {
      value_is_open_ = true;
      builder_.BeginValue(tag, name);
    }
  }

  void EndElement() {
    if (record_depth_ > 0 && depth_ == record_depth_ + 1) {
      value_is_open_ = false;
      builder_.EndValue();
    } else if (depth_ == record_depth_) {
      record_depth_ = 0;
      const Status status = builder_.Finish(sink_);
      if (!status.has_value()) {
        status_ = status;
        XML_StopParser(parser_.get(), XML_FALSE);
      }
    }
    --depth_;
  }

  bool NoteUnknownName(std::string_view name) {
    if (unknown_names_.find(name) != unknown_names_.end()) {
      return true;
    }
    unknown_names_.emplace(name);
    return unknown_names_.size() <= kMaxUnknownNames;
  }

  void Stop(std::string reason) {
    break_reason_ = std::move(reason);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  // Byte of the page at which the current event begins.
  [[nodiscard]] uint64_t Position() const {
    const XML_Index index = XML_GetCurrentByteIndex(parser_.get());
    return index < 0 ? 0 : static_cast<uint64_t>(index);
  }

  // expat's own line count walks every byte a second time; records are many and errors are few.
  void CountLinesTo(uint64_t position) {
    const uint64_t from = std::max(counted_, chunk_start_);
    if (position <= from) {
      return;
    }
    const auto part = chunk_.substr(from - chunk_start_, position - from);
    line_ += static_cast<uint64_t>(std::count(part.begin(), part.end(), '\n'));
    counted_ = position;
  }

  [[nodiscard]] std::string ParserReason() const {
    const XML_Error code = XML_GetErrorCode(parser_.get());
    switch (code) {
      case XML_ERROR_NO_ELEMENTS:
      case XML_ERROR_UNCLOSED_TOKEN:
      case XML_ERROR_PARTIAL_CHAR:
        return "the page ends too early";
      case XML_ERROR_INVALID_TOKEN:
        return AtByteOutsideAscii() ? "bytes that are not valid UTF-8 (or not in the encoding that "
                                      "the page declares)"
                                    : "the page is not well-formed XML";
      default:
        return std::string("the page is not well-formed XML: ") + XML_ErrorString(code);
    }
  }

  [[nodiscard]] bool AtByteOutsideAscii() const {
    const uint64_t position = Position();
    return position >= chunk_start_ && position - chunk_start_ < chunk_.size() &&
           static_cast<unsigned char>(chunk_[position - chunk_start_]) >= 0x80;
  }

  Result<Step> BreakAt(uint64_t position, std::string reason) {
    CountLinesTo(position);
    std::string number;
    if (record_depth_ > 0) {
      number = builder_.number();
    }
    KYUJIN_RETURN_IF_ERROR(
        sink_.OnBrokenPage({std::move(number), {}, std::move(reason), {file_, line_, position}}));
    return Step::kEnd;
  }

  RecordSink& sink_;
  uint32_t file_;
  TeikyoRecordBuilder builder_;
  std::unique_ptr<XML_ParserStruct, ParserDeleter> parser_;
  Status status_;
  std::string break_reason_;
  std::set<std::string, std::less<>> unknown_names_;
  int depth_ = 0;
  int record_depth_ = 0;  // depth of the open <data>; 0 outside of records
  bool value_is_open_ = false;

  std::string_view chunk_;  // in the parser's buffer, valid while it parses
  uint64_t chunk_start_ = 0;
  uint64_t fed_bytes_ = 0;
  uint64_t counted_ = 0;  // bytes whose line ends are counted
  uint64_t line_ = 1;
};

}  // namespace

Status TeikyoXmlSource::Read(ByteSource& input, uint32_t file, RecordSink& sink) {
  return PageReader(limits_, file, sink).Read(input);
}

}  // namespace kyujin::indexer

#include "indexer/feed_answer.h"

#include <expat.h>

#include <charconv>
#include <limits>
#include <memory>
#include <utility>

namespace kyujin::indexer {
namespace {

struct ParserDeleter {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

// Walks through one answer. Confined to one thread.
class AnswerReader {
 public:
  virtual ~AnswerReader() = default;

  // Returns whether the answer is whole.
  bool Read(std::string_view xml) {
    const std::unique_ptr<XML_ParserStruct, ParserDeleter> parser(XML_ParserCreate(nullptr));
    KYUJIN_CHECK(parser != nullptr);
    XML_SetUserData(parser.get(), this);
    XML_SetElementHandler(parser.get(), &OnStart, &OnEnd);
    XML_SetCharacterDataHandler(parser.get(), &OnText);
    // Nothing of the feed needs one, and entities could fill the memory.
    XML_SetStartDoctypeDeclHandler(parser.get(), &OnDoctype);
    parser_ = parser.get();
    return xml.size() <= std::numeric_limits<int>::max() &&
           XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE) ==
               XML_STATUS_OK;
  }

 protected:
  virtual void Start(std::string_view name) = 0;
  // `text` is what stood since the last start.
  virtual void End(std::string_view name, std::string_view text) = 0;

 private:
  static void XMLCALL OnStart(void* self, const XML_Char* name, const XML_Char** /*attributes*/) {
    auto* const reader = static_cast<AnswerReader*>(self);
    reader->text_.clear();
    reader->Start(name);
  }
  static void XMLCALL OnEnd(void* self, const XML_Char* name) {
    auto* const reader = static_cast<AnswerReader*>(self);
    reader->End(name, reader->text_);
    reader->text_.clear();
  }
  static void XMLCALL OnText(void* self, const XML_Char* text, int size) {
    static_cast<AnswerReader*>(self)->text_.append(text, static_cast<size_t>(size));
  }
  static void XMLCALL OnDoctype(void* self,
                                const XML_Char* /*name*/,
                                const XML_Char* /*system*/,
                                const XML_Char* /*public*/,
                                int /*has_internal_subset*/) {
    XML_StopParser(static_cast<AnswerReader*>(self)->parser_, XML_FALSE);
  }

  XML_Parser parser_ = nullptr;
  std::string text_;
};

class TokenReader final : public AnswerReader {
 public:
  std::string token;

 private:
  void Start(std::string_view /*name*/) override {}
  void End(std::string_view name, std::string_view text) override {
    if (name == "token") {
      token = text;
    }
  }
};

uint64_t NumberIn(std::string_view text) {
  uint64_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() ? number : 0;
}

class ListReader final : public AnswerReader {
 public:
  std::vector<FeedData> list;

 private:
  void Start(std::string_view name) override {
    if (name == "data") {
      row_ = {};
    }
  }
  void End(std::string_view name, std::string_view text) override {
    if (name == "data_id") {
      row_.id = text;
    } else if (name == "count") {
      row_.count = NumberIn(text);
    } else if (name == "page") {
      row_.pages = NumberIn(text);
    } else if (name == "data" && !row_.id.empty()) {
      list.push_back(std::move(row_));
    }
  }

  FeedData row_;
};

class PageReader final : public AnswerReader {
 public:
  uint64_t postings = 0;

 private:
  void Start(std::string_view name) override { postings += name == "data" ? 1 : 0; }
  void End(std::string_view /*name*/, std::string_view /*text*/) override {}
};

}  // namespace

Result<std::string> ParseToken(std::string_view xml) {
  TokenReader reader;
  if (!reader.Read(xml) || reader.token.empty()) {
    return Corruption("the answer holds no token");
  }
  return std::move(reader.token);
}

Result<std::vector<FeedData>> ParseDataList(std::string_view xml) {
  ListReader reader;
  if (!reader.Read(xml)) {
    return Corruption("the list of data is not well-formed XML");
  }
  return std::move(reader.list);
}

Result<uint64_t> CountPostings(std::string_view xml) {
  PageReader reader;
  if (!reader.Read(xml)) {
    return Corruption("the page is not whole: not well-formed XML");
  }
  return reader.postings;
}

}  // namespace kyujin::indexer

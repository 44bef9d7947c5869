#include "engine/base/json.h"

#include <fmt/format.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <set>

namespace kyujin {

namespace {

// The bytes at the front of a text that are one code point, or the first broken ones (a maximal
// part of a sequence, as Unicode recommends to replace them).
struct Utf8Sequence {
  size_t size;
  bool is_valid;
};

Utf8Sequence FirstSequence(std::string_view text) {
  const auto lead = static_cast<uint8_t>(text.front());
  if (lead < 0x80) {
    return {1, true};
  }
  if (lead < 0xC2 || lead > 0xF4) {
    return {1, false};
  }
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte is narrower where overlong forms, surrogates or numbers past U+10FFFF begin.
  uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  size_t size = 1;
  for (; size < length && size < text.size(); ++size, low = 0x80, high = 0xBF) {
    const auto byte = static_cast<uint8_t>(text[size]);
    if (byte < low || byte > high) {
      break;
    }
  }
  return {size, size == length};
}

// How many bytes at the front of `text` are eight of ASCII, or one kana or kanji (E1–EC and EE–EF
// lead three bytes of any continuation): the common cases without a branch a byte. 0 for all else.
size_t CommonSequence(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080'8080'8080'8080;
  if (uint64_t bytes = 0; text.size() >= sizeof(bytes)) {
    std::memcpy(&bytes, text.data(), sizeof(bytes));
    if ((bytes & kHighBits) == 0) {
      return sizeof(bytes);
    }
  }
  const auto is_continuation = [](char c) { return (static_cast<uint8_t>(c) & 0xC0U) == 0x80; };
  const auto lead = static_cast<uint8_t>(text.front());
  const bool is_common = lead > 0xE0 && lead < 0xF0 && lead != 0xED;
  return is_common && text.size() >= 3 && is_continuation(text[1]) && is_continuation(text[2]) ? 3
                                                                                               : 0;
}

// Whether eight bytes below 0x80 stand for themselves inside a JSON string.
bool IsPlainAscii(uint64_t bytes) {
  constexpr uint64_t kOnes = 0x0101'0101'0101'0101;
  constexpr uint64_t kHighBits = kOnes * 0x80;
  // A byte that is zero, or less than a blank, borrows from its high bit.
  const auto zeros = [](uint64_t v) { return (v - kOnes) & ~v & kHighBits; };
  const uint64_t controls = (bytes - kOnes * ' ') & ~bytes & kHighBits;
  return (controls | zeros(bytes ^ (kOnes * '"')) | zeros(bytes ^ (kOnes * '\\'))) == 0;
}

// Whether `text` may stand between quotes as it is: valid UTF-8 without quotes, backslashes and
// controls. Rare characters count as no: they are looked at one by one.
bool IsPlain(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t size = CommonSequence(text.substr(at));
    if (size == sizeof(uint64_t)) {
      uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + at, sizeof(bytes));
      if (!IsPlainAscii(bytes)) {
        return false;
      }
    }
    if (size > 0) {
      at += size;
      continue;
    }
    const auto byte = static_cast<uint8_t>(text[at]);
    if (byte < ' ' || byte > 0x7F || byte == '"' || byte == '\\') {
      return false;
    }
    ++at;
  }
  return true;
}

// Returns the number of bytes before the first broken sequence.
size_t ValidPrefix(std::string_view text) {
  size_t size = 0;
  while (size < text.size()) {
    if (const size_t common = CommonSequence(text.substr(size)); common > 0) {
      size += common;
      continue;
    }
    const Utf8Sequence next = FirstSequence(text.substr(size));
    if (!next.is_valid) {
      break;
    }
    size += next.size;
  }
  return size;
}

std::string ReplaceBroken(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const size_t valid = ValidPrefix(text);
    result += text.substr(0, valid);
    text.remove_prefix(valid);
    if (!text.empty()) {
      result += "\xEF\xBF\xBD";
      text.remove_prefix(FirstSequence(text).size);
    }
  }
  return result;
}

class BufferWriter : public rapidjson::Writer<rapidjson::StringBuffer> {
 public:
  using Writer::Writer;

  // Requires: IsPlain(text).
  void PlainString(std::string_view text) {
    Prefix(rapidjson::kStringType);
    char* out = os_->Push(text.size() + 2);
    *out++ = '"';
    out = std::copy(text.begin(), text.end(), out);
    *out = '"';
    EndValue(true);
  }
};

}  // namespace

struct JsonWriter::Impl {
  rapidjson::StringBuffer buffer;
  BufferWriter writer{buffer};
};

JsonWriter::JsonWriter() : impl_(std::make_unique<Impl>()) {}
JsonWriter::~JsonWriter() = default;
JsonWriter::JsonWriter(JsonWriter&&) noexcept = default;
JsonWriter& JsonWriter::operator=(JsonWriter&&) noexcept = default;

void JsonWriter::StartObject() {
  impl_->writer.StartObject();
}
void JsonWriter::EndObject() {
  impl_->writer.EndObject();
}
void JsonWriter::StartArray() {
  impl_->writer.StartArray();
}
void JsonWriter::EndArray() {
  impl_->writer.EndArray();
}
void JsonWriter::Key(std::string_view name) {
  String(name);
}
void JsonWriter::String(std::string_view value) {
  if (IsPlain(value)) {
    impl_->writer.PlainString(value);
    return;
  }
  std::string replaced;
  if (ValidPrefix(value) != value.size()) {
    replaced = ReplaceBroken(value);
    value = replaced;
  }
  impl_->writer.String(value.empty() ? "" : value.data(),
                       static_cast<rapidjson::SizeType>(value.size()));
}
void JsonWriter::Int(int64_t value) {
  impl_->writer.Int64(value);
}
void JsonWriter::Uint(uint64_t value) {
  impl_->writer.Uint64(value);
}
void JsonWriter::Double(double value) {
  impl_->writer.Double(value);
}
void JsonWriter::Bool(bool value) {
  impl_->writer.Bool(value);
}
void JsonWriter::Null() {
  impl_->writer.Null();
}
void JsonWriter::Raw(std::string_view json) {
  impl_->writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}
std::string_view JsonWriter::view() const {
  return {impl_->buffer.GetString(), impl_->buffer.GetSize()};
}

JsonValue::JsonValue(Storage storage) : storage_(std::move(storage)) {}

const JsonValue* JsonValue::Find(std::string_view name) const {
  const JsonObject* members = object();
  if (members == nullptr) {
    return nullptr;
  }
  const auto found = std::find_if(
      members->begin(), members->end(), [&](const JsonMember& m) { return m.first == name; });
  return found == members->end() ? nullptr : &found->second;
}

namespace {

// Builds the tree from RapidJSON's events; a false return stops the parse and `problem` says why.
class TreeBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeBuilder> {
 public:
  explicit TreeBuilder(const JsonLimits& limits) : limits_(limits) {}

  bool Null() { return Add(JsonValue()); }
  bool Bool(bool value) { return Add(JsonValue(value)); }
  // Numbers come as text: RapidJSON's own exact conversion reads past its definition for 0e-67.
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    const char* const end = text + size;
    int64_t integer = 0;
    const auto [stop, error] = std::from_chars(text, end, integer);
    if (stop == end && error == std::errc()) {
      return Add(JsonValue(integer));
    }
    double value = 0;
    if (std::from_chars(text, end, value).ec == std::errc::result_out_of_range) {
      value = std::strtod(std::string(text, size).c_str(), nullptr);
    }
    return std::isfinite(value) ? Add(JsonValue(value)) : Fail("a number is too big");
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return CheckText({text, size}) && Add(JsonValue(std::string(text, size)));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (!CheckText({text, size})) {
      return false;
    }
    open_.back().key.assign(text, size);
    if (!open_.back().names.insert(open_.back().key).second) {
      return Fail("member \"" + open_.back().key + "\" stands twice");
    }
    return true;
  }
  bool StartObject() { return Open(true); }
  bool StartArray() { return Open(false); }
  bool EndObject(rapidjson::SizeType /*members*/) { return Close(); }
  bool EndArray(rapidjson::SizeType /*elements*/) { return Close(); }

  JsonValue Take() { return std::move(root_); }
  [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

 private:
  struct OpenValue {
    bool is_object;
    JsonArray elements;
    JsonObject members;
    std::string key;
    std::set<std::string, std::less<>> names;  // a hostile object must not cost n²
  };

  // RapidJSON lets lone low surrogates through when they are escaped.
  bool CheckText(std::string_view text) {
    if (text.size() > limits_.max_string_bytes) {
      return Fail(fmt::format("string longer than {} bytes", limits_.max_string_bytes));
    }
    return ValidPrefix(text) == text.size() || Fail("a string is not UTF-8");
  }

  bool Fail(std::string why) {
    problem_ = std::move(why);
    return false;
  }

  bool Add(JsonValue value) {
    if (++values_ > limits_.max_values) {
      return Fail(fmt::format("more than {} values", limits_.max_values));
    }
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().is_object) {
      open_.back().members.emplace_back(std::move(open_.back().key), std::move(value));
    } else {
      open_.back().elements.push_back(std::move(value));
    }
    return true;
  }

  bool Open(bool is_object) {
    if (open_.size() >= limits_.max_depth) {
      return Fail(fmt::format("nested deeper than {}", limits_.max_depth));
    }
    open_.push_back({is_object, {}, {}, {}, {}});
    return true;
  }

  bool Close() {
    OpenValue done = std::move(open_.back());
    open_.pop_back();
    return done.is_object ? Add(JsonValue(std::move(done.members)))
                          : Add(JsonValue(std::move(done.elements)));
  }

  const JsonLimits& limits_;
  std::vector<OpenValue> open_;
  JsonValue root_;
  size_t values_ = 0;
  std::optional<std::string> problem_;
};

}  // namespace

Result<JsonValue> ParseJson(std::string_view text, const JsonLimits& limits) {
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return InvalidArgument(fmt::format("JSON: NUL at byte {}", nul));
  }
  TreeBuilder builder(limits);
  rapidjson::Reader reader;
  rapidjson::MemoryStream memory(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(memory);
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, builder);
  if (parsed.IsError()) {
    const std::string why = builder.problem()
                                ? *builder.problem()
                                : std::string(rapidjson::GetParseError_En(parsed.Code()));
    return InvalidArgument(fmt::format("JSON: {} (byte {})", why, parsed.Offset()));
  }
  return builder.Take();
}

}  // namespace kyujin

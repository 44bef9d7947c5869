#include "engine/base/json.h"

#include <fmt/format.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <limits>
#include <optional>

namespace kyujin {

struct JsonWriter::Impl {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
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
  bool Int(int value) { return Add(JsonValue(int64_t{value})); }
  bool Uint(unsigned value) { return Add(JsonValue(int64_t{value})); }
  bool Int64(int64_t value) { return Add(JsonValue(value)); }
  bool Uint64(uint64_t value) {
    if (value <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      return Add(JsonValue(static_cast<int64_t>(value)));
    }
    return Add(JsonValue(static_cast<double>(value)));
  }
  bool Double(double value) { return Add(JsonValue(value)); }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (size > limits_.max_string_bytes) {
      return Fail(fmt::format("string longer than {} bytes", limits_.max_string_bytes));
    }
    return Add(JsonValue(std::string(text, size)));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    open_.back().key.assign(text, size);
    auto& names = open_.back().names;
    if (!names.insert(open_.back().key)) {
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
  // Names of one object: few are searched in a row, many sorted (a hostile object must not cost
  // n²).
  class NameSet {
   public:
    bool insert(const std::string& name) {
      const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), name);
      if (at != sorted_.end() && *at == name) {
        return false;
      }
      sorted_.insert(at, name);
      return true;
    }

   private:
    std::vector<std::string> sorted_;
  };

  struct OpenValue {
    bool is_object;
    JsonArray elements;
    JsonObject members;
    std::string key;
    NameSet names;
  };

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
                              rapidjson::kParseFullPrecisionFlag;
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

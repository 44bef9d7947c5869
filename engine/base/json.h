// JSON in and out: the only door to RapidJSON. JsonWriter streams text without building a tree;
// ParseJson reads bytes from outside into a small immutable tree, iteratively (depth cannot exhaust
// the stack), with UTF-8 validated, duplicate names and bytes after the document refused.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/result.h"

namespace kyujin {

// Writes one JSON document. Values must be valid UTF-8 (what is not is replaced by U+FFFD).
// Thread rule: Confined to one thread.
class JsonWriter {
 public:
  JsonWriter();
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;
  JsonWriter(JsonWriter&&) noexcept;
  JsonWriter& operator=(JsonWriter&&) noexcept;

  void StartObject();
  void EndObject();
  void StartArray();
  void EndArray();
  void Key(std::string_view name);
  void String(std::string_view value);
  void Int(int64_t value);
  void Uint(uint64_t value);
  // Requires: `value` is finite. Written with the fewest digits that read back the same.
  void Double(double value);
  void Bool(bool value);
  void Null();
  // Writes `json`, which must itself be one valid JSON value.
  void Raw(std::string_view json);

  // Key and value in one call.
  void Member(std::string_view name, std::string_view value) { Key(name), String(value); }
  void Member(std::string_view name, const char* value) { Key(name), String(value); }
  void MemberInt(std::string_view name, int64_t value) { Key(name), Int(value); }
  void MemberUint(std::string_view name, uint64_t value) { Key(name), Uint(value); }
  void MemberDouble(std::string_view name, double value) { Key(name), Double(value); }
  void MemberBool(std::string_view name, bool value) { Key(name), Bool(value); }

  // The text written so far; valid until the next call.
  [[nodiscard]] std::string_view view() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class JsonValue;
using JsonMember = std::pair<std::string, JsonValue>;
using JsonArray = std::vector<JsonValue>;
using JsonObject = std::vector<JsonMember>;  // in document order, names unique

// One value of a parsed document. Thread rule: Immutable.
class JsonValue {
 public:
  using Storage =
      std::variant<std::monostate, bool, int64_t, double, std::string, JsonArray, JsonObject>;

  JsonValue() = default;
  explicit JsonValue(Storage storage);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(storage_); }
  // Each returns nullptr when the value is of another type. Integers outside int64 are doubles.
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&storage_); }
  [[nodiscard]] const int64_t* integer() const { return std::get_if<int64_t>(&storage_); }
  [[nodiscard]] const double* number() const { return std::get_if<double>(&storage_); }
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&storage_); }
  [[nodiscard]] const JsonArray* array() const { return std::get_if<JsonArray>(&storage_); }
  [[nodiscard]] const JsonObject* object() const { return std::get_if<JsonObject>(&storage_); }
  // Returns the member `name` of an object, or nullptr.
  [[nodiscard]] const JsonValue* Find(std::string_view name) const;

 private:
  Storage storage_;
};

// What a document from outside may hold.
struct JsonLimits {
  size_t max_depth = 16;
  size_t max_values = 100'000;
  size_t max_string_bytes = 1U << 20;
};

// Errors: kInvalidArgument with the byte offset and what is wrong there.
Result<JsonValue> ParseJson(std::string_view text, const JsonLimits& limits = {});

}  // namespace kyujin

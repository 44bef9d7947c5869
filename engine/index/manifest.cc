#include "engine/index/manifest.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "engine/base/hash.h"
#include "engine/base/json.h"
#include "engine/schema/schema_version.h"

namespace kyujin::index {
namespace {

constexpr std::string_view kChecksumStart = ",\"checksum\":\"";
constexpr std::string_view kChecksumEnd = "\"}\n";
constexpr size_t kChecksumDigits = 16;
// The first format with tombstones and change lists.
constexpr uint32_t kTombstoneVersion = 2;

void WriteFileEntry(const FileEntry& file, JsonWriter* json) {
  json->StartObject();
  json->Member("name", file.name);
  json->MemberUint("size", file.size);
  json->Member("checksum", ToHex(file.checksum));
  json->EndObject();
}

void WriteSegment(const SegmentInfo& segment, JsonWriter* json) {
  json->StartObject();
  json->Member("name", segment.name);
  json->MemberUint("documents", segment.documents);
  json->MemberUint("dead", segment.dead);
  if (segment.tombstones) {
    json->Key("tombstones");
    WriteFileEntry(*segment.tombstones, json);
  }
  json->Key("files");
  json->StartArray();
  for (const FileEntry& file : segment.files) {
    WriteFileEntry(file, json);
  }
  json->EndArray();
  json->EndObject();
}

// Reads members of an object and remembers whether all were there in their type.
class MemberReader {
 public:
  explicit MemberReader(const JsonValue& object) : object_(object) {}

  std::string Text(std::string_view name) {
    const JsonValue* value = object_.Find(name);
    const std::string* text = value == nullptr ? nullptr : value->string();
    ok_ = ok_ && text != nullptr;
    return text == nullptr ? std::string() : *text;
  }
  uint64_t Number(std::string_view name, uint64_t largest = std::numeric_limits<int64_t>::max()) {
    const JsonValue* value = object_.Find(name);
    const int64_t* number = value == nullptr ? nullptr : value->integer();
    ok_ = ok_ && number != nullptr && *number >= 0 && static_cast<uint64_t>(*number) <= largest;
    return ok_ ? static_cast<uint64_t>(*number) : 0;
  }
  uint64_t Hex(std::string_view name) {
    const std::string text = Text(name);
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    ok_ = ok_ && error == std::errc() && end == text.data() + text.size();
    return value;
  }
  bool Flag(std::string_view name) {
    const JsonValue* value = object_.Find(name);
    const bool* flag = value == nullptr ? nullptr : value->boolean();
    ok_ = ok_ && flag != nullptr;
    return flag != nullptr && *flag;
  }
  const JsonArray& Array(std::string_view name) {
    static const JsonArray none;
    const JsonValue* value = object_.Find(name);
    const JsonArray* array = value == nullptr ? nullptr : value->array();
    ok_ = ok_ && array != nullptr;
    return array == nullptr ? none : *array;
  }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  const JsonValue& object_;
  bool ok_ = true;
};

bool IsPlainName(std::string_view name) {
  return !name.empty() && name.find('/') == std::string_view::npos && name.front() != '.';
}

bool ReadFileEntry(const JsonValue& value, FileEntry* entry) {
  MemberReader reader(value);
  *entry = {reader.Text("name"), reader.Number("size"), reader.Hex("checksum")};
  return reader.ok() && IsPlainName(entry->name);
}

// A file that need not be there.
bool ReadOptionalEntry(const JsonValue& object,
                       std::string_view name,
                       std::optional<FileEntry>* entry) {
  const JsonValue* value = object.Find(name);
  return value == nullptr || ReadFileEntry(*value, &entry->emplace());
}

bool ReadSegment(const JsonValue& value, uint32_t format_version, SegmentInfo* segment) {
  MemberReader reader(value);
  segment->name = reader.Text("name");
  segment->documents = static_cast<uint32_t>(reader.Number("documents", UINT32_MAX));
  for (const JsonValue& entry : reader.Array("files")) {
    if (!ReadFileEntry(entry, &segment->files.emplace_back())) {
      return false;
    }
  }
  if (format_version >= kTombstoneVersion) {
    segment->dead = static_cast<uint32_t>(reader.Number("dead", segment->documents));
    if (!ReadOptionalEntry(value, "tombstones", &segment->tombstones) ||
        segment->tombstones.has_value() != (segment->dead > 0)) {
      return false;
    }
  }
  return reader.ok() && IsPlainName(segment->name);
}

}  // namespace

std::string SerializeManifest(const Manifest& manifest) {
  JsonWriter json;
  json.StartObject();
  json.MemberUint("format_version", manifest.format_version);
  json.Member("schema_version", manifest.schema_version);
  json.Member("analyzer_version", manifest.analyzer_version);
  json.Member("index_id", ToHex(manifest.index_id));
  json.MemberUint("generation", manifest.generation);
  json.Member("as_of", manifest.as_of);
  json.MemberUint("documents", manifest.documents);
  json.MemberBool("verified", manifest.verified);
  json.MemberUint("changes_from", manifest.changes_from);
  if (manifest.changes) {
    json.Key("changes");
    WriteFileEntry(*manifest.changes, &json);
  }
  json.Key("segments");
  json.StartArray();
  for (const SegmentInfo& segment : manifest.segments) {
    WriteSegment(segment, &json);
  }
  json.EndArray();
  json.EndObject();
  std::string text(json.view());
  const std::string checksum = ToHex(Hash64(text));
  text.pop_back();
  return text.append(kChecksumStart).append(checksum).append(kChecksumEnd);
}

Result<Manifest> ParseManifest(std::string_view text) {
  const size_t tail = kChecksumStart.size() + kChecksumDigits + kChecksumEnd.size();
  if (text.size() < tail ||
      text.substr(text.size() - tail, kChecksumStart.size()) != kChecksumStart ||
      !text.ends_with(kChecksumEnd)) {
    return Corruption("manifest is truncated or none");
  }
  const std::string content = std::string(text.substr(0, text.size() - tail)) + "}";
  if (text.substr(text.size() - tail + kChecksumStart.size(), kChecksumDigits) !=
      ToHex(Hash64(content))) {
    return Corruption("checksum of the manifest is wrong");
  }
  const Result<JsonValue> json = ParseJson(content);
  if (!json.has_value()) {
    return Corruption("manifest: " + json.error().message);
  }
  Manifest manifest;
  MemberReader reader(*json);
  manifest.format_version = static_cast<uint32_t>(reader.Number("format_version", UINT32_MAX));
  manifest.schema_version = reader.Text("schema_version");
  manifest.analyzer_version = reader.Text("analyzer_version");
  manifest.index_id = reader.Hex("index_id");
  manifest.generation = reader.Number("generation");
  manifest.as_of = reader.Text("as_of");
  manifest.documents = reader.Number("documents");
  manifest.verified = reader.Flag("verified");
  manifest.changes_from = manifest.format_version >= kTombstoneVersion
                              ? reader.Number("changes_from")
                              : manifest.generation + 1;
  if (!ReadOptionalEntry(*json, "changes", &manifest.changes)) {
    return Corruption("manifest: the list of changes lacks a member");
  }
  for (const JsonValue& segment : reader.Array("segments")) {
    if (!ReadSegment(segment, manifest.format_version, &manifest.segments.emplace_back())) {
      return Corruption("manifest: a segment lacks a member");
    }
  }
  if (!reader.ok()) {
    return Corruption("manifest lacks a member");
  }
  return manifest;
}

Status CheckCompatible(const Manifest& manifest, std::string_view analyzer_version) {
  const auto mismatch =
      [&](std::string_view what, std::string_view found, std::string_view wanted) {
        return Unavailable(
            fmt::format("generation {} was made with {} {}, this program needs {}; rebuild it: "
                        "kyujin-index build --input FEED "
                        "--index DIR",
                        manifest.generation,
                        what,
                        found,
                        wanted));
      };
  if (manifest.format_version != kFormatVersion) {
    return mismatch(
        "format version", std::to_string(manifest.format_version), std::to_string(kFormatVersion));
  }
  if (manifest.schema_version != schema::SchemaVersion()) {
    return mismatch("schema", manifest.schema_version, schema::SchemaVersion());
  }
  if (manifest.analyzer_version != analyzer_version) {
    return mismatch("analyzer", manifest.analyzer_version, analyzer_version);
  }
  return {};
}

std::string ManifestFileName(uint64_t generation) {
  return fmt::format("manifest-{:08}.json", generation);
}
std::string SegmentFolderName(uint64_t generation) {
  return fmt::format("seg-{:08}", generation);
}
std::string ChangeFileName(uint64_t generation) {
  return fmt::format("changes-{:08}.bin", generation);
}
std::string TombstoneFileName(uint64_t generation, std::string_view segment) {
  return fmt::format("tombstones-{:08}-{}.bin", generation, segment);
}

}  // namespace kyujin::index

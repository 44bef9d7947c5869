#include "server/alerts/alert_codec.h"

#include <array>
#include <charconv>

#include "engine/base/coding.h"
#include "engine/base/date.h"
#include "engine/base/hash.h"
#include "engine/schema/posting_number.h"

namespace kyujin::alerts {
namespace {

constexpr size_t kNumbers = 6;
constexpr size_t kChecksumBytes = 4;
// Places begin at −1.
constexpr int64_t kShift = 1;

std::array<int64_t, kNumbers> NumbersOf(const store::AlertCursor& cursor) {
  return {cursor.instant.sequence,
          cursor.instant.saved_query,
          cursor.instant.place,
          cursor.daily.sequence,
          cursor.daily.saved_query,
          cursor.daily.place};
}

// Tells a cursor from a token that somebody made up or cut short.
std::string ChecksumOf(std::string_view bytes) {
  constexpr uint64_t kSeed = 0x616C657274;
  std::string checksum;
  AppendFixed(&checksum, static_cast<uint32_t>(Hash64(bytes, kSeed)));
  return checksum;
}

std::string ToHexText(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    text.push_back(kDigits[byte >> 4U]);
    text.push_back(kDigits[byte & 15U]);
  }
  return text;
}

std::optional<std::string> FromHexText(std::string_view text) {
  constexpr int kHexadecimal = 16;
  std::string bytes;
  for (; text.size() >= 2; text.remove_prefix(2)) {
    uint8_t byte = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + 2, byte, kHexadecimal);
    if (error != std::errc() || end != text.data() + 2) {
      return std::nullopt;
    }
    bytes.push_back(static_cast<char>(byte));
  }
  return text.empty() ? std::optional(bytes) : std::nullopt;
}

}  // namespace

std::string EncodeCursor(const store::AlertCursor& cursor) {
  std::string bytes;
  for (const int64_t number : NumbersOf(cursor)) {
    AppendVarint(&bytes, static_cast<uint64_t>(number + kShift));
  }
  return ToHexText(bytes + ChecksumOf(bytes));
}

std::optional<store::AlertCursor> DecodeCursor(std::string_view token) {
  const auto bytes = FromHexText(token);
  if (!bytes || bytes->size() < kChecksumBytes) {
    return std::nullopt;
  }
  const std::string_view numbers =
      std::string_view(*bytes).substr(0, bytes->size() - kChecksumBytes);
  if (ChecksumOf(numbers) != bytes->substr(numbers.size())) {
    return std::nullopt;
  }
  ByteReader reader(numbers);
  std::array<int64_t, kNumbers> values{};
  for (int64_t& value : values) {
    const auto number = reader.Varint();
    if (!number || *number > static_cast<uint64_t>(INT64_MAX)) {
      return std::nullopt;
    }
    value = static_cast<int64_t>(*number) - kShift;
  }
  if (!reader.empty()) {
    return std::nullopt;
  }
  return store::AlertCursor{{values[0], values[1], values[2]}, {values[3], values[4], values[5]}};
}

void WriteAlert(const store::Alert& alert, JsonWriter* json) {
  json->StartObject();
  json->Member("id",
               std::to_string(alert.position.sequence) + "-" +
                   std::to_string(alert.position.saved_query) + "-" +
                   std::to_string(alert.position.place));
  json->Member("saved_query", std::to_string(alert.position.saved_query));
  if (alert.posting) {
    json->Member("number", schema::PostingNumber::FromValue(alert.posting->number).ToString());
    json->Member("version", ToHex(alert.posting->version));
  } else {
    json->MemberUint("count", alert.count);
    json->MemberUint("generation", alert.generation);
  }
  json->Member("at", FormatTimeInJapan(alert.at));
  json->EndObject();
}

std::string EncodePage(const store::AlertPage& page) {
  JsonWriter json;
  json.StartObject();
  json.Key("alerts");
  json.StartArray();
  for (const store::Alert& alert : page.alerts) {
    WriteAlert(alert, &json);
  }
  json.EndArray();
  json.Member("next", EncodeCursor(page.next));
  json.MemberBool("more", page.has_more);
  json.EndObject();
  return std::string(json.view());
}

std::string EncodeEvent(const store::Alert& alert) {
  JsonWriter json;
  WriteAlert(alert, &json);
  std::string event = "id: " + EncodeCursor(alert.after) + "\nevent: alert\ndata: ";
  event += json.view();
  event += "\n\n";
  return event;
}

}  // namespace kyujin::alerts

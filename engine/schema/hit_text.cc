#include "engine/schema/hit_text.h"

#include <algorithm>

namespace kyujin::schema {
namespace {

constexpr size_t kSummaryCodePoints = 90;
constexpr std::string_view kWideSpace = "\u3000";

// Shows `add` each character of the summary; returns where the last one read ends.
template <class Add>
size_t ReadSummary(std::string_view description, Add&& add) {
  bool after_space = false;
  size_t count = 0;
  size_t at = 0;
  while (at < description.size()) {
    size_t end = at + 1;
    while (end < description.size() && (static_cast<uint8_t>(description[end]) & 0xC0U) == 0x80) {
      ++end;
    }
    const std::string_view character = description.substr(at, end - at);
    const bool is_space = character == kWideSpace;
    if (!is_space || !after_space) {
      if (++count > kSummaryCodePoints) {
        break;
      }
      add(character);
    }
    after_space = is_space;
    at = end;
  }
  return at;
}

}  // namespace

std::string Summary(std::string_view description) {
  std::string summary;
  ReadSummary(description, [&](std::string_view character) { summary += character; });
  return summary;
}

size_t SummaryBytes(std::string_view description) {
  return ReadSummary(description, [](std::string_view) {});
}

const StationAccess* ShownStation(const JobPosting& posting) {
  if (posting.stations.empty()) {
    return nullptr;
  }
  const auto shown = std::find_if(
      posting.stations.begin(), posting.stations.end(), [&](const StationAccess& station) {
        return posting.walk_minutes && station.walk_minutes == posting.walk_minutes;
      });
  return shown == posting.stations.end() ? &posting.stations.front() : &*shown;
}

Tag WorkplaceTag(const FeedRecord& feed) {
  return feed.Get(Tag::kShgbsjusho).empty() ? Tag::kShgbsjusho1N : Tag::kShgbsjusho;
}

}  // namespace kyujin::schema

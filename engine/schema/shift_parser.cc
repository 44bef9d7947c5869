#include "engine/schema/shift_parser.h"

#include <algorithm>
#include <array>

#include "engine/schema/value_reader.h"

namespace kyujin::schema {
namespace {

constexpr int kMinutesPerHour = 60;
constexpr int kMinutesPerDay = 24 * kMinutesPerHour;
constexpr uint64_t kMaxHour = 36;      // `33時` is 9 o'clock of the next day
constexpr uint64_t kCompactMin = 100;  // 0930 as one number
constexpr int kNightStart = 22 * kMinutesPerHour;
constexpr int kNightEnd = 29 * kMinutesPerHour;

// Reads `30分`, `30`, `半` or nothing.
uint64_t TakeMinutes(ValueReader* reader) {
  if (reader->Take("半")) {
    return kMinutesPerHour / 2;
  }
  reader->SkipSpaces();
  ValueReader ahead = *reader;
  const auto minutes = ahead.TakeNumber();
  if (!minutes) {
    return 0;
  }
  ahead.Take("分");
  *reader = ahead;
  return *minutes;
}

// Reads one time of day as minutes; those of the next day are above 24 × 60.
std::optional<int> TakeTime(ValueReader* reader) {
  reader->SkipSpaces();
  const bool is_next_day = reader->Take("翌日") || reader->Take("翌");
  reader->SkipSpaces();
  const bool is_afternoon = reader->Take("午後");
  if (!is_afternoon) {
    reader->Take("午前");
  }
  reader->SkipSpaces();
  auto hours = reader->TakeNumber();
  if (!hours) {
    return std::nullopt;
  }
  uint64_t minutes = 0;
  reader->SkipSpaces();
  if (reader->Take("時") || reader->Take(":")) {
    minutes = TakeMinutes(reader);
  } else if (*hours >= kCompactMin) {
    minutes = *hours % kCompactMin;
    *hours /= kCompactMin;
  } else {
    return std::nullopt;
  }
  if (*hours > kMaxHour || minutes >= kMinutesPerHour) {
    return std::nullopt;
  }
  if (is_afternoon && *hours < 12) {
    *hours += 12;
  }
  const int time = static_cast<int>(*hours) * kMinutesPerHour + static_cast<int>(minutes);
  return is_next_day && time < kMinutesPerDay ? time + kMinutesPerDay : time;
}

std::optional<Shift> MakeShift(int start, int end) {
  if (start >= kMinutesPerDay || (start == 0 && end == 0)) {
    return std::nullopt;
  }
  if (end <= start) {
    end += kMinutesPerDay;
  }
  return Shift{static_cast<uint16_t>(start), static_cast<uint16_t>(end)};
}

bool TakeUntil(ValueReader* reader) {
  reader->SkipSpaces();
  return reader->Take("~") || reader->Take("-") || reader->Take("から") || reader->Take("ー");
}

void AddShift(std::optional<Shift> shift, std::vector<Shift>* shifts) {
  if (shift && std::find(shifts->begin(), shifts->end(), *shift) == shifts->end()) {
    shifts->push_back(*shift);
  }
}

struct ShiftTags {
  Tag text;
  Tag open;
  Tag close;
};
constexpr std::array<ShiftTags, 3> kShiftTags{{
    {Tag::kShgjn1OpenClose, Tag::kShgjn1Open, Tag::kShgjn1Close},
    {Tag::kShgjn2OpenClose, Tag::kShgjn2Open, Tag::kShgjn2Close},
    {Tag::kShgjn3OpenClose, Tag::kShgjn3Open, Tag::kShgjn3Close},
}};

}  // namespace

void ParseShifts(std::string_view text, std::vector<Shift>* shifts) {
  ValueReader reader(text);
  while (!reader.AtEnd()) {
    ValueReader ahead = reader;
    const auto start = TakeTime(&ahead);
    if (start && TakeUntil(&ahead)) {
      if (const auto end = TakeTime(&ahead)) {
        AddShift(MakeShift(*start, *end), shifts);
        reader = ahead;
        continue;
      }
    }
    // A number that opens no time, such as the (1) in front, is left behind whole.
    if (!reader.TakeNumber()) {
      reader.Next();
    }
  }
}

void ParseShifts(const FeedRecord& feed, std::vector<Shift>* shifts) {
  for (const ShiftTags& tags : kShiftTags) {
    const std::string_view text = feed.Get(tags.text);
    if (!text.empty()) {
      ParseShifts(text, shifts);
      continue;
    }
    ValueReader open(feed.Get(tags.open));
    ValueReader close(feed.Get(tags.close));
    const auto start = TakeTime(&open);
    const auto end = TakeTime(&close);
    if (start && end) {
      AddShift(MakeShift(*start, *end), shifts);
    }
  }
}

uint8_t ParseWorkSystems(std::string_view text, ShiftsGiven shifts) {
  struct Word {
    std::string_view text;
    WorkSystem system;
  };
  constexpr std::array<Word, 6> kWords{{{"交替", WorkSystem::kShift},
                                        {"交代", WorkSystem::kShift},
                                        {"シフト", WorkSystem::kShift},
                                        {"フレックス", WorkSystem::kFlexible},
                                        {"裁量", WorkSystem::kDiscretionary},
                                        {"変形", WorkSystem::kVariable}}};
  unsigned systems = 0;
  for (const Word& word : kWords) {
    if (Contains(text, word.text)) {
      systems |= static_cast<unsigned>(word.system);
    }
  }
  if (systems == 0 && shifts == ShiftsGiven::kYes) {
    systems = static_cast<unsigned>(WorkSystem::kFixed);
  }
  return static_cast<uint8_t>(systems);
}

bool IsNightShift(const Shift& shift) {
  // The night before the start, the one after it, and the one after that for very long shifts.
  for (int day = -1; day <= 1; ++day) {
    const int start = kNightStart + day * kMinutesPerDay;
    const int end = kNightEnd + day * kMinutesPerDay;
    if (shift.start < end && start < shift.end) {
      return true;
    }
  }
  return false;
}

}  // namespace kyujin::schema

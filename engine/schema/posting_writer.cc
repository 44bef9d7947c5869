#include "engine/schema/posting_writer.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "engine/schema/code_table.h"
#include "engine/schema/hit_text.h"
#include "engine/schema/posting_choices.h"
#include "engine/schema/posting_members.h"

namespace kyujin::schema {
namespace {

using Member = void (*)(const JobPosting& posting, Date today, JsonWriter* json);

template <Tag kTag>
void WriteText(const JobPosting& posting, const char* name, JsonWriter* json) {
  if (const std::string_view text = posting.feed.Get(kTag); !text.empty()) {
    json->Member(name, text);
  }
}

void WriteNumber(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  json->Member("number", posting.number.ToString());
}

void WriteTitle(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteText<Tag::kSksu>(posting, "title", json);
}

void WriteEmployer(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteText<Tag::kJgshmei>(posting, "employer", json);
}

void WriteSummary(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  if (const std::string_view text = posting.feed.Get(Tag::kShigotoNy); !text.empty()) {
    json->Member("summary", Summary(text));
  }
}

void WriteWorkplace(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  const std::string_view text = posting.feed.Get(WorkplaceTag(posting.feed));
  if (!text.empty()) {
    json->Member("workplace", text);
  }
}

void WriteLabel(const CodeTable& table,
                std::string_view code,
                std::string_view name,
                JsonWriter* json) {
  if (const Code* row = table.Find(code)) {
    json->Member(name, row->label);
  }
}

void WritePref(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  if (posting.prefecture != 0) {
    json->Member("pref", fmt::format("{:02}", posting.prefecture));
  }
}

void WritePrefLabel(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteLabel(PrefectureTable(), fmt::format("{:02}", posting.prefecture), "pref_label", json);
}

void WriteCity(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  if (posting.municipality != 0) {
    json->Member("city", fmt::format("{:05}", posting.municipality));
  }
}

void WriteCityLabel(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteLabel(MunicipalityTable(), fmt::format("{:05}", posting.municipality), "city_label", json);
}

void WriteStation(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  if (const StationAccess* shown = ShownStation(posting)) {
    json->Member("station", shown->name);
  }
}

void WriteWalkMinutes(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteOptional("walk_minutes", posting.walk_minutes, json);
}

void WriteOccupation(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  if (posting.occupation.middle != 0) {
    json->Member("occupation", fmt::format("{:03}", posting.occupation.middle));
  }
}

void WriteEmployment(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteCode("employment", EmploymentChoices(), posting.employment, json);
}

void WriteEmploymentLabel(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  if (const Choice* choice = FindChoice(EmploymentChoices(), posting.employment)) {
    json->Member("employment_label", choice->label);
  }
}

void WriteFullPart(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteCode("full_part", FullPartChoices(), posting.full_part, json);
}

void WriteWage(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  const Wage& wage = posting.wage;
  if (!wage.base || wage.type == WageType::kUnknown) {
    return;
  }
  const YenRange sum = wage.fixed_allowances.value_or(*wage.base);
  json->Key("wage");
  json->StartObject();
  WriteCode("type", WageTypeChoices(), wage.type, json);
  json->MemberUint("min", sum.min);
  json->MemberUint("max", sum.max);
  json->MemberUint("base_min", wage.base->min);
  json->MemberUint("base_max", wage.base->max);
  if (wage.fixed_overtime) {
    json->Key("fixed_overtime");
    json->StartObject();
    json->MemberUint("amount_min", wage.fixed_overtime->min);
    json->MemberUint("amount_max", wage.fixed_overtime->max);
    WriteOptional("hours", wage.fixed_overtime_hours, json);
    json->EndObject();
  }
  json->EndObject();
}

void WriteHours(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  constexpr unsigned kMinutesPerHour = 60;
  if (posting.shifts.empty()) {
    return;
  }
  json->Key("hours");
  json->StartArray();
  for (const Shift& shift : posting.shifts) {
    json->String(fmt::format("{:02}:{:02}-{:02}:{:02}",
                             shift.start / kMinutesPerHour,
                             shift.start % kMinutesPerHour,
                             shift.end / kMinutesPerHour,
                             shift.end % kMinutesPerHour));
  }
  json->EndArray();
}

void WriteOvertime(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteOptional("overtime", posting.overtime_hours, json);
}

void WriteHolidays(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteOptional("holidays", posting.annual_holidays, json);
}

void WriteAgeMax(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteOptional("age_max", posting.age_max, json);
}

void WriteReceived(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  if (posting.received) {
    json->Member("received", posting.received->ToString());
  }
}

void WriteDeadline(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  if (posting.deadline) {
    json->Member("deadline", posting.deadline->ToString());
  }
}

void WritePositions(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteOptional("positions", posting.positions, json);
}

void WriteConditions(const JobPosting& posting, Date today, JsonWriter* json) {
  WriteConditionList("conditions", posting.conditions_yes, IsNew(posting, today), json);
}

void WriteConditionsFromText(const JobPosting& posting, Date /*today*/, JsonWriter* json) {
  WriteConditionList("conditions_from_text",
                     posting.conditions_from_text & posting.conditions_yes,
                     /*is_new=*/false,
                     json);
}

// In the order of HitField; nullptr: what only a search knows.
constexpr std::array<Member, kHitFieldCount> kMembers = {WriteNumber,
                                                         WriteTitle,
                                                         WriteEmployer,
                                                         WriteSummary,
                                                         WriteWorkplace,
                                                         WritePref,
                                                         WritePrefLabel,
                                                         WriteCity,
                                                         WriteCityLabel,
                                                         WriteStation,
                                                         WriteWalkMinutes,
                                                         nullptr,
                                                         WriteOccupation,
                                                         WriteEmployment,
                                                         WriteEmploymentLabel,
                                                         WriteFullPart,
                                                         WriteWage,
                                                         WriteHours,
                                                         WriteOvertime,
                                                         WriteHolidays,
                                                         WriteAgeMax,
                                                         WriteReceived,
                                                         WriteDeadline,
                                                         WritePositions,
                                                         WriteConditions,
                                                         WriteConditionsFromText,
                                                         nullptr,
                                                         nullptr,
                                                         nullptr};

}  // namespace

void WriteMember(const JobPosting& posting, HitField field, Date today, JsonWriter* json) {
  if (const Member write = kMembers[static_cast<size_t>(field)]; write != nullptr) {
    write(posting, today, json);
  }
}

void WritePosting(const JobPosting& posting, Date today, JsonWriter* json) {
  json->StartObject();
  for (const Member write : kMembers) {
    if (write != nullptr) {
      write(posting, today, json);
    }
  }
  WriteDerivedMembers(posting, json);
  WriteFeed(posting.feed, json);
  json->EndObject();
}

}  // namespace kyujin::schema

#include "server/api/posting_writer.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

#include "engine/query/parameter_choices.h"
#include "engine/schema/code_table.h"
#include "engine/schema/hit_text.h"
#include "server/api/explanation_writer.h"
#include "server/api/posting_members.h"

namespace kyujin::api {
namespace {

using query::HitField;
using schema::JobPosting;
using schema::Tag;

constexpr double kScoreUnit = 65'536.0;

using Member = void (*)(const JobPosting& posting, const HitOptions& options, JsonWriter* json);

template <Tag kTag>
void WriteText(const JobPosting& posting, const char* name, JsonWriter* json) {
  if (const std::string_view text = posting.feed.Get(kTag); !text.empty()) {
    json->Member(name, text);
  }
}

void WriteNumber(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  json->Member("number", posting.number.ToString());
}

void WriteTitle(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteText<Tag::kSksu>(posting, "title", json);
}

void WriteEmployer(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteText<Tag::kJgshmei>(posting, "employer", json);
}

void WriteSummary(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  if (const std::string_view text = posting.feed.Get(Tag::kShigotoNy); !text.empty()) {
    json->Member("summary", schema::Summary(text));
  }
}

void WriteWorkplace(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  const std::string_view text = posting.feed.Get(schema::WorkplaceTag(posting.feed));
  if (!text.empty()) {
    json->Member("workplace", text);
  }
}

void WriteLabel(const schema::CodeTable& table,
                std::string_view code,
                std::string_view name,
                JsonWriter* json) {
  if (const schema::Code* row = table.Find(code)) {
    json->Member(name, row->label);
  }
}

void WritePref(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  if (posting.prefecture != 0) {
    json->Member("pref", fmt::format("{:02}", posting.prefecture));
  }
}

void WritePrefLabel(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteLabel(
      schema::PrefectureTable(), fmt::format("{:02}", posting.prefecture), "pref_label", json);
}

void WriteCity(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  if (posting.municipality != 0) {
    json->Member("city", fmt::format("{:05}", posting.municipality));
  }
}

void WriteCityLabel(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteLabel(
      schema::MunicipalityTable(), fmt::format("{:05}", posting.municipality), "city_label", json);
}

void WriteStation(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  if (const schema::StationAccess* shown = schema::ShownStation(posting)) {
    json->Member("station", shown->name);
  }
}

void WriteWalkMinutes(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteOptional("walk_minutes", posting.walk_minutes, json);
}

// Metres are more than a municipality's position deserves.
void WriteDistance(const JobPosting& /*posting*/, const HitOptions& options, JsonWriter* json) {
  constexpr double kMetres = 1'000.0;
  if (options.distance_km) {
    json->MemberDouble("distance_km", std::round(*options.distance_km * kMetres) / kMetres);
  }
}

void WriteOccupation(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  if (posting.occupation.middle != 0) {
    json->Member("occupation", fmt::format("{:03}", posting.occupation.middle));
  }
}

void WriteEmployment(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteCode("employment", query::EmploymentChoices(), posting.employment, json);
}

void WriteEmploymentLabel(const JobPosting& posting,
                          const HitOptions& /*options*/,
                          JsonWriter* json) {
  if (const query::Choice* choice = FindChoice(query::EmploymentChoices(), posting.employment)) {
    json->Member("employment_label", choice->label);
  }
}

void WriteFullPart(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteCode("full_part", query::FullPartChoices(), posting.full_part, json);
}

void WriteWage(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  const schema::Wage& wage = posting.wage;
  if (!wage.base || wage.type == schema::WageType::kUnknown) {
    return;
  }
  const schema::YenRange sum = wage.fixed_allowances.value_or(*wage.base);
  json->Key("wage");
  json->StartObject();
  WriteCode("type", query::WageTypeChoices(), wage.type, json);
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

void WriteHours(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  constexpr unsigned kMinutesPerHour = 60;
  if (posting.shifts.empty()) {
    return;
  }
  json->Key("hours");
  json->StartArray();
  for (const schema::Shift& shift : posting.shifts) {
    json->String(fmt::format("{:02}:{:02}-{:02}:{:02}",
                             shift.start / kMinutesPerHour,
                             shift.start % kMinutesPerHour,
                             shift.end / kMinutesPerHour,
                             shift.end % kMinutesPerHour));
  }
  json->EndArray();
}

void WriteOvertime(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteOptional("overtime", posting.overtime_hours, json);
}

void WriteHolidays(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteOptional("holidays", posting.annual_holidays, json);
}

void WriteAgeMax(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteOptional("age_max", posting.age_max, json);
}

void WriteReceived(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  if (posting.received) {
    json->Member("received", posting.received->ToString());
  }
}

void WriteDeadline(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  if (posting.deadline) {
    json->Member("deadline", posting.deadline->ToString());
  }
}

void WritePositions(const JobPosting& posting, const HitOptions& /*options*/, JsonWriter* json) {
  WriteOptional("positions", posting.positions, json);
}

void WriteConditions(const JobPosting& posting, const HitOptions& options, JsonWriter* json) {
  WriteConditionList("conditions", posting.conditions_yes, IsNew(posting, options.today), json);
}

void WriteConditionsFromText(const JobPosting& posting,
                             const HitOptions& /*options*/,
                             JsonWriter* json) {
  WriteConditionList("conditions_from_text",
                     posting.conditions_from_text & posting.conditions_yes,
                     /*is_new=*/false,
                     json);
}

void WritePartial(const JobPosting& /*posting*/, const HitOptions& options, JsonWriter* json) {
  json->MemberBool("partial", options.partial);
}

void WriteScore(const JobPosting& /*posting*/, const HitOptions& options, JsonWriter* json) {
  if (options.score) {
    json->MemberDouble("score", static_cast<double>(*options.score) / kScoreUnit);
  }
}

void WriteHighlight(const JobPosting& /*posting*/, const HitOptions& options, JsonWriter* json) {
  if (options.highlights.empty()) {
    return;
  }
  json->Key("highlight");
  json->StartObject();
  for (const search::FieldHighlight& highlight : options.highlights) {
    json->Member(schema::SearchFields()[static_cast<size_t>(highlight.field)].name, highlight.html);
  }
  json->EndObject();
}

// In the order of HitField.
constexpr std::array<Member, query::kHitFieldCount> kMembers = {WriteNumber,
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
                                                                WriteDistance,
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
                                                                WritePartial,
                                                                WriteScore,
                                                                WriteHighlight};

void WriteMembers(const JobPosting& posting, const HitOptions& options, JsonWriter* json) {
  for (size_t i = 0; i < kMembers.size(); ++i) {
    if ((options.fields & query::HitFieldBit(static_cast<HitField>(i))) != 0) {
      kMembers[i](posting, options, json);
    }
  }
}

}  // namespace

void WriteHit(const JobPosting& posting, const HitOptions& options, JsonWriter* json) {
  json->StartObject();
  WriteMembers(posting, options, json);
  if (options.explanation != nullptr) {
    json->Key("explain");
    WriteExplanation(*options.explanation, json);
  }
  json->EndObject();
}

void WritePosting(const JobPosting& posting, Date today, JsonWriter* json) {
  HitOptions options;
  options.today = today;
  options.fields = query::kAllHitFields & ~query::HitFieldBit(HitField::kPartial) &
                   ~query::HitFieldBit(HitField::kScore);
  json->StartObject();
  WriteMembers(posting, options, json);
  WriteDerivedMembers(posting, json);
  WriteFeed(posting.feed, json);
  json->EndObject();
}

}  // namespace kyujin::api

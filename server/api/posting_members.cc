#include "server/api/posting_members.h"

#include <fmt/format.h>

#include <string>

#include "engine/query/parameter_choices.h"
#include "engine/schema/code_table.h"
#include "server/api/posting_writer.h"

namespace kyujin::api {
namespace {

using schema::JobPosting;

void WriteBits(std::string_view name,
               std::span<const query::Choice> choices,
               uint32_t bits,
               JsonWriter* json) {
  if (bits == 0) {
    return;
  }
  json->Key(name);
  json->StartArray();
  for (const query::Choice& choice : choices) {
    if ((bits & choice.value) != 0) {
      json->String(choice.code);
    }
  }
  json->EndArray();
}

void WriteStations(const JobPosting& posting, JsonWriter* json) {
  if (posting.stations.empty()) {
    return;
  }
  json->Key("stations");
  json->StartArray();
  for (const schema::StationAccess& station : posting.stations) {
    json->StartObject();
    json->Member("name", station.name);
    WriteOptional("walk_minutes", station.walk_minutes, json);
    json->EndObject();
  }
  json->EndArray();
}

void WriteClasses(const JobPosting& posting, JsonWriter* json) {
  const schema::Occupation& occupation = posting.occupation;
  if (occupation.major != 0) {
    json->Member("occupation_major", fmt::format("{:02}", occupation.major));
  }
  if (occupation.minor != 0) {
    json->Member("occupation_minor",
                 fmt::format("{:03}-{:02}", occupation.middle, occupation.minor));
  }
  if (posting.industry != 0) {
    const bool is_middle = posting.industry % 10 == 0;
    const std::string small = fmt::format("{:03}", posting.industry);
    const bool is_listed = schema::IndustryTable().Find(small) != nullptr;
    json->Member("industry", is_middle && !is_listed ? small.substr(0, 2) : small);
  }
}

std::string_view TwoDayWeekCode(schema::TwoDayWeek value) {
  switch (value) {
    case schema::TwoDayWeek::kEveryWeek:
      return "weekly";
    case schema::TwoDayWeek::kOther:
      return "other";
    case schema::TwoDayWeek::kNone:
      return "none";
    case schema::TwoDayWeek::kUnknown:
      break;
  }
  return {};
}

void WriteDaysOff(const JobPosting& posting, JsonWriter* json) {
  WriteBits("work_system", query::WorkSystemChoices(), posting.work_systems, json);
  WriteBits("holiday_weekdays", query::HolidayWeekdayChoices(), posting.holiday_weekdays, json);
  if (const std::string_view code = TwoDayWeekCode(posting.two_day_week); !code.empty()) {
    json->Member("two_day_week", code);
  }
}

void WriteRequirements(const JobPosting& posting, JsonWriter* json) {
  if (posting.age_limit != schema::AgeLimit::kUnknown) {
    json->MemberBool("age_limited", posting.age_limit == schema::AgeLimit::kLimited);
  }
  WriteOptional("age_min", posting.age_min, json);
  WriteCode("licence_need", query::LicenceNeedChoices(), posting.licence_need, json);
  if (!posting.licences.empty()) {
    json->Key("licences");
    json->StartArray();
    for (const std::string& licence : posting.licences) {
      json->String(licence);
    }
    json->EndArray();
  }
  WriteBits("insurance", query::InsuranceChoices(), posting.insurances, json);
}

void WriteWageSum(const JobPosting& posting, JsonWriter* json) {
  if (posting.wage.base && posting.wage.with_fixed_overtime) {
    json->MemberUint("wage_with_fixed_overtime_min", posting.wage.with_fixed_overtime->min);
    json->MemberUint("wage_with_fixed_overtime_max", posting.wage.with_fixed_overtime->max);
  }
}

}  // namespace

const query::Choice* FindChoice(std::span<const query::Choice> choices, uint32_t value) {
  for (const query::Choice& choice : choices) {
    if (choice.value == value) {
      return &choice;
    }
  }
  return nullptr;
}

bool IsNew(const JobPosting& posting, Date today) {
  return posting.received && *posting.received <= today &&
         *posting.received >= today.PlusDays(-schema::kNewDays);
}

void WriteConditionList(std::string_view name,
                        schema::ConditionMask conditions,
                        bool is_new,
                        JsonWriter* json) {
  json->Key(name);
  json->StartArray();
  for (const schema::ConditionSpec& spec : schema::Conditions()) {
    const bool holds = spec.id == schema::Condition::kNew
                           ? is_new
                           : (conditions & schema::ConditionBit(spec.id)) != 0;
    if (holds) {
      json->String(spec.code);
    }
  }
  json->EndArray();
}

void WriteDerivedMembers(const JobPosting& posting, JsonWriter* json) {
  WriteCode("kind", query::KindChoices(), posting.kind, json);
  WriteCode("dispatch", query::DispatchChoices(), posting.dispatch, json);
  WriteCode("renewal", query::RenewalChoices(), posting.renewal, json);
  if (posting.employer_number != 0) {
    json->Member("employer_number", fmt::format("{:011}", posting.employer_number));
  }
  WriteOptional("employees", posting.employees, json);
  WriteStations(posting, json);
  WriteClasses(posting, json);
  WriteWageSum(posting, json);
  WriteDaysOff(posting, json);
  WriteRequirements(posting, json);
  WriteConditionList("conditions_no", posting.conditions_no, /*is_new=*/false, json);
}

void WriteFeed(const schema::FeedRecord& feed, JsonWriter* json) {
  json->Key("feed");
  json->StartObject();
  for (const schema::FeedRecord::Value& value : feed.values()) {
    json->Member(schema::GetFeedField(value.tag).tag, value.text);
  }
  for (const schema::FeedRecord::UnknownValue& value : feed.unknown()) {
    json->Member(value.tag, value.text);
  }
  json->EndObject();
}

}  // namespace kyujin::api

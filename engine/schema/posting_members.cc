#include "engine/schema/posting_members.h"

#include <fmt/format.h>

#include <string>

#include "engine/schema/code_table.h"

namespace kyujin::schema {
namespace {

void WriteBits(std::string_view name,
               std::span<const Choice> choices,
               uint32_t bits,
               JsonWriter* json) {
  if (bits == 0) {
    return;
  }
  json->Key(name);
  json->StartArray();
  for (const Choice& choice : choices) {
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
  for (const StationAccess& station : posting.stations) {
    json->StartObject();
    json->Member("name", station.name);
    WriteOptional("walk_minutes", station.walk_minutes, json);
    json->EndObject();
  }
  json->EndArray();
}

void WriteClasses(const JobPosting& posting, JsonWriter* json) {
  const Occupation& occupation = posting.occupation;
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
    const bool is_listed = IndustryTable().Find(small) != nullptr;
    json->Member("industry", is_middle && !is_listed ? small.substr(0, 2) : small);
  }
}

std::string_view TwoDayWeekCode(TwoDayWeek value) {
  switch (value) {
    case TwoDayWeek::kEveryWeek:
      return "weekly";
    case TwoDayWeek::kOther:
      return "other";
    case TwoDayWeek::kNone:
      return "none";
    case TwoDayWeek::kUnknown:
      break;
  }
  return {};
}

void WriteDaysOff(const JobPosting& posting, JsonWriter* json) {
  WriteBits("work_system", WorkSystemChoices(), posting.work_systems, json);
  WriteBits("holiday_weekdays", HolidayWeekdayChoices(), posting.holiday_weekdays, json);
  if (const std::string_view code = TwoDayWeekCode(posting.two_day_week); !code.empty()) {
    json->Member("two_day_week", code);
  }
}

void WriteRequirements(const JobPosting& posting, JsonWriter* json) {
  if (posting.age_limit != AgeLimit::kUnknown) {
    json->MemberBool("age_limited", posting.age_limit == AgeLimit::kLimited);
  }
  WriteOptional("age_min", posting.age_min, json);
  WriteCode("licence_need", LicenceNeedChoices(), posting.licence_need, json);
  if (!posting.licences.empty()) {
    json->Key("licences");
    json->StartArray();
    for (const std::string& licence : posting.licences) {
      json->String(licence);
    }
    json->EndArray();
  }
  WriteBits("insurance", InsuranceChoices(), posting.insurances, json);
}

void WriteWageSum(const JobPosting& posting, JsonWriter* json) {
  if (posting.wage.base && posting.wage.with_fixed_overtime) {
    json->MemberUint("wage_with_fixed_overtime_min", posting.wage.with_fixed_overtime->min);
    json->MemberUint("wage_with_fixed_overtime_max", posting.wage.with_fixed_overtime->max);
  }
}

}  // namespace

bool IsNew(const JobPosting& posting, Date today) {
  return posting.received && *posting.received <= today &&
         *posting.received >= today.PlusDays(-kNewDays);
}

void WriteConditionList(std::string_view name,
                        ConditionMask conditions,
                        bool is_new,
                        JsonWriter* json) {
  json->Key(name);
  json->StartArray();
  for (const ConditionSpec& spec : Conditions()) {
    const bool holds =
        spec.id == Condition::kNew ? is_new : (conditions & ConditionBit(spec.id)) != 0;
    if (holds) {
      json->String(spec.code);
    }
  }
  json->EndArray();
}

void WriteDerivedMembers(const JobPosting& posting, JsonWriter* json) {
  WriteCode("kind", KindChoices(), posting.kind, json);
  WriteCode("dispatch", DispatchChoices(), posting.dispatch, json);
  WriteCode("renewal", RenewalChoices(), posting.renewal, json);
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

void WriteFeed(const FeedRecord& feed, JsonWriter* json) {
  json->Key("feed");
  json->StartObject();
  for (const FeedRecord::Value& value : feed.values()) {
    json->Member(GetFeedField(value.tag).tag, value.text);
  }
  for (const FeedRecord::UnknownValue& value : feed.unknown()) {
    json->Member(value.tag, value.text);
  }
  json->EndObject();
}

}  // namespace kyujin::schema

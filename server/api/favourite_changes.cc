#include "server/api/favourite_changes.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "engine/schema/feed_field.h"
#include "engine/schema/posting_choices.h"
#include "engine/schema/posting_members.h"
#include "engine/schema/posting_version.h"

namespace kyujin::api {
namespace {

bool SameWage(const store::Favourite& a, const store::Favourite& b) {
  return a.wage_type == b.wage_type && a.wage_min == b.wage_min && a.wage_max == b.wage_max;
}

void WriteWage(std::string_view name, const store::Favourite& favourite, JsonWriter* json) {
  if (favourite.wage_type.empty()) {
    return;
  }
  json->Key(name);
  json->StartObject();
  json->Member("type", favourite.wage_type);
  schema::WriteOptional("min", favourite.wage_min, json);
  schema::WriteOptional("max", favourite.wage_max, json);
  json->EndObject();
}

void WriteDay(std::string_view name, const std::optional<Date>& day, JsonWriter* json) {
  if (day) {
    json->Member(name, day->ToString());
  }
}

// Begins the object of one change.
void StartChange(std::string_view what, std::string_view label, JsonWriter* json) {
  json->StartObject();
  json->Member("what", what);
  json->Member("label", label);
}

void WriteGone(const PostingNow& now, JsonWriter* json) {
  StartChange("gone", "掲載が終わりました", json);
  WriteDay("on", now.gone, json);
  json->EndObject();
}

void WriteChanges(const store::Favourite& kept, const store::Favourite& current, JsonWriter* json) {
  const bool same_wage = SameWage(kept, current);
  const bool same_deadline = kept.deadline == current.deadline;
  if (!same_wage) {
    StartChange("wage", "賃金が変わりました", json);
    WriteWage("was", kept, json);
    WriteWage("now", current, json);
    json->EndObject();
  }
  if (!same_deadline) {
    StartChange("deadline", "紹介期限日が変わりました", json);
    WriteDay("was", kept.deadline, json);
    WriteDay("now", current.deadline, json);
    json->EndObject();
  }
  if (same_wage && same_deadline && kept.version != current.version) {
    StartChange("content", "求人の内容が変わりました", json);
    json->EndObject();
  }
}

void WriteDeadlineNote(Date deadline, Date today, JsonWriter* json) {
  const int days = int{deadline.days()} - int{today.days()};
  if (days < 0 || days > kDeadlineNoteDays) {
    return;
  }
  json->MemberInt("deadline_in_days", days);
  json->Member("note",
               days == 0 ? std::string("紹介期限は本日です")
                         : fmt::format("紹介期限まであと{}日です", days));
}

}  // namespace

store::Favourite FavouriteOf(const schema::JobPosting& posting) {
  store::Favourite favourite;
  favourite.number = posting.number.value();
  favourite.version = schema::PostingVersion(posting.feed);
  favourite.title = posting.feed.Get(schema::Tag::kSksu);
  favourite.employer = posting.feed.Get(schema::Tag::kJgshmei);
  favourite.deadline = posting.deadline;
  const schema::Wage& wage = posting.wage;
  const schema::Choice* type =
      schema::FindChoice(schema::WageTypeChoices(), static_cast<uint32_t>(wage.type));
  if (wage.base && type != nullptr) {
    const schema::YenRange range = wage.fixed_allowances.value_or(*wage.base);
    favourite.wage_type = type->code;
    favourite.wage_min = range.min;
    favourite.wage_max = range.max;
  }
  return favourite;
}

void WriteFavourite(const store::Favourite& kept, const PostingNow& now, JsonWriter* json) {
  const bool is_gone = now.is_gone();
  const store::Favourite current = now.posting != nullptr ? FavouriteOf(*now.posting) : kept;
  json->StartObject();
  json->Member("number", schema::PostingNumber::FromValue(kept.number).ToString());
  json->Member("title", current.title);
  json->Member("employer", current.employer);
  json->Member("kept", FormatTimeInJapan(kept.kept));
  json->MemberBool("gone", is_gone);
  WriteWage("wage", current, json);
  WriteDay("deadline", current.deadline, json);
  json->Key("changes");
  json->StartArray();
  if (is_gone) {
    WriteGone(now, json);
  }
  WriteChanges(kept, current, json);
  json->EndArray();
  if (!is_gone && current.deadline) {
    WriteDeadlineNote(*current.deadline, now.today, json);
  }
  json->EndObject();
}

}  // namespace kyujin::api

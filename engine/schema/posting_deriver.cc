#include "engine/schema/posting_deriver.h"

#include <utility>

#include "engine/schema/classification_parser.h"
#include "engine/schema/condition_reader.h"
#include "engine/schema/date_parser.h"
#include "engine/schema/holiday_parser.h"
#include "engine/schema/municipality.h"
#include "engine/schema/name_key.h"
#include "engine/schema/posting_version.h"
#include "engine/schema/requirement_parser.h"
#include "engine/schema/shift_parser.h"
#include "engine/schema/station_parser.h"
#include "engine/schema/value_reader.h"
#include "engine/schema/wage_parser.h"

namespace kyujin::schema {
namespace {

constexpr uint64_t kMaxOvertimeHours = 744;  // hours of the longest month
constexpr uint64_t kMaxHolidays = 366;
constexpr uint64_t kMaxPositions = 9'999;
constexpr uint64_t kMaxEmployees = 99'999'999;
constexpr uint64_t kEmployerNumbers = 100'000'000'000;  // 11 digits

// Makes `posting` empty and keeps its buffers.
void Clear(JobPosting* posting) {
  JobPosting fresh;
  posting->stations.clear();
  posting->shifts.clear();
  posting->licences.clear();
  std::swap(fresh.stations, posting->stations);
  std::swap(fresh.shifts, posting->shifts);
  std::swap(fresh.licences, posting->licences);
  *posting = std::move(fresh);
}

bool Reject(const FeedRecord& feed, Tag tag, std::string reason, Rejection* rejection) {
  *rejection = {std::string(TrimValue(feed.Get(Tag::kKjno))),
                std::string(GetFeedField(tag).tag),
                std::move(reason)};
  return false;
}

bool DeriveNumber(JobPosting* posting, Rejection* rejection) {
  const std::string_view text = posting->feed.Get(Tag::kKjno);
  if (text.empty()) {
    return Reject(posting->feed, Tag::kKjno, "no 求人番号", rejection);
  }
  const auto number = PostingNumber::Parse(text);
  if (!number.has_value()) {
    return Reject(posting->feed, Tag::kKjno, number.error().message, rejection);
  }
  posting->number = *number;
  return true;
}

// Of two tags for one date the first that is filled counts.
bool DeriveDate(const FeedRecord& feed,
                std::pair<Tag, Tag> tags,
                std::optional<Date>* date,
                Rejection* rejection) {
  const Tag tag = feed.Get(tags.first).empty() ? tags.second : tags.first;
  const std::string_view text = feed.Get(tag);
  if (text.empty()) {
    return true;
  }
  const auto parsed = ParseFeedDate(text);
  if (!parsed.has_value()) {
    return Reject(feed, tag, parsed.error().message, rejection);
  }
  *date = *parsed;
  return true;
}

template <class T>
std::optional<T> ParseCount(std::string_view text, uint64_t limit) {
  const auto number = FirstNumber(text, limit);
  return number ? std::optional(static_cast<T>(*number)) : std::nullopt;
}

uint64_t ParseEmployerNumber(std::string_view text) {
  uint64_t number = 0;
  ValueReader reader(text);
  while (!reader.AtEnd()) {
    const char32_t code = reader.Next();
    if (code >= U'0' && code <= U'9' && number < kEmployerNumbers) {
      number = number * 10 + (code - U'0');
    }
  }
  return number < kEmployerNumbers ? number : 0;
}

void DeriveEmployer(JobPosting* posting) {
  const FeedRecord& feed = posting->feed;
  posting->employer_key = NameKey(feed.Get(Tag::kJgshmei));
  posting->employer_number = ParseEmployerNumber(feed.Get(Tag::kJgshno));
  posting->employees = ParseCount<uint32_t>(feed.Get(Tag::kJgisKigyozentaiN), kMaxEmployees);
  posting->industry = ParseIndustry(feed);
}

void DeriveKind(JobPosting* posting) {
  const FeedRecord& feed = posting->feed;
  posting->kind = ParseEnumeration("kind", feed.Get(Tag::kKjkbn1N));
  posting->employment = ParseEnumeration("employment", feed.Get(Tag::kKoyokeitaiN));
  posting->full_part =
      static_cast<FullPart>(ParseEnumeration("full_part", feed.Get(Tag::kKjkbn2N)));
  posting->dispatch = ParseDispatch(posting->employment);
  posting->renewal = ParseRenewal(feed);
  posting->occupation = ParseOccupation(feed);
}

void DeriveHours(JobPosting* posting) {
  const FeedRecord& feed = posting->feed;
  ParseShifts(feed, &posting->shifts);
  posting->work_systems = ParseWorkSystems(
      feed.Get(Tag::kShgjn), posting->shifts.empty() ? ShiftsGiven::kNo : ShiftsGiven::kYes);
  const std::string_view hours = feed.Get(Tag::kJkgiThkinjnJiN);
  const std::string_view overtime = feed.Get(Tag::kJkgiUmuN);
  const bool has_none = (!overtime.empty() && SaysNo(overtime)) ||
                        (overtime.empty() && !hours.empty() && SaysNo(hours));
  posting->overtime_hours = has_none ? uint16_t{0} : ParseCount<uint16_t>(hours, kMaxOvertimeHours);
  posting->annual_holidays = ParseCount<uint16_t>(feed.Get(Tag::kNenkankjsuN), kMaxHolidays);
  posting->holiday_weekdays = ParseHolidayWeekdays(feed);
  posting->two_day_week = ParseTwoDayWeek(feed.Get(Tag::kSk2seiN));
}

void DeriveRequirements(JobPosting* posting) {
  const FeedRecord& feed = posting->feed;
  const AgeRange age = ParseAge(feed);
  posting->age_limit = age.limit;
  posting->age_min = age.min;
  posting->age_max = age.max;
  ParseLicences(feed, &posting->licences);
  posting->licence_need = ParseLicenceNeed(feed);
  posting->insurances = ParseInsurances(feed);
  posting->positions = ParseCount<uint16_t>(feed.Get(Tag::kSaiyoninzuN), kMaxPositions);
  if (posting->positions == uint16_t{0}) {
    posting->positions.reset();
  }
}

// Text decides what no field does, and that only.
void DeriveConditionsFromText(JobPosting* posting) {
  ConditionReader reader;
  for (const Tag tag : {Tag::kSksu, Tag::kShigotoNy, Tag::kKjjknktkjk}) {
    reader.Read(posting->feed.Get(tag));
  }
  const ConditionMask open = ~(posting->conditions_yes | posting->conditions_no);
  const ConditionAnswers answers = reader.Take();
  posting->conditions_yes |= answers.yes & open;
  posting->conditions_no |= answers.no & open;
  posting->conditions_from_text = (answers.yes | answers.no) & open;
}

void DeriveConditions(JobPosting* posting) {
  for (const ConditionSpec& condition : Conditions()) {
    const Tristate answer =
        condition.rule == nullptr ? Tristate::kUnknown : condition.rule(posting->feed, *posting);
    if (answer == Tristate::kYes) {
      posting->conditions_yes |= ConditionBit(condition.id);
    } else if (answer == Tristate::kNo) {
      posting->conditions_no |= ConditionBit(condition.id);
    }
  }
  DeriveConditionsFromText(posting);
}

// `of_text` when it says more than `named`: the ward of its city, or anything at all.
bool SaysMore(Place of_text, Place named) {
  if (of_text.municipality == 0 || of_text.prefecture != named.prefecture) {
    return false;
  }
  const Municipality* place = FindMunicipality(of_text.municipality);
  return named.municipality == 0 || (place != nullptr && place->city == named.municipality);
}

}  // namespace

void PostingDeriver::DerivePlace(JobPosting* posting) const {
  const FeedRecord& feed = posting->feed;
  Place place = places_.Resolve(feed.Get(Tag::kShgbsjusho1N));
  const Place full = places_.Resolve(feed.Get(Tag::kShgbsjusho));
  if (place.prefecture == 0 || SaysMore(full, place)) {
    place = full;
  }
  // The employer's address stands in for a workplace that is not told.
  for (const Tag tag : {Tag::kJgshjushoN, Tag::kJgshszci}) {
    if (place.prefecture == 0) {
      place = places_.Resolve(feed.Get(tag));
    }
  }
  posting->prefecture = place.prefecture;
  posting->municipality = place.municipality;
  DerivePosition(posting);
  Access access = ParseAccess(feed);
  posting->stations = std::move(access.stations);
  posting->walk_minutes = access.walk_minutes;
}

void PostingDeriver::DerivePosition(JobPosting* posting) const {
  // The official feed has no coordinates; a source that knows them gives both tags in degrees.
  std::string_view latitude;
  std::string_view longitude;
  for (const FeedRecord::UnknownValue& value : posting->feed.unknown()) {
    latitude = value.tag == "latitude" ? std::string_view(value.text) : latitude;
    longitude = value.tag == "longitude" ? std::string_view(value.text) : longitude;
  }
  posting->position = ParsePosition(TrimValue(latitude), TrimValue(longitude));
  if (!posting->position) {
    posting->position = positions_.Find(posting->prefecture, posting->municipality);
  }
}

bool PostingDeriver::Derive(FeedRecord feed, JobPosting* posting, Rejection* rejection) const {
  Clear(posting);
  posting->feed = std::move(feed);
  if (!DeriveNumber(posting, rejection) ||
      !DeriveDate(
          posting->feed, {Tag::kUktkymdSeireki, Tag::kUktkymd}, &posting->received, rejection) ||
      !DeriveDate(
          posting->feed, {Tag::kKjyukoymd, Tag::kKjyukoymd}, &posting->deadline, rejection)) {
    return false;
  }
  posting->content_hash = ContentHash(posting->feed);
  DeriveKind(posting);
  DeriveEmployer(posting);
  DerivePlace(posting);
  posting->wage = ParseWage(posting->feed);
  DeriveHours(posting);
  DeriveRequirements(posting);
  DeriveConditions(posting);
  return true;
}

}  // namespace kyujin::schema

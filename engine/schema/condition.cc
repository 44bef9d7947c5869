#include "engine/schema/condition.h"

#include <algorithm>
#include <array>

#include "engine/schema/classification_parser.h"
#include "engine/schema/holiday_parser.h"
#include "engine/schema/job_posting.h"
#include "engine/schema/shift_parser.h"
#include "engine/schema/value_reader.h"
#include "engine/schema/wage_parser.h"

namespace kyujin::schema {
namespace {

constexpr uint8_t kNearMinutes = 10;

Tristate YesIf(bool holds) {
  return holds ? Tristate::kYes : Tristate::kNo;
}

// Given: everything but a no is yes.
template <Tag kTag>
Tristate Given(const FeedRecord& feed, const JobPosting& /*posting*/) {
  const std::string_view text = feed.Get(kTag);
  return text.empty() ? Tristate::kUnknown : YesIf(!SaysNo(text));
}

// Given as the opposite: a no is yes.
template <Tag kTag>
Tristate Lacking(const FeedRecord& feed, const JobPosting& /*posting*/) {
  const std::string_view text = feed.Get(kTag);
  return text.empty() ? Tristate::kUnknown : YesIf(SaysNo(text));
}

template <Tag kTag>
Tristate Unasked(const FeedRecord& feed, const JobPosting& /*posting*/) {
  const std::string_view text = feed.Get(kTag);
  return text.empty() ? Tristate::kUnknown : YesIf(Contains(text, "不問"));
}

Tristate NearStation(const FeedRecord& feed, const JobPosting& posting) {
  if (feed.Get(Tag::kShgbsMyre).empty()) {
    return Tristate::kUnknown;
  }
  return YesIf(std::any_of(
      posting.stations.begin(), posting.stations.end(), [](const StationAccess& station) {
        return !station.is_bus_stop &&
               station.walk_minutes.value_or(kNearMinutes + 1) <= kNearMinutes;
      }));
}

Tristate FixedOvertime(const FeedRecord& feed, const JobPosting& /*posting*/) {
  return ParseFixedOvertime(feed);
}

// One tag filled is enough; 未選択 is filled.
Tristate NoLicence(const FeedRecord& /*feed*/, const JobPosting& posting) {
  return posting.licence_need == LicenceNeed::kUnknown
             ? Tristate::kUnknown
             : YesIf(posting.licence_need != LicenceNeed::kRequired);
}

Tristate NoAgeLimit(const FeedRecord& /*feed*/, const JobPosting& posting) {
  return posting.age_limit == AgeLimit::kUnknown ? Tristate::kUnknown
                                                 : YesIf(posting.age_limit == AgeLimit::kNone);
}

// Either field can say no; only both together say yes.
Tristate WeekendOff(const FeedRecord& feed, const JobPosting& posting) {
  constexpr unsigned kWeekend = kSaturdayBit | kSundayBit;
  const bool has_days = !feed.Get(Tag::kKyjs).empty() || posting.holiday_weekdays != 0;
  if (has_days && (posting.holiday_weekdays & kWeekend) != kWeekend) {
    return Tristate::kNo;
  }
  if (posting.two_day_week == TwoDayWeek::kUnknown) {
    return Tristate::kUnknown;
  }
  if (posting.two_day_week != TwoDayWeek::kEveryWeek) {
    return Tristate::kNo;
  }
  return has_days ? Tristate::kYes : Tristate::kUnknown;
}

Tristate EveryWeek(const FeedRecord& /*feed*/, const JobPosting& posting) {
  return posting.two_day_week == TwoDayWeek::kUnknown
             ? Tristate::kUnknown
             : YesIf(posting.two_day_week == TwoDayWeek::kEveryWeek);
}

Tristate NoShiftWork(const FeedRecord& /*feed*/, const JobPosting& posting) {
  if (posting.shifts.empty()) {
    return Tristate::kUnknown;
  }
  return YesIf((posting.work_systems & static_cast<unsigned>(WorkSystem::kShift)) == 0);
}

Tristate NoNightWork(const FeedRecord& /*feed*/, const JobPosting& posting) {
  if (posting.shifts.empty()) {
    return Tristate::kUnknown;
  }
  return YesIf(std::none_of(posting.shifts.begin(), posting.shifts.end(), IsNightShift));
}

Tristate SmokeFree(const FeedRecord& feed, const JobPosting& /*posting*/) {
  const std::string_view text = feed.Get(Tag::kShgbsOkniJdktentiskN);
  return text.empty() ? Tristate::kUnknown : YesIf(Contains(text, "屋内禁煙"));
}

Tristate SocialInsurance(const FeedRecord& feed, const JobPosting& posting) {
  constexpr unsigned kBoth =
      static_cast<unsigned>(Insurance::kHealth) | static_cast<unsigned>(Insurance::kPension);
  return HasInsurances(feed) ? YesIf((posting.insurances & kBoth) == kBoth) : Tristate::kUnknown;
}

Tristate NoDocumentScreening(const FeedRecord& feed, const JobPosting& /*posting*/) {
  const std::string_view text = feed.Get(Tag::kSnkhoho);
  const std::string_view documents = feed.Get(Tag::kSnkhohoShrisnkoC);
  if (Contains(text, "書類") || SaysYes(documents)) {
    return Tristate::kNo;
  }
  const bool is_given = !text.empty() || !documents.empty() ||
                        !feed.Get(Tag::kSnkhohoMensetsuC).empty() ||
                        !feed.Get(Tag::kSnkhohoHkksknC).empty();
  return is_given ? Tristate::kYes : Tristate::kUnknown;
}

using enum Condition;
constexpr std::array<ConditionSpec, kConditionCount> kConditions{{
    {kUijTurn, "uij_turn", "UIJターン歓迎", Given<Tag::kUijturnkangeN>},
    {kRemote, "remote", "在宅勤務", Given<Tag::kZtkkimmuN>},
    {kNearStation, "near_station", "駅近（徒歩10分以内）", NearStation},
    {kFixedOvertime, "fixed_overtime", "固定残業代あり", FixedOvertime},
    {kCarCommute, "car_commute", "マイカー通勤可", Given<Tag::kMycartsknkahiN>},
    {kNoTransfer, "no_transfer", "転勤なし", Lacking<Tag::kTenkinKnsiN>},
    {kNoExperience, "no_experience", "経験不問", Unasked<Tag::kHynakiknt>},
    {kNoEducation, "no_education", "学歴不問", Unasked<Tag::kGrki>},
    {kNoLicence, "no_licence", "資格不問", NoLicence},
    {kNoAgeLimit, "no_age_limit", "年齢不問", NoAgeLimit},
    {kWeekendOff, "weekend_off", "土日休み", WeekendOff},
    {kTwoDayWeek, "two_day_week", "週休二日制（毎週）", EveryWeek},
    {kNoOvertime, "no_overtime", "時間外労働なし", Lacking<Tag::kJkgiUmuN>},
    {kNoShiftWork, "no_shift_work", "交替制（シフト制）なし", NoShiftWork},
    {kNoNightWork, "no_night_work", "夜勤なし", NoNightWork},
    {kSmokeFree, "smoke_free", "屋内禁煙", SmokeFree},
    {kBonus, "bonus", "賞与あり", Given<Tag::kShoyoumuN>},
    {kPromotionToRegular, "promotion_to_regular", "正社員登用あり", Given<Tag::kSsintoyoUmuN>},
    {kCommuteAllowance, "commute_allowance", "通勤手当あり", Given<Tag::kTskntat>},
    {kRetirementAllowance, "retirement_allowance", "退職金制度あり", Given<Tag::kTiskkinSeido>},
    {kSocialInsurance, "social_insurance", "社会保険完備（健康・厚生年金）", SocialInsurance},
    {kNoDocumentScreening, "no_document_screening", "書類選考なし", NoDocumentScreening},
    {kTrial, "trial", "トライアル雇用併用", nullptr},
    {kHousingSingle, "housing_single", "単身用住宅あり", nullptr},
    {kHousingFamily, "housing_family", "世帯用住宅あり", nullptr},
    {kChildcare, "childcare", "託児施設あり", nullptr},
    {kIceAge, "ice_age", "就職氷河期世代歓迎", nullptr},
    {kOver60, "over60", "60歳以上歓迎", nullptr},
    {kOnlineApplication, "online_application", "オンライン自主応募可", nullptr},
    {kNew, "new", "新着（直近3日）", nullptr},
}};

constexpr bool IsInOrder() {
  for (size_t i = 0; i < kConditions.size(); ++i) {
    if (static_cast<size_t>(kConditions[i].id) != i) {
      return false;
    }
  }
  return true;
}
static_assert(IsInOrder(), "rows stand in the order of Condition");

}  // namespace

std::span<const ConditionSpec> Conditions() {
  return kConditions;
}

std::optional<Condition> FindCondition(std::string_view code) {
  const auto* found =
      std::find_if(kConditions.begin(), kConditions.end(), [&](const ConditionSpec& condition) {
        return condition.code == code;
      });
  return found == kConditions.end() ? std::nullopt : std::optional(found->id);
}

}  // namespace kyujin::schema

#include "bench/corpus/hours_writer.h"

#include <span>

#include "bench/corpus/japanese_text.h"
#include "bench/corpus/phrases.h"
#include "bench/corpus/share_table.h"

namespace kyujin::corpus {
namespace {

struct Shift {
  int open;   // minutes of the day
  int close;  // may be earlier than open: past midnight
};

// Instead of an opening time: the shifts stand in their own fields.
constexpr int kShiftsGiven = -1;

constexpr int At(int hour, int minute = 0) {
  return hour * 60 + minute;
}

// By ShiftPattern, most usual first.
constexpr std::array<std::array<Shift, 6>, 8> kFullShifts = {{
    {{{At(9), At(18)},
      {At(8, 30), At(17, 30)},
      {At(9), At(17, 30)},
      {At(8, 30), At(17, 15)},
      {At(10), At(19)},
      {At(9, 30), At(18, 30)}}},
    {{{At(8, 30), At(17, 30)},
      {At(9), At(18)},
      {At(8), At(17)},
      {At(8, 30), At(17)},
      {At(9), At(17)},
      {At(8, 45), At(17, 45)}}},
    {{{At(8, 30), At(17, 30)},
      {At(7), At(16)},
      {At(16, 30), At(9, 30)},
      {At(17), At(9)},
      {At(10, 30), At(19, 30)},
      {At(22), At(7)}}},
    {{{At(10), At(19)},
      {At(9), At(18)},
      {At(11), At(20)},
      {At(12), At(21)},
      {At(8, 30), At(17, 30)},
      {At(13), At(22)}}},
    {{{At(8), At(17)},
      {At(6), At(15)},
      {At(5, 30), At(14, 30)},
      {At(9), At(18)},
      {At(10), At(19)},
      {At(4), At(13)}}},
    {{{At(8), At(17)},
      {At(8), At(17, 30)},
      {At(7, 30), At(16, 30)},
      {At(7), At(16)},
      {At(6), At(15)},
      {At(21), At(6)}}},
    {{{At(8, 30), At(17, 30)},
      {At(7, 30), At(16, 30)},
      {At(9), At(18)},
      {At(10), At(19)},
      {At(8), At(17)},
      {At(13), At(22)}}},
    {{{At(8), At(17)},
      {At(8, 30), At(17, 30)},
      {At(20), At(5)},
      {At(6), At(14, 45)},
      {At(14, 30), At(23, 15)},
      {At(22, 30), At(7)}}},
}};
constexpr std::array<Shift, 14> kPartShifts = {{{At(9), At(13)},
                                                {At(9), At(15)},
                                                {At(9), At(16)},
                                                {At(8, 30), At(12, 30)},
                                                {At(13), At(17)},
                                                {At(10), At(15)},
                                                {At(9), At(17)},
                                                {At(10), At(14)},
                                                {At(8), At(12)},
                                                {At(17), At(21)},
                                                {At(7), At(11)},
                                                {At(16), At(20)},
                                                {At(18), At(22)},
                                                {At(6), At(9)}}};
constexpr std::array<std::string_view, 7> kWeekdayTags = {
    "kyjs_mon", "kyjs_tue", "kyjs_wed", "kyjs_thu", "kyjs_fri", "kyjs_sat", "kyjs_sun"};
constexpr std::array<std::string_view, 7> kWeekdays = {"月", "火", "水", "木", "金", "土", "日"};
constexpr uint32_t kSaturday = 1U << 5U;
constexpr uint32_t kSunday = 1U << 6U;
constexpr uint32_t kHoliday = 1U << 7U;
constexpr uint32_t kOther = 1U << 8U;

constexpr std::array<int, 14> kOvertimeHours = {10, 5, 20, 15, 3, 2, 1, 30, 8, 25, 4, 45, 12, 40};
constexpr std::array<int, 16> kManyHolidays = {
    120, 125, 123, 122, 121, 124, 126, 118, 115, 116, 127, 130, 119, 117, 113, 128};
constexpr std::array<int, 14> kFewHolidays = {
    105, 110, 107, 108, 112, 115, 111, 113, 106, 96, 100, 104, 109, 87};

template <class T, size_t kCount>
const T& PickUsual(const std::array<T, kCount>& values, Random& random) {
  return values[random.SkewedBelow(kCount)];
}

// Working-time systems by how the hours of the trade lie.
using SystemShares = ShareTable<std::string_view, 6>;
constexpr SystemShares kOfficeSystems = {{{140, "変形労働時間制（1年単位）"},
                                          {300, "変形労働時間制（1か月単位）"},
                                          {345, "フレックスタイム制"},
                                          {365, "裁量労働制"},
                                          {400, "交替制（シフト制）"},
                                          {1000, ""}}};
constexpr SystemShares kFieldSystems = {{{480, "変形労働時間制（1年単位）"},
                                         {560, "変形労働時間制（1か月単位）"},
                                         {700, "交替制（シフト制）"},
                                         {1000, ""},
                                         {1000, ""},
                                         {1000, ""}}};
constexpr SystemShares kServiceSystems = {{{370, "変形労働時間制（1か月単位）"},
                                           {730, "交替制（シフト制）"},
                                           {760, "変形労働時間制（1年単位）"},
                                           {766, "変形労働時間制（1週間単位非定型的）"},
                                           {1000, ""},
                                           {1000, ""}}};

bool KeepsWeekdays(ShiftPattern shifts) {
  return shifts == ShiftPattern::kOffice || shifts == ShiftPattern::kDay;
}

const SystemShares& SystemsOf(ShiftPattern shifts) {
  if (KeepsWeekdays(shifts)) {
    return kOfficeSystems;
  }
  return shifts == ShiftPattern::kSite || shifts == ShiftPattern::kFactory ? kFieldSystems
                                                                           : kServiceSystems;
}

constexpr ShareTable<int, 3> kTurnCounts = {{{150, 1}, {500, 2}, {1000, 3}}};
constexpr ShareTable<int, 3> kShiftCounts = {{{620, 1}, {880, 2}, {1000, 3}}};

// Days off as sets of weekdays; kSomeWeekday stands for one from Monday to Friday.
using RestShares = ShareTable<uint32_t, 4>;
constexpr uint32_t kSomeWeekday = 1U << 9U;
constexpr RestShares kWeekendRest = {{{620, kSaturday | kSunday | kHoliday},
                                      {800, kSaturday | kSunday | kHoliday | kOther},
                                      {920, kSaturday | kSunday | kOther},
                                      {1000, kOther}}};
constexpr RestShares kFactoryRest = {{{400, kSaturday | kSunday | kOther},
                                      {550, kSaturday | kSunday},
                                      {750, kSunday | kHoliday | kOther},
                                      {1000, kOther}}};
constexpr RestShares kSiteRest = {{{400, kSunday | kHoliday | kOther},
                                   {600, kSunday | kOther},
                                   {750, kSaturday | kSunday | kOther},
                                   {1000, kOther}}};
constexpr RestShares kServiceRest = {{{660, kOther},
                                      {800, kSunday | kOther},
                                      {880, kOther | kSomeWeekday},
                                      {1000, kSaturday | kSunday | kHoliday}}};

const RestShares& RestsOf(ShiftPattern shifts, bool has_weekends) {
  if (KeepsWeekdays(shifts) && has_weekends) {
    return kWeekendRest;
  }
  if (shifts == ShiftPattern::kFactory || shifts == ShiftPattern::kSchool) {
    return kFactoryRest;
  }
  return KeepsWeekdays(shifts) || shifts == ShiftPattern::kSite ? kSiteRest : kServiceRest;
}

}  // namespace

HoursWriter::HoursWriter(const PhraseWriter& phrases)
    : phrases_(phrases),
      hours_notes_(GeneralPhrases().hours_notes),
      holiday_notes_(GeneralPhrases().holiday_notes) {}

void HoursWriter::Write(const PostingPlan& plan, Random& random, FeedRecord& record) {
  WriteShifts(plan, random, record);
  WriteOvertime(plan, random, record);
  WriteDaysOff(plan, random, record);
}

void HoursWriter::WriteShifts(const PostingPlan& plan, Random& random, FeedRecord& record) {
  const std::string_view system = PickShare(SystemsOf(plan.occupation->shifts), random);
  if (!system.empty()) {
    record.Add("shgjn", system);
  }
  const bool has_turns =
      system.starts_with("交替") || plan.occupation->shifts == ShiftPattern::kRound;
  int count = PickShare(has_turns ? kTurnCounts : kShiftCounts, random);
  if (random.Permille(90)) {
    count = 0;
  }
  constexpr std::array<std::string_view, 3> kTags = {
      "shgjn1_open_close", "shgjn2_open_close", "shgjn3_open_close"};
  const auto& usual = kFullShifts[static_cast<size_t>(plan.occupation->shifts)];
  for (int i = 0; i < count; ++i) {
    const Shift shift = plan.is_part && random.Permille(700) ? PickUsual(kPartShifts, random)
                                                             : PickUsual(usual, random);
    text_ = "(";
    AppendNumber(text_, i + 1);
    text_ += ")";
    AppendTime(text_, shift.open);
    text_ += "～";
    AppendTime(text_, shift.close);
    record.Add(kTags[static_cast<size_t>(i)], text_);
  }
  if (count == 0 || random.Permille(260)) {
    WriteHoursNote(plan, count == 0 ? usual[0].open : kShiftsGiven, random, record);
  }
  constexpr std::array<std::string_view, 6> kBreaks = {
      "60分", "45分", "90分", "75分", "50分", "0分"};
  if (!plan.is_part || random.Permille(600)) {
    record.Add("kyukeijn_n", PickUsual(kBreaks, random));
  }
}

void HoursWriter::WriteHoursNote(const PostingPlan& plan,
                                 int open,
                                 Random& random,
                                 FeedRecord& record) {
  text_.clear();
  if (open != kShiftsGiven) {
    AppendWideTime(text_, open);
    text_ += "～";
    AppendWideTime(text_, open + 10 * 60);
    text_ += "の間の";
    AppendWideNumber(text_, random.Between(4, 8));
    text_ += "時間程度　";
  }
  phrases_.Append(text_, hours_notes_.Pick(random), plan, random);
  record.Add("shgjn_tkjk", text_);
}

void HoursWriter::WriteOvertime(const PostingPlan& plan, Random& random, FeedRecord& record) {
  const bool has_overtime = random.Permille(plan.is_part ? 250 : 740);
  record.Add("jkgi_umu_n", has_overtime ? "あり" : "なし");
  if (has_overtime) {
    text_ = "月平均";
    AppendNumber(text_, plan.is_part ? random.Between(1, 5) : PickUsual(kOvertimeHours, random));
    text_ += "時間";
    record.Add("jkgi_thkinjn_ji_n", text_);
  }
}

void HoursWriter::WriteDaysOff(const PostingPlan& plan, Random& random, FeedRecord& record) {
  const SectionConditions share = ConditionsOfSection(plan.employer.industry->section);
  const uint32_t draw = random.Below(1000);
  const WeeklyRest rest = draw < share.two_days_off                          ? WeeklyRest::kTwoDays
                          : draw < share.two_days_off + share.other_days_off ? WeeklyRest::kOther
                                                                             : WeeklyRest::kNone;
  WriteWeekdays(plan, rest, random, record);
  constexpr std::array<std::string_view, 3> kRest = {"毎週", "その他", "なし"};
  if (random.Permille(960)) {
    record.Add("sk2sei_n", kRest[static_cast<size_t>(rest)]);
  }
  if (random.Permille(480)) {
    text_.clear();
    phrases_.Append(text_, holiday_notes_.Pick(random), plan, random);
    record.Add("kyjstosnta", text_);
  }
  if (!plan.is_part) {
    WriteAnnualHolidays(rest, random, record);
  }
  if (random.Permille(850)) {
    record.Add("sixmonth_yukyukyuka_n", plan.is_part && random.Permille(500) ? "7日" : "10日");
  }
}

void HoursWriter::WriteWeekdays(const PostingPlan& plan,
                                WeeklyRest rest,
                                Random& random,
                                FeedRecord& record) {
  uint32_t days = PickShare(RestsOf(plan.occupation->shifts, rest == WeeklyRest::kTwoDays), random);
  days |= (days & kSomeWeekday) != 0 ? 1U << random.Below(5) : 0U;
  text_.clear();
  for (uint32_t day = 0; day < kWeekdays.size(); ++day) {
    text_ += (days >> day & 1U) != 0 ? kWeekdays[day] : std::string_view{};
  }
  text_ += (days & kHoliday) != 0 ? std::string_view{"祝日"} : std::string_view{};
  text_ += (days & kOther) != 0 ? std::string_view{"その他"} : std::string_view{};
  record.Add("kyjs", text_);
  for (uint32_t day = 0; day < kWeekdays.size(); ++day) {
    if ((days >> day & 1U) != 0) {
      record.Add(kWeekdayTags[day], "1");
    }
  }
  if ((days & kHoliday) != 0) {
    record.Add("kyjs_holiday", "1");
  }
}

void HoursWriter::WriteAnnualHolidays(WeeklyRest rest, Random& random, FeedRecord& record) {
  const bool many = random.Permille(rest == WeeklyRest::kTwoDays ? 800 : 170);
  int days = many ? PickUsual(kManyHolidays, random) : PickUsual(kFewHolidays, random);
  if (random.Permille(120)) {
    days = random.Between(72, 140);
  }
  text_.clear();
  AppendNumber(text_, days);
  text_ += "日";
  record.Add("nenkankjsu_n", text_);
}

}  // namespace kyujin::corpus

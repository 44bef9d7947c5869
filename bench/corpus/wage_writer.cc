#include "bench/corpus/wage_writer.h"

#include <algorithm>
#include <array>

#include "bench/corpus/japanese_text.h"
#include "bench/corpus/share_table.h"

namespace kyujin::corpus {
namespace {

constexpr int kMeanMonthlyThousand = 261;  // all occupations and prefectures
constexpr int kMeanHourly = 1265;
constexpr int kMonthlyHours = 165;
constexpr int kDailyHours = 8;

int RoundTo(int value, int unit) {
  return (value + unit / 2) / unit * unit;
}
int RoundUpTo(int value, int unit) {
  return (value + unit - 1) / unit * unit;
}

// A number around 1,000 with a standard deviation of about 9 %.
int Scatter(Random& random) {
  return 850 + random.Between(0, 100) + random.Between(0, 100) + random.Between(0, 120);
}

const Prefecture& WorkPrefecture(const PostingPlan& plan) {
  return Prefectures()[plan.workplace.prefecture];
}

bool IsDispatch(Employment employment) {
  return employment != Employment::kRegular && employment != Employment::kOther &&
         employment != Employment::kPart;
}

bool PaysFixedOvertimeOften(const PostingPlan& plan) {
  const EmployerKind kind = plan.employer.industry->kind;
  return kind == EmployerKind::kInformation || kind == EmployerKind::kFinance ||
         kind == EmployerKind::kHospitality || kind == EmployerKind::kTransport ||
         kind == EmployerKind::kConstruction;
}

constexpr std::array<std::string_view, 10> kAllowances = {"職務手当",
                                                          "資格手当",
                                                          "処遇改善手当",
                                                          "皆勤手当",
                                                          "住宅手当",
                                                          "技能手当",
                                                          "調整手当",
                                                          "役職手当",
                                                          "地域手当",
                                                          "精勤手当"};
constexpr ShareTable<WageForm, 4> kPartForms = {{{962, WageForm::kHourly},
                                                 {980, WageForm::kDaily},
                                                 {994, WageForm::kMonthly},
                                                 {1000, WageForm::kOther}}};
constexpr std::array<int, 8> kFixedHours = {20, 30, 10, 45, 40, 15, 25, 35};
constexpr std::array<std::string_view, 8> kBonusMonths = {
    "2", "3", "4", "2.5", "3.5", "1", "1.5", "4.5"};

void AppendFeedRange(std::string& out, int low, int high) {
  AppendAmount(out, low);
  out += "円～";
  AppendAmount(out, high);
  out += "円";
}

}  // namespace

WageForm PickWageForm(const PostingPlan& plan, Random& random) {
  if (plan.is_part) {
    return PickShare(kPartForms, random);
  }
  const ShiftPattern shifts = plan.occupation->shifts;
  uint32_t hourly = 12;
  if (plan.employment != Employment::kRegular) {
    hourly = IsDispatch(plan.employment) ? 800 : 300;
  }
  uint32_t daily = 5;
  if (shifts == ShiftPattern::kSite || shifts == ShiftPattern::kRound) {
    daily = shifts == ShiftPattern::kSite ? 120 : 30;
  }
  const uint32_t yearly = shifts == ShiftPattern::kOffice ? 40 : 8;
  const ShareTable<WageForm, 5> shares = {{{hourly, WageForm::kHourly},
                                           {hourly + daily, WageForm::kDaily},
                                           {hourly + daily + yearly, WageForm::kYearly},
                                           {992, WageForm::kMonthly},
                                           {1000, WageForm::kOther}}};
  return PickShare(shares, random);
}

WageWriter::Range WageWriter::PickRegular(const PostingPlan& plan, Random& random) {
  const Prefecture& prefecture = WorkPrefecture(plan);
  const OccupationClass& occupation = *plan.occupation->description;
  const int scatter = Scatter(random);
  const int spread = random.Permille(130) ? 0 : random.Between(20, 190);
  if (plan.wage_form == WageForm::kHourly) {
    const int unit = random.Permille(500) ? 50 : 10;
    // Hourly wages lie close to the floor: less scatter, and the floor itself is common.
    const int middle =
        occupation.hourly * prefecture.hourly / kMeanHourly * (1000 + (scatter - 1000) / 2) / 1000;
    const int low = std::max(RoundUpTo(prefecture.minimum_wage, random.Permille(350) ? 1 : unit),
                             RoundTo(middle * (1000 - spread / 2) / 1000, unit));
    return {low, std::max(low, RoundTo(middle * (1000 + spread / 2) / 1000, unit))};
  }
  const int floor = RoundUpTo(prefecture.minimum_wage * kMonthlyHours, 1000);
  const int unit = random.Permille(400) ? 10'000 : random.Permille(500) ? 5'000 : 1'000;
  const int middle = occupation.monthly_thousand * prefecture.monthly_thousand * 1000 /
                     kMeanMonthlyThousand * (scatter / 10) / 100;
  const int low = std::max(floor, RoundTo(middle / 1000 * (1000 - spread), unit));
  return {low, std::max(low, RoundTo(middle / 1000 * (1000 + spread), unit))};
}

WageWriter::Range WageWriter::PickTotal(const PostingPlan& plan, Random& random) {
  const Range regular = PickRegular(plan, random);
  switch (plan.wage_form) {
    case WageForm::kDaily: {
      const int floor = RoundUpTo(WorkPrefecture(plan).minimum_wage * kDailyHours, 100);
      return {std::max(floor, RoundTo(regular.low / 21, 500)),
              std::max(floor, RoundTo(regular.high / 21, 500))};
    }
    case WageForm::kYearly:
      return {RoundTo(regular.low * 13, 100'000), RoundTo(regular.high * 15, 100'000)};
    default:
      return regular;
  }
}

void WageWriter::Write(const PostingPlan& plan, Random& random, FeedRecord& record) {
  constexpr std::array<std::string_view, 5> kForms = {"月給", "時給", "日給", "年俸制", "その他"};
  const Range total = PickTotal(plan, random);
  Range base = total;
  record.Add("chgnkeitai_n", kForms[static_cast<size_t>(plan.wage_form)]);
  const bool has_allowances =
      plan.wage_form == WageForm::kMonthly ? random.Permille(660) : random.Permille(120);
  if (has_allowances) {
    const Range allowances = WriteAllowances(plan, random, record);
    base = {total.low - allowances.low, std::max(total.low, total.high) - allowances.high};
    base.high = std::max(base.high, base.low);
  }
  record.AddNumber("khkykagen", base.low);
  record.AddNumber("khkyjgn", base.high);
  text_.clear();
  AppendFeedRange(text_, base.low, base.high);
  record.Add("khky", text_);
  if (random.Permille(930)) {
    record.AddNumber("sikg_aplusbkagen", total.low);
    record.AddNumber("sikg_aplusbjgn", total.high);
  }
  WriteFixedOvertime(plan, base, random, record);
  WriteBonus(plan, random, record);
  WriteRaise(plan, random, record);
  WriteCommuting(plan, random, record);
}

WageWriter::Range WageWriter::WriteAllowances(const PostingPlan& plan,
                                              Random& random,
                                              FeedRecord& record) {
  Range sum;
  const int count = 1 + static_cast<int>(random.SkewedBelow(4));
  const bool is_monthly = plan.wage_form == WageForm::kMonthly;
  const uint32_t first = random.Below(static_cast<uint32_t>(kAllowances.size()));
  for (int i = 0; i < count; ++i) {
    const int low = is_monthly ? random.Between(2, 9) * 1000 : random.Between(1, 4) * 10;
    const int high = random.Permille(550) ? low : low + low / 10 * random.Between(1, 10);
    sum.low += low;
    sum.high += high;
    text_ = "tgktat";
    AppendNumber(text_, i + 1);
    const size_t stem = text_.size();
    text_ += "_mei";
    record.Add(text_, kAllowances[(first + static_cast<uint32_t>(i) * 3) % kAllowances.size()]);
    text_.resize(stem);
    text_ += "_kagen";
    record.AddNumber(text_, low);
    text_.resize(stem);
    text_ += "_jgn";
    record.AddNumber(text_, high);
  }
  return sum;
}

void WageWriter::WriteFixedOvertime(const PostingPlan& plan,
                                    Range base,
                                    Random& random,
                                    FeedRecord& record) {
  const bool can_have = plan.wage_form == WageForm::kMonthly && !plan.is_part;
  if (!can_have || !random.Permille(PaysFixedOvertimeOften(plan) ? 200 : 70)) {
    if (random.Permille(650)) {
      record.Add("ktizangydi", "なし");
    }
    return;
  }
  const int hours = kFixedHours[random.SkewedBelow(static_cast<uint32_t>(kFixedHours.size()))];
  const int low = RoundUpTo(base.low / 160 * hours * 5 / 4, 100);
  const int high = RoundUpTo(base.high / 160 * hours * 5 / 4, 100);
  record.Add("ktizangydi", "あり");
  record.AddNumber("ktizangydi_kagen", low);
  record.AddNumber("ktizangydi_jgn", high);
  text_.clear();
  const uint32_t style = random.Below(4);
  if (style == 0) {
    text_ += "時間外労働の有無に関わらず";
    AppendWideNumber(text_, hours);
    text_ += "時間分を支給。超過分は法定どおり追加で支給";
  } else if (style == 1) {
    text_ += "時間外手当は時間外労働の有無に関わらず、固定残業代として支給し、";
    AppendWideNumber(text_, hours);
    text_ += "時間を超える時間外労働は追加で支給";
  } else if (style == 2) {
    text_ += "月";
    AppendWideNumber(text_, hours);
    text_ += "時間分の固定残業代として支給。";
    AppendWideNumber(text_, hours);
    text_ += "時間を超えた分は別途支給する";
  } else {
    text_ += "固定残業手当は、時間外";
    AppendWideNumber(text_, hours);
    text_ += "時間相当分　超過分は追加支給";
  }
  record.Add("ktizangydaitkjk", text_);
}

void WageWriter::WriteBonus(const PostingPlan& plan, Random& random, FeedRecord& record) {
  const uint32_t share = ConditionsOfSection(plan.employer.industry->section).bonus;
  const bool has_bonus = random.Permille(plan.is_part ? share / 3 : share);
  record.Add("shoyoumu_n", has_bonus ? "あり" : "なし");
  if (!has_bonus || random.Permille(120)) {
    return;
  }
  if (!plan.is_part && random.Permille(780)) {
    text_ = "賞与月数　計 ";
    text_ += kBonusMonths[random.SkewedBelow(static_cast<uint32_t>(kBonusMonths.size()))];
    text_ += "ヶ月分（前年度実績）";
  } else {
    const int low = plan.is_part ? random.Between(1, 6) * 10'000 : random.Between(10, 50) * 10'000;
    text_ = "賞与金額　";
    AppendAmount(text_, low);
    text_ += " 円 ～ ";
    AppendAmount(text_, low * random.Between(10, 25) / 10);
    text_ += " 円（前年度実績）";
  }
  record.Add("shoyo", text_);
}

void WageWriter::WriteRaise(const PostingPlan& plan, Random& random, FeedRecord& record) {
  const bool has_raise = random.Permille(plan.is_part ? 600 : 880);
  record.Add("shkyumu_n", has_raise ? "あり" : "なし");
  if (!has_raise || random.Permille(250)) {
    return;
  }
  if (plan.wage_form == WageForm::kHourly) {
    const int low = random.Between(1, 3) * 10;
    text_ = "1時間あたり";
    AppendFeedRange(text_, low, low + random.Between(0, 4) * 10);
  } else {
    const int low = random.Between(1, 5) * 1000;
    text_ = "1月あたり";
    AppendFeedRange(text_, low, low + random.Between(0, 6) * 1000);
  }
  text_ += "（前年度実績）";
  record.Add("shkyrt", text_);
}

void WageWriter::WriteCommuting(const PostingPlan& plan, Random& random, FeedRecord& record) {
  const uint32_t share = ConditionsOfSection(plan.employer.industry->section).commute_allowance;
  if (!random.Permille(plan.is_part ? share * 9 / 10 : share)) {
    record.Add("tskntat", "なし");
    return;
  }
  const uint32_t style = random.Below(1000);
  if (style < 720) {
    record.Add("tskntat", "実費支給（上限あり）");
    text_ = "月額　";
    AppendAmount(text_, random.Between(2, 16) * 2500);
    text_ += "円";
    record.Add("tskntatgaku", text_);
  } else {
    record.Add("tskntat", style < 970 ? "実費支給（上限なし）" : "一定額");
  }
}

}  // namespace kyujin::corpus

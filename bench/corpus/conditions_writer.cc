#include "bench/corpus/conditions_writer.h"

#include <algorithm>
#include <array>

#include "bench/corpus/japanese_text.h"
#include "bench/corpus/phrases.h"
#include "bench/corpus/share_table.h"

namespace kyujin::corpus {
namespace {

constexpr std::array<std::string_view, 7> kEmployments = {"正社員",
                                                          "正社員以外",
                                                          "有期雇用派遣労働者",
                                                          "無期雇用派遣労働者",
                                                          "パート労働者",
                                                          "有期雇用派遣パート",
                                                          "無期雇用派遣パート"};

constexpr std::string_view YesOrNo(bool yes) {
  return yes ? "あり" : "なし";
}

constexpr ShareTable<std::string_view, 5> kKinds = {{{920, "一般"},
                                                     {960, "新卒・既卒"},
                                                     {968, "季節"},
                                                     {971, "出稼ぎ"},
                                                     {1000, "障害のある方のための求人"}}};
constexpr ShareTable<std::string_view, 3> kRenewals = {
    {{450, "　契約更新の可能性あり（原則更新）"},
     {900, "　契約更新の可能性あり（条件付きで更新あり）"},
     {1000, "　契約更新の可能性なし"}}};
constexpr ShareTable<std::string_view, 5> kEducations = {{{780, "不問"},
                                                          {920, "必須　高校以上"},
                                                          {960, "必須　大学以上"},
                                                          {985, "必須　専修学校以上"},
                                                          {1000, "必須　短大以上"}}};
constexpr ShareTable<std::string_view, 4> kPartInsurances = {
    {{430, "雇用　労災　健康　厚生"}, {700, "労災"}, {960, "雇用　労災"}, {1000, "その他"}}};
constexpr ShareTable<std::string_view, 4> kFullInsurances = {
    {{800, "雇用　労災　健康　厚生"},
     {960, "雇用　労災　健康　厚生　財形"},
     {985, "雇用　労災　健康　厚生　その他"},
     {1000, "雇用　公災　健康　厚生"}}};

bool IsRemotePossible(const PostingPlan& plan) {
  return plan.employer.industry->kind == EmployerKind::kInformation;
}

}  // namespace

ConditionsWriter::ConditionsWriter(const PhraseWriter& phrases)
    : phrases_(phrases),
      experiences_(GeneralPhrases().experiences),
      computer_skills_(GeneralPhrases().computer_skills) {}

void ConditionsWriter::WriteEmployment(const PostingPlan& plan,
                                       Random& random,
                                       FeedRecord& record) {
  record.Add("koyokeitai_n", kEmployments[static_cast<size_t>(plan.employment)]);
  record.Add("kjkbn1_n", PickShare(kKinds, random));
  record.Add("kjkbn2_n", plan.is_part ? "パート" : "フルタイム");
  if (plan.employment != Employment::kRegular) {
    record.Add("ssintoyo_umu_n", YesOrNo(random.Permille(590)));
  }
  WriteContract(plan, random, record);
}

void ConditionsWriter::WriteContract(const PostingPlan& plan, Random& random, FeedRecord& record) {
  const bool is_fixed = plan.employment == Employment::kFixedTermDispatch ||
                        plan.employment == Employment::kFixedTermPartDispatch;
  const bool is_open = plan.employment == Employment::kRegular ||
                       plan.employment == Employment::kPermanentDispatch ||
                       plan.employment == Employment::kPermanentPartDispatch;
  if (is_open || (!is_fixed && random.Permille(380))) {
    record.Add("koyokikan_sadame_n", "雇用期間の定めなし");
    return;
  }
  if (random.Permille(6)) {
    record.Add("koyokikan_sadame_n", "日雇（日々雇用または１ヶ月未満）");
    return;
  }
  record.Add("koyokikan_sadame_n", "雇用期間の定めあり");
  constexpr std::array<std::string_view, 5> kTerms = {
      "１年", "６ヶ月", "３ヶ月", "２ヶ月", "４ヶ月以上"};
  text_ = kTerms[random.SkewedBelow(static_cast<uint32_t>(kTerms.size()))];
  text_ += PickShare(kRenewals, random);
  record.Add("koyokikan", text_);
}

void ConditionsWriter::WriteRequirements(const PostingPlan& plan,
                                         Random& random,
                                         FeedRecord& record) {
  WriteAge(plan, random, record);
  record.Add("grki", PickShare(kEducations, random));
  WriteExperience(plan, random, record);
  WriteLicences(plan, random, record);
}

void ConditionsWriter::WriteAge(const PostingPlan& plan, Random& random, FeedRecord& record) {
  constexpr std::array<int, 7> kLimits = {59, 64, 40, 44, 35, 60, 49};
  if (random.Permille(plan.is_part ? 180 : 560)) {
    if (random.Permille(300)) {
      record.AddNumber("nenreisegnari_kagen", 18);
    }
    record.AddNumber("nenreisegnari_jgn",
                     kLimits[random.SkewedBelow(static_cast<uint32_t>(kLimits.size()))]);
  } else if (random.Permille(500)) {
    record.AddEmpty("nenreisegnari_kagen");
    record.Add("nenreisegnari_jgn", "不問");
  }
}

void ConditionsWriter::WriteExperience(const PostingPlan& plan,
                                       Random& random,
                                       FeedRecord& record) {
  const uint32_t draw = random.Below(100);
  if (draw < 72) {
    record.Add("hynakiknt", "不問");
  } else {
    text_ = draw < 84 ? "必須　" : "あれば尚可　";
    phrases_.Append(text_, experiences_.Pick(random), plan, random);
    record.Add("hynakiknt", text_);
  }
  const bool uses_computer = plan.occupation->shifts == ShiftPattern::kOffice;
  if (random.Permille(uses_computer ? 750 : 150)) {
    record.Add("hynapcskill", computer_skills_.Pick(random));
  }
}

void ConditionsWriter::WriteLicences(const PostingPlan& plan, Random& random, FeedRecord& record) {
  constexpr std::array<std::string_view, 3> kNames = {
      "menkyo_skku1_n", "menkyo_skku2_n", "menkyo_skku3_n"};
  constexpr std::array<std::string_view, 3> kNeeds = {
      "menkyo_skkuyohi1_n", "menkyo_skkuyohi2_n", "menkyo_skkuyohi3_n"};
  constexpr std::string_view kDrivingLicence = "普通自動車運転免許";
  constexpr std::string_view kAutomaticLicence = "普通自動車運転免許（ＡＴ限定可）";
  const WordList& licences = plan.occupation->licences;
  std::array<std::string_view, 3> names{};
  std::array<std::string_view, 3> needs{"未選択", "未選択", "未選択"};
  size_t count = 0;
  const auto add = [&](std::string_view name, bool is_demanded) {
    names[count] = name;
    needs[count++] = is_demanded ? "必須" : "あれば尚可";
  };
  const bool is_demanded = random.Permille(plan.occupation->description->licence_percent * 10);
  if (is_demanded || random.Permille(250)) {
    add(licences.PickUsual(random), is_demanded);
  }
  if (random.Permille(300) && names[0] != kDrivingLicence) {
    const bool automatic = random.Permille(150);
    add(automatic ? kAutomaticLicence : kDrivingLicence, random.Permille(600));
  }
  if (count > 0 && random.Permille(200)) {
    const std::string_view extra = licences.Pick(random);
    if (extra != names[0] && extra != names[1]) {
      add(extra, random.Permille(300));
    }
  }
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (!names[i].empty()) {
      record.Add(kNames[i], names[i]);
    }
    record.Add(kNeeds[i], needs[i]);
  }
}

void ConditionsWriter::WriteBenefits(const PostingPlan& plan, Random& random, FeedRecord& record) {
  record.Add("knyhkn", PickShare(plan.is_part ? kPartInsurances : kFullInsurances, random));
  WriteRetirement(plan, random, record);
  WriteMobility(plan, random, record);
  const bool is_urban = Prefectures()[plan.workplace.prefecture].near_station > 420;
  const bool by_car = random.Permille(is_urban ? 560 : 930);
  record.Add("mycartsknkahi_n", by_car ? "可" : "不可");
  if (by_car) {
    record.Add("chushajo_umu_n", YesOrNo(random.Permille(900)));
  }
  if (random.Permille(985)) {
    record.Add("shgbs_okni_jdktentisk_n", random.Permille(955) ? "屋内禁煙" : "喫煙室設置");
  }
  record.Add("ikujikyugyostkjissekiumu_n", YesOrNo(random.Permille(610)));
  if (random.Permille(500)) {
    record.Add("kaigokyugyostkjissekiumu_n", YesOrNo(random.Permille(120)));
    record.Add("fukushokusd_umu_n", YesOrNo(random.Permille(80)));
  }
}

void ConditionsWriter::WriteRetirement(const PostingPlan& plan,
                                       Random& random,
                                       FeedRecord& record) {
  const bool has_pay = random.Permille(plan.is_part ? 90 : 690);
  record.Add("tiskkin_seido", YesOrNo(has_pay));
  if (has_pay && random.Permille(300)) {
    record.Add("tiskkin_kysi_n", "加入");
  }
  const bool has_age = random.Permille(plan.is_part ? 620 : 890);
  record.Add("tnsei", YesOrNo(has_age));
  if (has_age) {
    record.Add("tnnenrei", random.Permille(690) ? "60歳" : "65歳");
    const bool again = random.Permille(860);
    record.Add("saikoyo", YesOrNo(again));
    if (again) {
      record.Add("saikoyo_jgnnenrei", random.Permille(720) ? "65歳" : "70歳");
    }
  }
  if (random.Permille(400)) {
    record.Add("knmencho", YesOrNo(random.Permille(350)));
  }
}

void ConditionsWriter::WriteMobility(const PostingPlan& plan, Random& random, FeedRecord& record) {
  if (random.Permille(970)) {
    const bool moves = random.Permille(plan.is_part ? 60 : 300);
    record.Add("tenkin_knsi_n", YesOrNo(moves));
    if (moves && random.Permille(600)) {
      record.Add("tenkin_hani", random.Permille(500) ? "県内の事業所" : "当社の定める事業所");
    }
  }
  if (random.Permille(550)) {
    record.Add("uijturnkange_n", YesOrNo(!plan.is_part && random.Permille(540)));
  }
  if (random.Permille(700)) {
    record.Add("ztkkimmu_n", YesOrNo(random.Permille(IsRemotePossible(plan) ? 330 : 12)));
  }
}

void ConditionsWriter::WriteSelection(const PostingPlan& plan, Random& random, FeedRecord& record) {
  text_.clear();
  AppendNumber(text_, 1 + static_cast<int>(random.SkewedBelow(plan.employer.staff > 100 ? 10 : 4)));
  text_ += "人";
  record.Add("saiyoninzu_n", text_);
  if (random.Permille(760)) {
    record.Add("sykkn", random.Permille(700) ? "あり（３ヶ月）" : "あり（１ヶ月）");
    record.Add("sykknchu_rodojoken", random.Permille(850) ? "同条件" : "異なる");
  }
  constexpr std::array<std::string_view, 5> kReasons = {
      "欠員補充", "増員", "その他", "新規設立", "退職予定者の補充"};
  if (random.Permille(900)) {
    record.Add("boshury_n", kReasons[random.SkewedBelow(static_cast<uint32_t>(kReasons.size()))]);
  }
  const bool by_documents = random.Permille(plan.is_part ? 190 : 420);
  const bool by_test = random.Permille(60);
  const int interviews = 1 + static_cast<int>(random.Permille(plan.is_part ? 10 : 130));
  text_ = by_documents ? "書類選考　面接（予定" : "面接（予定";
  AppendWideNumber(text_, interviews);
  text_ += by_test ? "回）　筆記試験" : "回）";
  record.Add("snkhoho", text_);
  if (by_documents) {
    record.Add("snkhoho_shrisnko_c", "1");
  }
  record.Add("snkhoho_mensetsu_c", "1");
  if (by_test) {
    record.Add("snkhoho_hkkskn_c", "1");
  }
  text_.clear();
  AppendNumber(text_, interviews);
  text_ += "回";
  record.Add("mensetsuyoteikaisu", text_);
  record.Add("obshri_hwshkijo", "1");
  if (random.Permille(930)) {
    record.Add("obshri_rrksh", "1");
  }
  if (random.Permille(plan.is_part ? 40 : 420)) {
    record.Add("obshri_shkmkeireki", "1");
  }
}

}  // namespace kyujin::corpus

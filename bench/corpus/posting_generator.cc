#include "bench/corpus/posting_generator.h"

#include <algorithm>
#include <array>

#include "bench/corpus/industries.h"
#include "bench/corpus/japanese_text.h"
#include "bench/corpus/share_table.h"
#include "engine/base/result.h"

namespace kyujin::corpus {
namespace {

// Streams of random numbers: one per section, so that a change in one section leaves the others.
enum Stream : uint64_t {
  kRepeatStream = 1,
  kCopyStream,
  kContentStream,
  kLocalStream,
  kTitleStream,
  kDescriptionStream,
  kWageStream,
  kHoursStream,
  kConditionsStream,
  kCompanyStream,
  kNoteStream,
  kNumberStream,
};

constexpr uint64_t kNumbersPerKind = 1'000'000;  // six digits
constexpr uint32_t kCopyWindow = 4000;
constexpr uint32_t kRepeatWindow = 5000;

WorkGroup GroupOf(const Occupation& occupation) {
  const ShiftPattern shifts = occupation.shifts;
  if (shifts == ShiftPattern::kOffice) {
    return WorkGroup::kOffice;
  }
  const bool is_field = shifts == ShiftPattern::kFactory || shifts == ShiftPattern::kSite ||
                        occupation.description->major == "11";
  return is_field ? WorkGroup::kField : WorkGroup::kOther;
}

// An office of the prefecture, larger ones (lower numbers) more often: 010, 020, …
int PickOffice(size_t prefecture, Random& random) {
  const auto offices = static_cast<uint32_t>(Prefectures()[prefecture].offices);
  return (static_cast<int>(prefecture) + 1) * 1000 +
         10 * (1 + static_cast<int>(random.SkewedBelow(offices)));
}

void AppendPadded(std::string& out, uint64_t value, size_t width) {
  const std::string digits = std::to_string(value);
  out.append(width > digits.size() ? width - digits.size() : 0, '0');
  out += digits;
}

}  // namespace

PostingGenerator::PostingGenerator(const CorpusOptions& options)
    : options_(options),
      phrases_(places_),
      employers_(places_),
      calendar_(options.as_of),
      descriptions_(phrases_),
      workplaces_(places_),
      hours_(phrases_),
      conditions_(phrases_) {
  KYUJIN_CHECK(options.count <= kMaxCount);
}

PostingGenerator::Version PostingGenerator::VersionOf(uint64_t index) const {
  Random random(MixSeeds(MixSeeds(options_.seed, index), kRepeatStream));
  if (index < 2 || random.Below(2500) != 0) {
    return {index, 0};
  }
  const uint64_t back =
      1 + random.Below(static_cast<uint32_t>(std::min<uint64_t>(index - 1, kRepeatWindow)));
  const size_t renewed_by = random.Permille(500) ? 0 : 1 + random.Below(12);
  // A repeat of a repeat would show one number three times; the first of all is then shown.
  return {VersionOf(index - back).posting, renewed_by};
}

uint64_t PostingGenerator::LeaderOf(uint64_t posting) const {
  while (posting > 0) {
    Random random(MixSeeds(MixSeeds(options_.seed, posting), kCopyStream));
    if (!random.Permille(118)) {
      break;
    }
    if (random.Permille(100)) {
      // One posting of every window is the text of an employer with many branches.
      const uint64_t head = posting - posting % kCopyWindow;
      if (head == posting) {
        break;
      }
      posting = head;
      continue;
    }
    const auto window = static_cast<uint32_t>(std::min<uint64_t>(posting, kCopyWindow));
    posting -= 1 + random.SkewedBelow(window);
  }
  return posting;
}

void PostingGenerator::Append(uint64_t index, std::string& out) {
  const Version version = VersionOf(index);
  const uint64_t content_seed =
      MixSeeds(MixSeeds(options_.seed, LeaderOf(version.posting)), kContentStream);
  Random local(MixSeeds(MixSeeds(options_.seed, version.posting), kLocalStream));
  MakePlan(content_seed, local);

  FeedRecord record(out);
  record.Begin();
  WriteIdentity(version, local, record);
  Random title(MixSeeds(content_seed, kTitleStream));
  descriptions_.WriteTitle(plan_, title, text_);
  record.Add("sksu", text_);
  Random description(MixSeeds(content_seed, kDescriptionStream));
  descriptions_.WriteDescription(plan_, description, text_);
  record.Add("shigoto_ny", text_);
  WriteClassification(local, record);
  workplaces_.Write(plan_, local, record);
  Random conditions(MixSeeds(content_seed, kConditionsStream));
  conditions_.WriteEmployment(plan_, conditions, record);
  Random wages(MixSeeds(content_seed, kWageStream));
  wages_.Write(plan_, wages, record);
  Random hours(MixSeeds(content_seed, kHoursStream));
  hours_.Write(plan_, hours, record);
  conditions_.WriteRequirements(plan_, conditions, record);
  conditions_.WriteBenefits(plan_, conditions, record);
  conditions_.WriteSelection(plan_, local, record);
  WriteCompany(content_seed, record);
  WriteQuirks(local, record);
  record.End();
}

uint64_t PostingGenerator::EmployerSeed(const PostingPlan& plan,
                                        size_t prefecture,
                                        Random& random) {
  // About 2.2 postings per employer on average, a few with hundreds.
  const OccupationClass& occupation = *plan.occupation->description;
  const uint64_t share = Prefectures()[prefecture].share[2];
  const uint64_t expected = options_.count * occupation.weight * share / (10'600ULL * 10'000ULL);
  const uint32_t rank = random.SkewedBelow(static_cast<uint32_t>(1 + expected / 2));
  const auto place = static_cast<uint64_t>(plan.employer.industry - Industries().data());
  return MixSeeds(MixSeeds(options_.seed, prefecture * 1000 + place), rank);
}

void PostingGenerator::MakePlan(uint64_t content_seed, Random& local) {
  Random random(content_seed);
  plan_.occupation = &occupations_.Pick(random);
  plan_.is_part = random.Below(100) < plan_.occupation->description->part_percent;
  PickEmployment(random);
  const size_t prefecture = places_.PickPrefecture(random, GroupOf(*plan_.occupation));
  const auto& industries = plan_.occupation->industries;
  const size_t industry = industries[random.SkewedBelow(static_cast<uint32_t>(industries.size()))];
  plan_.employer.industry = &Industries()[industry];
  const uint64_t employer_seed = EmployerSeed(plan_, prefecture, random);
  employers_.Make(employer_seed, Industries()[industry], prefecture, plan_.employer);
  plan_.wage_form = PickWageForm(plan_, random);

  const size_t work_prefecture = places_.PickWorkPrefecture(local, prefecture);
  const bool at_office = work_prefecture == prefecture && local.Permille(500);
  plan_.workplace = at_office ? plan_.employer.place : places_.PickPlace(local, work_prefecture);
}

void PostingGenerator::PickEmployment(Random& random) {
  constexpr ShareTable<Employment, 4> kFull = {{{770, Employment::kRegular},
                                                {965, Employment::kOther},
                                                {990, Employment::kFixedTermDispatch},
                                                {1000, Employment::kPermanentDispatch}}};
  constexpr ShareTable<Employment, 3> kPart = {{{975, Employment::kPart},
                                                {994, Employment::kFixedTermPartDispatch},
                                                {1000, Employment::kPermanentPartDispatch}}};
  plan_.employment = plan_.is_part ? PickShare(kPart, random) : PickShare(kFull, random);
}

void PostingGenerator::WriteIdentity(Version version, Random& local, FeedRecord& record) {
  // Multiplying by a number coprime to a million permutes the serials; the last digit, as in the
  // feed 1 for an ordinary posting, grows with every million postings, so that numbers are unique.
  const uint64_t offset = MixSeeds(options_.seed, kNumberStream) % kNumbersPerKind;
  const uint64_t serial =
      (version.posting % kNumbersPerKind * 387'420'489ULL + offset) % kNumbersPerKind;
  size_t day = calendar_.PickReceived(local);
  text_.clear();
  AppendPadded(text_, static_cast<uint64_t>(PickOffice(plan_.employer.place.prefecture, local)), 5);
  text_ += '-';
  AppendPadded(text_, serial, 6);
  text_ += calendar_.ReceivedText(day)[3];
  AppendPadded(text_, 1 + version.posting / kNumbersPerKind, 1);
  record.Add("kjno", text_);
  day = calendar_.Later(day, version.renewed_by);
  record.Add("uktkymd_seireki", calendar_.ReceivedText(day));
  record.Add("kjyukoymd", calendar_.DeadlineText(day, local));
  record.Add("jgshmei", plan_.employer.name);
  record.Add("jgshmeikana", plan_.employer.kana);
  record.Add("jgshszci", plan_.employer.address);
}

void PostingGenerator::WriteClassification(Random& local, FeedRecord& record) {
  const Industry& industry = *plan_.employer.industry;
  record.Add("sngbrui_n", industry.name);
  record.Add("sngbrui_c", industry.code);
  const OccupationClass& occupation = *plan_.occupation->description;
  record.Add("skgybruicode1_dai_c", occupation.major);
  text_ = occupation.code;
  text_ += '-';
  AppendPadded(text_, 1 + local.SkewedBelow(static_cast<uint32_t>(occupation.minor_classes)), 2);
  record.Add("skgybrui1_c", text_);
}

void PostingGenerator::WriteCompany(uint64_t content_seed, FeedRecord& record) {
  Random fixed(MixSeeds(plan_.employer.seed, kCompanyStream));
  text_.clear();
  AppendNumber(text_, plan_.employer.staff);
  text_ += "人";
  record.Add("jgis_kigyozentai_n", text_);
  text_.clear();
  AppendNumber(text_, plan_.employer.staff_here);
  text_ += "人";
  record.Add("jgis_shgbs_n", text_);
  record.Add("jigyony", employers_.PickBusiness(plan_.employer, fixed));
  if (fixed.Permille(650)) {
    descriptions_.WriteFeature(plan_, fixed, text_);
    record.Add("kaishatokucho", text_);
  }
  if (fixed.Permille(300)) {
    text_ = "https://www.example.jp/employer?id=";
    AppendPadded(text_, fixed.Below(10'000'000), 7);
    text_ += fixed.Permille(300) ? "&from=hw" : "";
    record.Add("jgshhp", text_);
  }
  Random note(MixSeeds(content_seed, kNoteStream));
  if (note.Permille(760)) {
    descriptions_.WriteNote(plan_, note, text_);
    record.Add("kjjknktkjk", text_);
  }
}

void PostingGenerator::WriteQuirks(Random& local, FeedRecord& record) {
  if (local.Permille(20)) {
    record.AddEmpty("jgshhp_sub");
  }
  if (local.Below(500) == 0) {
    record.Add("mitei_komoku_kbn_n", "対象外");
  }
}

}  // namespace kyujin::corpus

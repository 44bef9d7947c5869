#include "tests/testing/posting_builder.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <tuple>

#include "engine/schema/code_table.h"
#include "engine/schema/municipality.h"

namespace kyujin::test {
namespace {

using schema::JobPosting;
using Random = std::mt19937_64;

bool OneIn(Random* random, uint64_t times) {
  return (*random)() % times == 0;
}

template <class T>
T Between(Random* random, uint64_t low, uint64_t high) {
  return static_cast<T>(low + (*random)() % (high - low + 1));
}

// Half of the values are missing or one of `ends`, where filters and buckets begin and end.
template <class T>
std::optional<T> Maybe(Random* random, uint64_t high, std::initializer_list<uint64_t> ends) {
  if (OneIn(random, 4)) {
    return std::nullopt;
  }
  if (OneIn(random, 3)) {
    return static_cast<T>(ends.begin()[(*random)() % ends.size()]);
  }
  return Between<T>(random, 0, high);
}

std::optional<schema::YenRange> MaybeYen(Random* random, schema::WageType type) {
  if (OneIn(random, 6)) {
    return std::nullopt;
  }
  const bool hourly = type == schema::WageType::kHourly;
  const uint32_t step = hourly ? 50 : 10'000;
  const uint32_t min = Between<uint32_t>(random, 0, hourly ? 70 : 70) * step -
                       (OneIn(random, 4) ? uint32_t{0} : step / 2) + step;
  return schema::YenRange{min, min + Between<uint32_t>(random, 0, 3) * step};
}

schema::Wage RandomWage(Random* random) {
  schema::Wage wage;
  wage.type = Between<schema::WageType>(random, 0, 5);
  if (wage.type == schema::WageType::kUnknown) {
    return wage;
  }
  wage.base = MaybeYen(random, wage.type);
  wage.fixed_allowances = MaybeYen(random, wage.type);
  wage.with_fixed_overtime = MaybeYen(random, wage.type);
  wage.fixed_overtime = MaybeYen(random, wage.type);
  wage.fixed_overtime_hours = Maybe<uint16_t>(random, 60, {0, 45});
  return wage;
}

// Few positions, so that documents share them.
void SetPosition(Random* random, JobPosting* posting) {
  if (!OneIn(random, 8)) {
    posting->position = schema::Position{125'000'000 + Between<uint32_t>(random, 0, 20) * 9'000,
                                         319'000'000 + Between<uint32_t>(random, 0, 3) * 11'000};
  }
}

void SetPlace(Random* random, JobPosting* posting) {
  if (OneIn(random, 8)) {
    return;
  }
  const auto codes = schema::MunicipalityTable().codes;
  // Few prefectures, so that each has many postings.
  std::string_view code;
  do {
    code = codes[(*random)() % codes.size()].code;
  } while (code.substr(0, 2) != "13" && code.substr(0, 2) != "14" && !OneIn(random, 20));
  const auto number = static_cast<uint16_t>(std::stoul(std::string(code)));
  posting->prefecture = static_cast<uint8_t>(number / 1'000);
  posting->municipality = OneIn(random, 10) ? uint16_t{0} : number;
}

void SetStations(Random* random, JobPosting* posting) {
  for (uint64_t i = (*random)() % 4; i > 0; --i) {
    const std::string name = "駅" + std::to_string((*random)() % 12);
    posting->stations.push_back(
        {"ＪＲ" + name, name, Maybe<uint8_t>(random, 40, {0, 5, 10}), OneIn(random, 3)});
  }
  posting->walk_minutes = Maybe<uint8_t>(random, 60, {0, 5, 6, 10, 11, 30, 31, 254});
}

void SetWork(Random* random, JobPosting* posting) {
  for (uint64_t i = (*random)() % 3; i > 0; --i) {
    const auto start = Between<uint16_t>(random, 0, 1'439);
    posting->shifts.push_back({start, static_cast<uint16_t>(start + (*random)() % 1'440 + 1)});
  }
  posting->work_systems = Between<uint8_t>(random, 0, 31);
  posting->overtime_hours = Maybe<uint16_t>(random, 80, {0, 20, 65'534});
  posting->annual_holidays = Maybe<uint16_t>(random, 140, {0, 89, 90, 119, 120, 129, 130, 365});
  posting->holiday_weekdays = Between<schema::WeekdayMask>(random, 0, 255);
  posting->two_day_week = Between<schema::TwoDayWeek>(random, 0, 3);
}

void SetRequirements(Random* random, JobPosting* posting) {
  posting->age_limit = Between<schema::AgeLimit>(random, 0, 2);
  posting->age_min = Maybe<uint8_t>(random, 40, {0, 18, 40});
  posting->age_max = Maybe<uint8_t>(random, 70, {18, 40, 254});
  for (uint64_t i = (*random)() % 3; i > 0; --i) {
    posting->licences.push_back("免許" + std::to_string((*random)() % 9));
  }
  posting->licence_need = Between<schema::LicenceNeed>(random, 0, 3);
  posting->insurances = Between<uint8_t>(random, 0, 15);
  posting->positions = Maybe<uint16_t>(random, 9, {0, 1, 65'534});
}

void SetCodes(Random* random, JobPosting* posting) {
  posting->kind = Between<uint8_t>(random, 0, 5);
  posting->employment = Between<uint8_t>(random, 0, 7);
  posting->full_part = Between<schema::FullPart>(random, 0, 2);
  posting->dispatch = Between<schema::Dispatch>(random, 0, 3);
  posting->renewal = Between<schema::Renewal>(random, 0, 3);
  posting->disclosure = Between<schema::Disclosure>(random, 0, 3);
  posting->occupation.major = Between<uint8_t>(random, 0, 15);
  if (posting->occupation.major != 0 && !OneIn(random, 5)) {
    posting->occupation.middle = Between<uint8_t>(random, 1, 99);
    posting->occupation.minor = Between<uint8_t>(random, 0, 99);
  }
  posting->industry = OneIn(random, 6) ? uint16_t{0} : Between<uint16_t>(random, 10, 999);
}

void SetConditions(Random* random, JobPosting* posting) {
  constexpr schema::ConditionMask kAll =
      (schema::ConditionMask{1} << schema::kStoredConditionCount) - 1;
  const auto drawn = static_cast<schema::ConditionMask>((*random)());
  const auto known = static_cast<schema::ConditionMask>((*random)());
  posting->conditions_yes = drawn & known & kAll;
  posting->conditions_no = ~drawn & known & kAll;
  posting->conditions_from_text = known & static_cast<schema::ConditionMask>((*random)()) & kAll;
}

void SetFeed(Random* random, JobPosting* posting) {
  using schema::Tag;
  posting->feed.Set("kjno", posting->number.ToString());
  for (const Tag tag : {Tag::kSksu, Tag::kShigotoNy, Tag::kJgshmei, Tag::kShgbsMyre}) {
    if (!OneIn(random, 5)) {
      posting->feed.Set(tag, RandomText(random, 1 + (*random)() % 12));
    }
  }
  for (uint64_t i = (*random)() % 6; i > 0; --i) {
    posting->feed.Set(Between<Tag>(random, 0, schema::kTagCount - 1), RandomText(random, 4));
  }
  for (uint64_t i = (*random)() % 3; i > 0; --i) {
    posting->feed.Set("new_tag_" + std::to_string((*random)() % 5), RandomText(random, 2));
  }
}

auto Members(const JobPosting& p) {
  return std::tie(p.number,
                  p.content_hash,
                  p.received,
                  p.deadline,
                  p.kind,
                  p.employment,
                  p.full_part,
                  p.dispatch,
                  p.renewal,
                  p.disclosure,
                  p.prefecture,
                  p.municipality,
                  p.position,
                  p.stations,
                  p.walk_minutes,
                  p.occupation,
                  p.industry,
                  p.employer_key,
                  p.employer_number,
                  p.employees,
                  p.wage,
                  p.shifts,
                  p.work_systems,
                  p.overtime_hours,
                  p.annual_holidays,
                  p.holiday_weekdays,
                  p.two_day_week,
                  p.age_limit,
                  p.age_min,
                  p.age_max,
                  p.licences,
                  p.licence_need,
                  p.insurances,
                  p.positions,
                  p.conditions_yes,
                  p.conditions_no,
                  p.conditions_from_text);
}

bool IsSameFeed(const schema::FeedRecord& a, const schema::FeedRecord& b) {
  return std::equal(
             a.values().begin(),
             a.values().end(),
             b.values().begin(),
             b.values().end(),
             [](const auto& x, const auto& y) { return x.tag == y.tag && x.text == y.text; }) &&
         std::equal(
             a.unknown().begin(),
             a.unknown().end(),
             b.unknown().begin(),
             b.unknown().end(),
             [](const auto& x, const auto& y) { return x.tag == y.tag && x.text == y.text; });
}

}  // namespace

const std::vector<std::string>& TextWords() {
  static const std::vector<std::string> kWords = {
      "介護", "看護", "夜勤", "営業", "java", "python", "東京", "調理", "経験", "事務"};
  return kWords;
}

std::string RandomText(Random* random, size_t words) {
  constexpr std::string_view kSeparators[] = {" ", "　", "、", "。", "・", " ", " "};
  std::string text;
  for (size_t i = 0; i < words; ++i) {
    // Low words are frequent, high ones rare.
    const size_t place =
        std::min((*random)() % TextWords().size(), (*random)() % TextWords().size());
    text += i == 0 ? std::string_view() : kSeparators[(*random)() % std::size(kSeparators)];
    text += TextWords()[place];
  }
  return text;
}

JobPosting RandomPosting(Random* random, uint64_t number) {
  JobPosting posting;
  posting.number = schema::PostingNumber::FromValue(number);
  posting.content_hash = (*random)();
  if (!OneIn(random, 8)) {
    posting.received = kToday.PlusDays(3 - static_cast<int>((*random)() % 45));
  }
  if (!OneIn(random, 4)) {
    posting.deadline = kToday.PlusDays(40 - static_cast<int>((*random)() % 50));
  }
  posting.employer_key = OneIn(random, 9) ? "" : "会社" + std::to_string((*random)() % 30);
  posting.employer_number = OneIn(random, 5) ? 0 : 13'010'000'000 + (*random)() % 30;
  posting.employees = Maybe<uint32_t>(random, 5'000, {0, 1, 100, 4'294'967'294});
  posting.wage = RandomWage(random);
  SetPlace(random, &posting);
  SetPosition(random, &posting);
  SetStations(random, &posting);
  SetWork(random, &posting);
  SetRequirements(random, &posting);
  SetCodes(random, &posting);
  SetConditions(random, &posting);
  SetFeed(random, &posting);
  return posting;
}

std::vector<JobPosting> RandomPostings(Random* random, size_t count) {
  std::vector<JobPosting> postings;
  uint64_t number = 1'301'000'000'000;
  for (size_t i = 0; i < count; ++i) {
    number += 1 + (*random)() % 3;
    postings.push_back(RandomPosting(random, number));
  }
  return postings;
}

bool IsSame(const JobPosting& a, const JobPosting& b) {
  return Members(a) == Members(b) && IsSameFeed(a.feed, b.feed);
}

}  // namespace kyujin::test

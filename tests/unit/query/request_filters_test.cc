#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/query/parameter_choices.h"
#include "tests/unit/query/request_reader.h"

namespace kyujin::query {
namespace {

using schema::Column;
using schema::FilterGroup;
using testing::ElementsAre;

TEST(RequestFiltersTest, NoParametersIsEverythingNewestFirst) {
  const ParseOutcome outcome = Read("");
  ASSERT_TRUE(outcome.has_request());
  EXPECT_TRUE(outcome.request.filters.empty());
  EXPECT_TRUE(outcome.request.words.empty());
  EXPECT_EQ(outcome.request.sort, Sort::kNew);
  EXPECT_EQ(outcome.request.limit, 30U);
  EXPECT_EQ(outcome.request.canonical, "");
}

struct CodeCase {
  const char* query;
  Column column;
  FilterGroup group;
  std::vector<uint32_t> values;
};

TEST(RequestFiltersTest, CodesOfOneColumn) {
  const CodeCase cases[] = {
      {"employment=1,5", Column::kEmployment, FilterGroup::kEmployment, {1, 5}},
      {"kind=disability,general", Column::kKind, FilterGroup::kNone, {1, 5}},
      {"full_part=part", Column::kFullPart, FilterGroup::kFullPart, {2}},
      {"dispatch=none,dispatch", Column::kDispatch, FilterGroup::kNone, {1, 3}},
      {"wage_type=hourly,monthly", Column::kWageType, FilterGroup::kWageType, {1, 4}},
      {"renewal=conditional", Column::kRenewal, FilterGroup::kNone, {2}},
      {"licence_need=none,required", Column::kLicenceNeed, FilterGroup::kNone, {1, 3}},
      {"occupation=12,04", Column::kOccupationMajor, FilterGroup::kOccupation, {4, 12}},
  };
  for (const CodeCase& c : cases) {
    const ParseOutcome outcome = Read(c.query);
    ASSERT_TRUE(outcome.has_request()) << c.query;
    ASSERT_EQ(outcome.request.filters.size(), 1U) << c.query;
    EXPECT_EQ(outcome.request.filters[0].group, c.group) << c.query;
    const auto& filter = std::get<CodeFilter>(outcome.request.filters[0].body);
    EXPECT_EQ(filter.column, c.column) << c.query;
    EXPECT_EQ(filter.values, c.values) << c.query;
  }
}

struct RangeCase {
  const char* query;
  Column column;
  FilterGroup group;
  uint32_t min;
  uint32_t max;
};

TEST(RequestFiltersTest, RangesOfOneColumn) {
  const RangeCase cases[] = {
      {"holidays_min=120", Column::kAnnualHolidays, FilterGroup::kHolidays, 120, UINT32_MAX},
      {"overtime_max=0", Column::kOvertimeHours, FilterGroup::kNone, 0, 0},
      {"employees_min=300", Column::kEmployees, FilterGroup::kNone, 300, UINT32_MAX},
      {"walk_max=10", Column::kWalkMinutes, FilterGroup::kWalk, 0, 10},
  };
  for (const RangeCase& c : cases) {
    const ParseOutcome outcome = Read(c.query);
    ASSERT_TRUE(outcome.has_request()) << c.query;
    EXPECT_EQ(outcome.request.filters.at(0).group, c.group) << c.query;
    const auto& filter = std::get<RangeFilter>(outcome.request.filters[0].body);
    EXPECT_EQ(filter.column, c.column) << c.query;
    EXPECT_EQ(filter.min, c.min) << c.query;
    EXPECT_EQ(filter.max, c.max) << c.query;
  }
}

TEST(RequestFiltersTest, Masks) {
  const auto weekdays = OnlyFilter<MaskFilter>("holiday_weekdays=sat,sun,hol");
  EXPECT_EQ(weekdays.column, Column::kHolidayWeekdays);
  EXPECT_EQ(weekdays.all, 0b11100000U);
  EXPECT_EQ(weekdays.any, 0U);

  const auto insurance = OnlyFilter<MaskFilter>("insurance=pension,employment");
  EXPECT_EQ(insurance.column, Column::kInsurances);
  EXPECT_EQ(insurance.all, 0b1001U);

  const auto system = OnlyFilter<MaskFilter>("work_system=flexible,fixed,-shift");
  EXPECT_EQ(system.column, Column::kWorkSystems);
  EXPECT_EQ(system.all, 0U);
  EXPECT_EQ(system.any, 0b10010U);
  EXPECT_EQ(system.none, 0b1U);
}

TEST(RequestFiltersTest, PlacesAreOneGroup) {
  const ParseOutcome outcome = Read("city=13113&pref=14,13");
  ASSERT_TRUE(outcome.has_request());
  ASSERT_EQ(outcome.request.filters.size(), 1U);
  EXPECT_EQ(outcome.request.filters[0].group, FilterGroup::kPlace);
  const auto& place = std::get<PlaceFilter>(outcome.request.filters[0].body);
  EXPECT_THAT(place.prefectures, ElementsAre(13, 14));
  EXPECT_THAT(place.municipalities, ElementsAre(13113));
}

TEST(RequestFiltersTest, DesignatedCitiesTakeInTheirWards) {
  const auto place = OnlyFilter<PlaceFilter>("city=33100,13101");
  EXPECT_THAT(place.municipalities, ElementsAre(13101, 33100, 33101, 33102, 33103, 33104));
}

TEST(RequestFiltersTest, FormerCodesAreResolved) {
  const ParseOutcome outcome = Read("city=22131");
  EXPECT_EQ(Canonical(outcome), "city=22138");
  EXPECT_THAT(OnlyFilter<PlaceFilter>("city=22131").municipalities, ElementsAre(22138));
}

TEST(RequestFiltersTest, Occupations) {
  const auto filter = OnlyFilter<RangesFilter>("occupation=067-01,068");
  EXPECT_EQ(filter.column, Column::kOccupation);
  EXPECT_THAT(filter.ranges, ElementsAre(ValueRange{6701, 6701}, ValueRange{6800, 6899}));
  // 08 has the middle codes 049 to 051, and holds what is known as 08 and no more.
  const auto mixed = OnlyFilter<RangesFilter>("occupation=08,067-01");
  constexpr uint32_t kAlone = schema::kMajorOnly + 8;
  EXPECT_THAT(
      mixed.ranges,
      ElementsAre(ValueRange{4900, 5199}, ValueRange{6701, 6701}, ValueRange{kAlone, kAlone}));
}

TEST(RequestFiltersTest, Industries) {
  const auto filter = OnlyFilter<RangesFilter>("industry=P");
  EXPECT_EQ(filter.column, Column::kIndustry);
  EXPECT_THAT(filter.ranges, ElementsAre(ValueRange{830, 859}));
  EXPECT_THAT(OnlyFilter<RangesFilter>("industry=39,83").ranges,
              ElementsAre(ValueRange{390, 399}, ValueRange{830, 839}));
}

TEST(RequestFiltersTest, WageMinimaAreOneFilterUnderTheBasis) {
  const ParseOutcome outcome = Read("hourly_min=1200&wage_basis=base&monthly_min=200000");
  ASSERT_TRUE(outcome.has_request());
  ASSERT_EQ(outcome.request.filters.size(), 1U);
  EXPECT_EQ(outcome.request.filters[0].group, FilterGroup::kWageMinima);
  EXPECT_EQ(outcome.request.wage_basis, WageBasis::kBase);
  const auto& filter = std::get<WageFilter>(outcome.request.filters[0].body);
  EXPECT_EQ(filter.basis, WageBasis::kBase);
  EXPECT_EQ(filter.monthly_min, 200'000U);
  EXPECT_EQ(filter.hourly_min, 1'200U);
  EXPECT_EQ(OnlyFilter<WageFilter>("monthly_min=0").monthly_min, 0U);
  EXPECT_EQ(OnlyFilter<WageFilter>("monthly_min=0").hourly_min, std::nullopt);
}

TEST(RequestFiltersTest, ReceivedIsOneFilter) {
  const ParseOutcome outcome = Read("received_within_days=7&received_from=2026-11-01");
  ASSERT_TRUE(outcome.has_request());
  ASSERT_EQ(outcome.request.filters.size(), 1U);
  EXPECT_EQ(outcome.request.filters[0].group, FilterGroup::kReceived);
  const auto& filter = std::get<ReceivedFilter>(outcome.request.filters[0].body);
  EXPECT_EQ(filter.from->ToString(), "2026-11-01");
  EXPECT_EQ(filter.within_days, 7U);
}

TEST(RequestFiltersTest, EachConditionIsAFilter) {
  const ParseOutcome outcome = Read("conditions=remote,-no_transfer,-remote");
  ASSERT_TRUE(outcome.has_request());
  std::vector<std::string> shown;
  for (const Filter& filter : outcome.request.filters) {
    EXPECT_EQ(filter.group, FilterGroup::kConditions);
    const auto& body = std::get<ConditionFilter>(filter.body);
    shown.push_back((body.excluded ? "-" : "") +
                    std::string(schema::GetCondition(body.condition).code));
  }
  EXPECT_THAT(shown, ElementsAre("-no_transfer", "-remote", "remote"));
}

TEST(RequestFiltersTest, Numbers) {
  const auto wanted = OnlyFilter<NumberFilter>("number=13010-00000002,1301000000001");
  EXPECT_THAT(wanted.numbers, ElementsAre(1301000000001, 1301000000002));
  EXPECT_FALSE(wanted.excluded);
  const auto excluded = OnlyFilter<NumberFilter>("exclude_number=13010-00000002");
  EXPECT_TRUE(excluded.excluded);
}

TEST(RequestFiltersTest, Age) {
  EXPECT_EQ(OnlyFilter<AgeFilter>("age=64").years, 64);
}

TEST(RequestFiltersTest, StationsAndTheWayFromThem) {
  const auto stations = OnlyFilter<StationFilter>("station=ＪＲ渋谷駅,東京,渋谷");
  EXPECT_THAT(stations.stations, ElementsAre("東京", "渋谷"));
  EXPECT_FALSE(stations.walk_max);
  EXPECT_EQ(Canonical(Read("station=ＪＲ渋谷駅,東京")),
            Canonical(Read("station=東京&station=渋谷")));
  const ParseOutcome both = Read("station=渋谷&walk_max=10");
  ASSERT_EQ(both.request.filters.size(), 2U);
  const auto& walk = std::get<StationFilter>(both.request.filters[0].body);
  EXPECT_EQ(both.request.filters[0].group, FilterGroup::kWalk);
  EXPECT_EQ(walk.walk_max, 10);
  EXPECT_THAT(walk.stations, ElementsAre("渋谷"));
  EXPECT_EQ(both.request.filters[1].group, FilterGroup::kNone);
  EXPECT_EQ(OnlyFilter<RangeFilter>("walk_max=10").column, Column::kWalkMinutes);
}

TEST(RequestFiltersTest, Distances) {
  const ParseOutcome sorted = Read("near=35.681236,139.767125&sort=distance");
  ASSERT_TRUE(sorted.has_request());
  EXPECT_TRUE(sorted.request.filters.empty());
  EXPECT_EQ(sorted.request.near, (schema::Position{125'681'236, 319'767'125}));
  const auto near = OnlyFilter<NearFilter>("near=35.681236, 139.767125&radius_km=1.5");
  EXPECT_EQ(near.position, *sorted.request.near);
  EXPECT_EQ(near.radius_km, 1.5);
  EXPECT_EQ(Canonical(Read("near=３５,139.10&radius_km=01.50")),
            "near=35.000000,139.100000&radius_km=1.5");
  EXPECT_EQ(Canonical(ReadJson(R"({"near":"35,139.1","radius_km":1.5})")),
            "near=35.000000,139.100000&radius_km=1.5");
  EXPECT_EQ(Canonical(ReadJson(R"({"near":"35,139","radius_km":2})")),
            "near=35.000000,139.000000&radius_km=2");
}

TEST(RequestFiltersTest, OneShiftDoesBoth) {
  const auto shift = OnlyFilter<ShiftFilter>("start_from=9:00&end_by=１７：３０");
  EXPECT_EQ(shift.start_from, 540);
  EXPECT_EQ(shift.end_by, 1'050);
  EXPECT_EQ(OnlyFilter<ShiftFilter>("end_by=33:00").start_from, 0);
  EXPECT_EQ(Canonical(Read("start_from=9:00")), Canonical(Read("start_from=09:00")));
}

TEST(RequestFiltersTest, LicencesByNameOrCode) {
  EXPECT_THAT(OnlyFilter<LicenceFilter>("licence=l001,普通自動車免許ＡＴ").licences,
              ElementsAre("普通自動車免許at", "看護師"));
}

TEST(RequestFiltersTest, Employers) {
  const auto wanted =
      OnlyFilter<EmployerFilter>("employer_number=1301-123456-7,１３０１００００００１");
  EXPECT_THAT(wanted.numbers, ElementsAre(13'010'000'001, 13'011'234'567));
  EXPECT_FALSE(wanted.excluded);
  const auto excluded =
      OnlyFilter<EmployerFilter>("exclude_employer=1301-123456-7,（株） あおば　センター");
  EXPECT_THAT(excluded.numbers, ElementsAre(13'011'234'567));
  EXPECT_THAT(excluded.names, ElementsAre("(株)あおばセンター"));
  EXPECT_TRUE(excluded.excluded);
}

TEST(RequestFiltersTest, WordsAndFields) {
  const ParseOutcome outcome = Read("q=介護 -夜勤&q_not=東京&q_in=title,employer");
  ASSERT_TRUE(outcome.has_request());
  EXPECT_EQ(outcome.request.words.clauses.size(), 1U);
  EXPECT_EQ(outcome.request.words.excluded.size(), 2U);
  EXPECT_EQ(outcome.request.words.fields, 0b11);
  EXPECT_EQ(Read("q=介護 夜勤&q_mode=or").request.words.clauses.size(), 1U);
}

TEST(RequestFiltersTest, DefaultOrder) {
  EXPECT_EQ(Read("q=介護").request.sort, Sort::kRelevance);
  EXPECT_EQ(Read("q=-介護").request.sort, Sort::kNew);
  EXPECT_EQ(Read("q=★").request.sort, Sort::kNew);
  EXPECT_EQ(Read("sort=relevance").request.sort, Sort::kNew);
  EXPECT_EQ(Read("q=-介護&sort=relevance").request.sort, Sort::kNew);
  EXPECT_EQ(Read("q=介護&sort=new").request.sort, Sort::kNew);
  EXPECT_EQ(Read("q=介護&sort=wage_max").request.sort, Sort::kWageMax);
}

TEST(RequestFiltersTest, EverySortHasItsName) {
  for (const Choice& choice : SortChoices()) {
    EXPECT_EQ(SortName(static_cast<Sort>(choice.value)), choice.code);
    EXPECT_EQ(SortName(Read("q=介護&near=35,139&sort=" + std::string(choice.code)).request.sort),
              choice.code);
  }
}

TEST(RequestFiltersTest, FacetsAndFields) {
  const ParseOutcome outcome = Read("facets=received,pref,pref&fields=title,number");
  ASSERT_TRUE(outcome.has_request());
  EXPECT_THAT(outcome.request.facets, ElementsAre(schema::Facet::kPref, schema::Facet::kReceived));
  EXPECT_FALSE(outcome.request.all_facets);
  EXPECT_THAT(outcome.request.fields, ElementsAre("number", "title"));
  const ParseOutcome all = Read("facets=city,all");
  EXPECT_TRUE(all.request.all_facets);
  EXPECT_EQ(all.request.facets.size(), schema::kFacetCount);
  EXPECT_EQ(Canonical(all), "facets=all");
}

TEST(RequestFiltersTest, Pages) {
  EXPECT_EQ(Read("limit=0").request.limit, 0U);
  EXPECT_EQ(Read("limit=100").request.limit, 100U);
  EXPECT_EQ(Read("offset=10000").request.offset, 10'000U);
}

TEST(RequestFiltersTest, ACursorGoesWithTheParametersItWasMadeFor) {
  const std::string canonical = Canonical(Read("q=介護&pref=13"));
  const Cursor cursor{1, 2, HashRequest(canonical), 3, 4};
  const std::string text = EncodeCursor(cursor);
  EXPECT_EQ(Read("pref=13&q=介護&limit=5&cursor=" + text).request.cursor, cursor);
  EXPECT_EQ(Canonical(Read("q=介護&cursor=" + text)),
            "cursor: made for other parameters than those sent");
  EXPECT_EQ(Canonical(Read("q=介護&pref=13&sort=new&cursor=" + text)),
            "cursor: made for other parameters than those sent");
  EXPECT_EQ(Canonical(Read("q=介護&pref=13&offset=0&cursor=" + text)),
            "offset: not together with cursor");
}

}  // namespace
}  // namespace kyujin::query

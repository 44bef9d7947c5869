#include "engine/search/facet_selection.h"

#include <gtest/gtest.h>

#include "tests/unit/query/request_reader.h"

namespace kyujin::search {
namespace {

using query::SearchRequest;
using schema::Facet;

SearchRequest Read(std::string_view parameters) {
  query::ParseOutcome outcome = query::Read(parameters);
  EXPECT_TRUE(outcome.has_request()) << parameters;
  return outcome.request;
}

// The codes of `facet` that the request has chosen.
std::string Selected(std::string_view parameters, Facet facet) {
  const SearchRequest request = Read(parameters);
  std::string codes;
  for (size_t value = 0; value < schema::FacetValueCount(facet); ++value) {
    if (IsSelected(request, facet, static_cast<schema::FacetValue>(value))) {
      codes += (codes.empty() ? "" : " ") +
               schema::FacetValueCode(facet, static_cast<schema::FacetValue>(value));
    }
  }
  return codes;
}

TEST(FacetSelectionTest, NamesTheCodesOfTheRequest) {
  EXPECT_EQ(Selected("", Facet::kPref), "");
  EXPECT_EQ(Selected("pref=13,27", Facet::kPref), "13 27");
  EXPECT_EQ(Selected("pref=13&city=14100", Facet::kPref), "13");
  EXPECT_EQ(Selected("employment=1,3", Facet::kEmployment), "1 3");
  EXPECT_EQ(Selected("wage_type=hourly", Facet::kWageType), "hourly");
  EXPECT_EQ(Selected("wage_type=hourly", Facet::kEmployment), "");
}

TEST(FacetSelectionTest, AnOccupationIsChosenWholeOrNotAtAll) {
  EXPECT_EQ(Selected("occupation=12", Facet::kOccupationMajor), "12");
  EXPECT_EQ(Selected("occupation=067", Facet::kOccupationMiddle), "067");
  EXPECT_EQ(Selected("occupation=067", Facet::kOccupationMajor), "");
  EXPECT_EQ(Selected("occupation=067-01", Facet::kOccupationMiddle), "");
}

TEST(FacetSelectionTest, AnIndustryIsChosenWholeOrNotAtAll) {
  EXPECT_EQ(Selected("industry=P", Facet::kIndustry), "P");
  EXPECT_EQ(Selected("industry=83", Facet::kIndustry), "");
  EXPECT_EQ(Selected("industry=83,84,85", Facet::kIndustry), "P");
}

TEST(FacetSelectionTest, LimitsAreNoChoices) {
  EXPECT_EQ(Selected("walk_max=5", Facet::kWalkMinutes), "");
  EXPECT_EQ(Selected("holidays_min=120", Facet::kHolidays), "");
  EXPECT_EQ(Selected("monthly_min=200000", Facet::kWageHistogram), "");
  EXPECT_EQ(Selected("received_within_days=0", Facet::kReceived), "");
}

TEST(FacetSelectionTest, Municipalities) {
  const SearchRequest request = Read("pref=27&city=13113");
  EXPECT_TRUE(IsMunicipalitySelected(request, 13113));
  EXPECT_FALSE(IsMunicipalitySelected(request, 13101));
  EXPECT_FALSE(IsMunicipalitySelected(request, 27102));
  EXPECT_EQ(ChosenPrefectures(request), (std::vector<uint8_t>{13, 27}));
  EXPECT_TRUE(ChosenPrefectures(Read("")).empty());
}

TEST(FacetSelectionTest, Conditions) {
  const SearchRequest request = Read("conditions=remote,-bonus");
  EXPECT_EQ(ChoiceOf(request, schema::Condition::kRemote), ConditionChoice::kWanted);
  EXPECT_EQ(ChoiceOf(request, schema::Condition::kBonus), ConditionChoice::kExcluded);
  EXPECT_EQ(ChoiceOf(request, schema::Condition::kNew), ConditionChoice::kNone);
}

}  // namespace
}  // namespace kyujin::search

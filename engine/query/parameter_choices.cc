#include "engine/query/parameter_choices.h"

#include <vector>

#include "engine/query/search_request.h"
#include "engine/schema/code_table.h"
#include "engine/schema/condition.h"
#include "engine/schema/facet.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"

namespace kyujin::query {
namespace {

template <class Enum>
constexpr uint32_t Value(Enum value) {
  return static_cast<uint32_t>(value);
}

// Gives each choice the label that `table` of dict/ has for its code.
std::vector<Choice> Labelled(std::string_view table, std::vector<Choice> choices) {
  const schema::CodeTable* codes = schema::FindCodeTable(table);
  KYUJIN_CHECK(codes != nullptr);
  for (Choice& choice : choices) {
    const schema::Code* code = codes->Find(choice.code);
    KYUJIN_CHECK(code != nullptr);
    choice.label = code->label;
  }
  return choices;
}

}  // namespace

std::span<const Choice> KindChoices() {
  static const std::vector<Choice> choices = Labelled("kind",
                                                      {{"general", "", 1},
                                                       {"graduate", "", 2},
                                                       {"seasonal", "", 3},
                                                       {"migrant", "", 4},
                                                       {"disability", "", 5}});
  return choices;
}

std::span<const Choice> FullPartChoices() {
  using schema::FullPart;
  static const std::vector<Choice> choices = Labelled(
      "full_part", {{"full", "", Value(FullPart::kFull)}, {"part", "", Value(FullPart::kPart)}});
  return choices;
}

std::span<const Choice> EmploymentChoices() {
  static const std::vector<Choice> choices = Labelled("employment",
                                                      {{"1", "", 1},
                                                       {"2", "", 2},
                                                       {"3", "", 3},
                                                       {"4", "", 4},
                                                       {"5", "", 5},
                                                       {"6", "", 6},
                                                       {"7", "", 7}});
  return choices;
}

std::span<const Choice> DispatchChoices() {
  using schema::Dispatch;
  static const std::vector<Choice> choices = Labelled("dispatch",
                                                      {{"dispatch", "", Value(Dispatch::kDispatch)},
                                                       {"contract", "", Value(Dispatch::kContract)},
                                                       {"none", "", Value(Dispatch::kNone)}});
  return choices;
}

std::span<const Choice> WageTypeChoices() {
  using schema::WageType;
  static const std::vector<Choice> choices = Labelled("wage_type",
                                                      {{"monthly", "", Value(WageType::kMonthly)},
                                                       {"hourly", "", Value(WageType::kHourly)},
                                                       {"daily", "", Value(WageType::kDaily)},
                                                       {"yearly", "", Value(WageType::kYearly)},
                                                       {"other", "", Value(WageType::kOther)}});
  return choices;
}

std::span<const Choice> WageBasisChoices() {
  static const std::vector<Choice> choices =
      Labelled("wage_basis",
               {{"base", "", Value(WageBasis::kBase)},
                {"fixed_allowances", "", Value(WageBasis::kFixedAllowances)},
                {"with_fixed_overtime", "", Value(WageBasis::kWithFixedOvertime)}});
  return choices;
}

std::span<const Choice> RenewalChoices() {
  using schema::Renewal;
  static const std::vector<Choice> choices =
      Labelled("renewal",
               {{"always", "", Value(Renewal::kAlways)},
                {"conditional", "", Value(Renewal::kConditional)},
                {"none", "", Value(Renewal::kNone)}});
  return choices;
}

std::span<const Choice> LicenceNeedChoices() {
  using schema::LicenceNeed;
  static const std::vector<Choice> choices =
      Labelled("licence_need",
               {{"required", "", Value(LicenceNeed::kRequired)},
                {"preferred", "", Value(LicenceNeed::kPreferred)},
                {"none", "", Value(LicenceNeed::kNone)}});
  return choices;
}

std::span<const Choice> WorkSystemChoices() {
  using schema::WorkSystem;
  static const std::vector<Choice> choices =
      Labelled("work_system",
               {{"shift", "", Value(WorkSystem::kShift)},
                {"flexible", "", Value(WorkSystem::kFlexible)},
                {"discretionary", "", Value(WorkSystem::kDiscretionary)},
                {"variable", "", Value(WorkSystem::kVariable)},
                {"fixed", "", Value(WorkSystem::kFixed)}});
  return choices;
}

std::span<const Choice> InsuranceChoices() {
  using schema::Insurance;
  static const std::vector<Choice> choices =
      Labelled("insurance",
               {{"employment", "", Value(Insurance::kEmployment)},
                {"accident", "", Value(Insurance::kAccident)},
                {"health", "", Value(Insurance::kHealth)},
                {"pension", "", Value(Insurance::kPension)}});
  return choices;
}

std::span<const Choice> HolidayWeekdayChoices() {
  static const std::vector<Choice> choices = Labelled("holiday_weekdays",
                                                      {{"mon", "", 1U << 0U},
                                                       {"tue", "", 1U << 1U},
                                                       {"wed", "", 1U << 2U},
                                                       {"thu", "", 1U << 3U},
                                                       {"fri", "", 1U << 4U},
                                                       {"sat", "", 1U << 5U},
                                                       {"sun", "", 1U << 6U},
                                                       {"hol", "", 1U << 7U}});
  return choices;
}

std::span<const Choice> ConditionChoices() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> all;
    for (const schema::ConditionSpec& spec : schema::Conditions()) {
      all.push_back({spec.code, spec.label, Value(spec.id)});
    }
    return all;
  }();
  return choices;
}

std::span<const Choice> SortChoices() {
  static const std::vector<Choice> choices = Labelled("sort",
                                                      {{"new", "", Value(Sort::kNew)},
                                                       {"relevance", "", Value(Sort::kRelevance)},
                                                       {"wage_min", "", Value(Sort::kWageMin)},
                                                       {"wage_max", "", Value(Sort::kWageMax)},
                                                       {"deadline", "", Value(Sort::kDeadline)},
                                                       {"holidays", "", Value(Sort::kHolidays)},
                                                       {"distance", "", Value(Sort::kDistance)}});
  return choices;
}

std::span<const Choice> FacetChoices() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> all{{"all", "すべて", kAllFacets}};
    for (const schema::FacetSpec& spec : schema::Facets()) {
      all.push_back({spec.name, spec.label, Value(spec.id)});
    }
    return all;
  }();
  return choices;
}

std::span<const Choice> SearchFieldChoices() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> all;
    for (const schema::SearchFieldSpec& spec : schema::SearchFields()) {
      all.push_back({spec.name, spec.label, Value(spec.id)});
    }
    return all;
  }();
  return choices;
}

std::span<const Choice> WordModeChoices() {
  static const std::vector<Choice> choices = Labelled("q_mode", {{"and", "", 0}, {"or", "", 1}});
  return choices;
}

std::span<const Choice> InterpretChoices() {
  static const std::vector<Choice> choices = Labelled("interpret", {{"on", "", 1}, {"off", "", 0}});
  return choices;
}

std::span<const Choice> PartialChoices() {
  static const std::vector<Choice> choices =
      Labelled("partial",
               {{"auto", "", Value(PartialMode::kAuto)},
                {"never", "", Value(PartialMode::kNever)},
                {"always", "", Value(PartialMode::kAlways)}});
  return choices;
}

std::span<const Choice> HighlightChoices() {
  static const std::vector<Choice> choices = Labelled("highlight", {{"on", "", 1}, {"off", "", 0}});
  return choices;
}

std::span<const Choice> ExplainChoices() {
  static const std::vector<Choice> choices = Labelled("explain", {{"on", "", 1}, {"off", "", 0}});
  return choices;
}

std::string_view SortName(Sort sort) {
  for (const Choice& choice : SortChoices()) {
    if (choice.value == Value(sort)) {
      return choice.code;
    }
  }
  return "new";
}

}  // namespace kyujin::query

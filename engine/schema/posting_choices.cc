#include "engine/schema/posting_choices.h"

#include <vector>

#include "engine/schema/job_posting.h"

namespace kyujin::schema {

std::span<const Choice> KindChoices() {
  static const std::vector<Choice> choices = LabelledChoices("kind",
                                                             {{"general", "", 1},
                                                              {"graduate", "", 2},
                                                              {"seasonal", "", 3},
                                                              {"migrant", "", 4},
                                                              {"disability", "", 5}});
  return choices;
}

std::span<const Choice> FullPartChoices() {
  static const std::vector<Choice> choices = LabelledChoices(
      "full_part",
      {{"full", "", ChoiceValue(FullPart::kFull)}, {"part", "", ChoiceValue(FullPart::kPart)}});
  return choices;
}

std::span<const Choice> EmploymentChoices() {
  static const std::vector<Choice> choices = LabelledChoices("employment",
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
  static const std::vector<Choice> choices =
      LabelledChoices("dispatch",
                      {{"dispatch", "", ChoiceValue(Dispatch::kDispatch)},
                       {"contract", "", ChoiceValue(Dispatch::kContract)},
                       {"none", "", ChoiceValue(Dispatch::kNone)}});
  return choices;
}

std::span<const Choice> WageTypeChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("wage_type",
                      {{"monthly", "", ChoiceValue(WageType::kMonthly)},
                       {"hourly", "", ChoiceValue(WageType::kHourly)},
                       {"daily", "", ChoiceValue(WageType::kDaily)},
                       {"yearly", "", ChoiceValue(WageType::kYearly)},
                       {"other", "", ChoiceValue(WageType::kOther)}});
  return choices;
}

std::span<const Choice> RenewalChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("renewal",
                      {{"always", "", ChoiceValue(Renewal::kAlways)},
                       {"conditional", "", ChoiceValue(Renewal::kConditional)},
                       {"none", "", ChoiceValue(Renewal::kNone)}});
  return choices;
}

std::span<const Choice> LicenceNeedChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("licence_need",
                      {{"required", "", ChoiceValue(LicenceNeed::kRequired)},
                       {"preferred", "", ChoiceValue(LicenceNeed::kPreferred)},
                       {"none", "", ChoiceValue(LicenceNeed::kNone)}});
  return choices;
}

std::span<const Choice> WorkSystemChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("work_system",
                      {{"shift", "", ChoiceValue(WorkSystem::kShift)},
                       {"flexible", "", ChoiceValue(WorkSystem::kFlexible)},
                       {"discretionary", "", ChoiceValue(WorkSystem::kDiscretionary)},
                       {"variable", "", ChoiceValue(WorkSystem::kVariable)},
                       {"fixed", "", ChoiceValue(WorkSystem::kFixed)}});
  return choices;
}

std::span<const Choice> InsuranceChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("insurance",
                      {{"employment", "", ChoiceValue(Insurance::kEmployment)},
                       {"accident", "", ChoiceValue(Insurance::kAccident)},
                       {"health", "", ChoiceValue(Insurance::kHealth)},
                       {"pension", "", ChoiceValue(Insurance::kPension)}});
  return choices;
}

std::span<const Choice> HolidayWeekdayChoices() {
  static const std::vector<Choice> choices = LabelledChoices("holiday_weekdays",
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

}  // namespace kyujin::schema

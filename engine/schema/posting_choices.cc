#include "engine/schema/posting_choices.h"

#include <vector>

#include "engine/base/result.h"
#include "engine/schema/code_table.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {
namespace {

template <class Enum>
constexpr uint32_t Value(Enum value) {
  return static_cast<uint32_t>(value);
}

// Gives each choice the label that `table` of dict/ has for its code.
std::vector<Choice> Labelled(std::string_view table, std::vector<Choice> choices) {
  const CodeTable* codes = FindCodeTable(table);
  KYUJIN_CHECK(codes != nullptr);
  for (Choice& choice : choices) {
    const Code* code = codes->Find(choice.code);
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
  static const std::vector<Choice> choices = Labelled("dispatch",
                                                      {{"dispatch", "", Value(Dispatch::kDispatch)},
                                                       {"contract", "", Value(Dispatch::kContract)},
                                                       {"none", "", Value(Dispatch::kNone)}});
  return choices;
}

std::span<const Choice> WageTypeChoices() {
  static const std::vector<Choice> choices = Labelled("wage_type",
                                                      {{"monthly", "", Value(WageType::kMonthly)},
                                                       {"hourly", "", Value(WageType::kHourly)},
                                                       {"daily", "", Value(WageType::kDaily)},
                                                       {"yearly", "", Value(WageType::kYearly)},
                                                       {"other", "", Value(WageType::kOther)}});
  return choices;
}

std::span<const Choice> RenewalChoices() {
  static const std::vector<Choice> choices =
      Labelled("renewal",
               {{"always", "", Value(Renewal::kAlways)},
                {"conditional", "", Value(Renewal::kConditional)},
                {"none", "", Value(Renewal::kNone)}});
  return choices;
}

std::span<const Choice> LicenceNeedChoices() {
  static const std::vector<Choice> choices =
      Labelled("licence_need",
               {{"required", "", Value(LicenceNeed::kRequired)},
                {"preferred", "", Value(LicenceNeed::kPreferred)},
                {"none", "", Value(LicenceNeed::kNone)}});
  return choices;
}

std::span<const Choice> WorkSystemChoices() {
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

const Choice* FindChoice(std::span<const Choice> choices, uint32_t value) {
  for (const Choice& choice : choices) {
    if (choice.value == value) {
      return &choice;
    }
  }
  return nullptr;
}

}  // namespace kyujin::schema

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

std::span<const Choice> WageBasisChoices() {
  static const std::vector<Choice> choices =
      Labelled("wage_basis",
               {{"base", "", Value(WageBasis::kBase)},
                {"fixed_allowances", "", Value(WageBasis::kFixedAllowances)},
                {"with_fixed_overtime", "", Value(WageBasis::kWithFixedOvertime)}});
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

#include "engine/query/parameter_choices.h"

#include <vector>

#include "engine/query/search_request.h"
#include "engine/schema/choice.h"
#include "engine/schema/condition.h"
#include "engine/schema/facet.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"

namespace kyujin::query {

using schema::ChoiceValue;
using schema::LabelledChoices;

std::span<const Choice> WageBasisChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("wage_basis",
                      {{"base", "", ChoiceValue(WageBasis::kBase)},
                       {"fixed_allowances", "", ChoiceValue(WageBasis::kFixedAllowances)},
                       {"with_fixed_overtime", "", ChoiceValue(WageBasis::kWithFixedOvertime)}});
  return choices;
}

std::span<const Choice> ConditionChoices() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> all;
    for (const schema::ConditionSpec& spec : schema::Conditions()) {
      all.push_back({spec.code, spec.label, ChoiceValue(spec.id)});
    }
    return all;
  }();
  return choices;
}

std::span<const Choice> SortChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("sort",
                      {{"new", "", ChoiceValue(Sort::kNew)},
                       {"relevance", "", ChoiceValue(Sort::kRelevance)},
                       {"wage_min", "", ChoiceValue(Sort::kWageMin)},
                       {"wage_max", "", ChoiceValue(Sort::kWageMax)},
                       {"deadline", "", ChoiceValue(Sort::kDeadline)},
                       {"holidays", "", ChoiceValue(Sort::kHolidays)},
                       {"distance", "", ChoiceValue(Sort::kDistance)}});
  return choices;
}

std::span<const Choice> FacetChoices() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> all{{"all", "すべて", kAllFacets}};
    for (const schema::FacetSpec& spec : schema::Facets()) {
      all.push_back({spec.name, spec.label, ChoiceValue(spec.id)});
    }
    return all;
  }();
  return choices;
}

std::span<const Choice> SearchFieldChoices() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> all;
    for (const schema::SearchFieldSpec& spec : schema::SearchFields()) {
      all.push_back({spec.name, spec.label, ChoiceValue(spec.id)});
    }
    return all;
  }();
  return choices;
}

std::span<const Choice> WordModeChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("q_mode", {{"and", "", 0}, {"or", "", 1}});
  return choices;
}

std::span<const Choice> InterpretChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("interpret", {{"on", "", 1}, {"off", "", 0}});
  return choices;
}

std::span<const Choice> PartialChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("partial",
                      {{"auto", "", ChoiceValue(PartialMode::kAuto)},
                       {"never", "", ChoiceValue(PartialMode::kNever)},
                       {"always", "", ChoiceValue(PartialMode::kAlways)}});
  return choices;
}

std::span<const Choice> HighlightChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("highlight", {{"on", "", 1}, {"off", "", 0}});
  return choices;
}

std::span<const Choice> ExplainChoices() {
  static const std::vector<Choice> choices =
      LabelledChoices("explain", {{"on", "", 1}, {"off", "", 0}});
  return choices;
}

std::string_view SortName(Sort sort) {
  for (const Choice& choice : SortChoices()) {
    if (choice.value == ChoiceValue(sort)) {
      return choice.code;
    }
  }
  return "new";
}

}  // namespace kyujin::query

#include "engine/query/request_interpreter.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "engine/query/interpreter.h"
#include "engine/text/sentence_splitter.h"

namespace kyujin::query {
namespace {

CheckedParameter& Find(std::string_view name, std::vector<CheckedParameter>* checked) {
  const auto found = std::find_if(checked->begin(), checked->end(), [&](const auto& entry) {
    return entry.parameter->name == name;
  });
  KYUJIN_CHECK(found != checked->end());
  return *found;
}

// Whether the choice sent for the parameter is `value`.
bool Is(const CheckedParameter& parameter, std::string_view value) {
  return parameter.values.size() == 1 && parameter.values.front().text == value;
}

std::set<std::string, std::less<>> GroupsOf(const std::vector<CheckedParameter>& checked) {
  std::set<std::string, std::less<>> groups;
  for (const CheckedParameter& entry : checked) {
    if (!entry.values.empty()) {
      groups.emplace(ParameterGroup(entry.parameter->name));
    }
  }
  return groups;
}

// Leaves `words` as the value of `q`. Returns false when they are more than may be sent.
bool SetWords(const std::vector<SyntaxWord>& words, CheckedParameter* q) {
  q->values.clear();
  if (words.empty()) {
    return true;
  }
  auto value = ParseParameterValue(*q->parameter, FormatQuery(words));
  if (auto* text = std::get_if<ParameterValue>(&value)) {
    q->values.push_back(std::move(*text));
    return true;
  }
  return false;
}

}  // namespace

void InterpretRequest(std::vector<CheckedParameter>* checked, RequestDraft* draft) {
  CheckedParameter& q = Find("q", checked);
  if (q.values.empty() || Is(Find("interpret", checked), "off") ||
      Is(Find("q_mode", checked), "or")) {
    return;
  }
  Interpretation read = Interpret(ParseQuerySyntax(q.values.front().text), GroupsOf(*checked));
  const CheckedParameter typed = q;
  if (read.is_applied()) {
    // Symbols beside what was understood say nothing.
    std::erase_if(read.words, [](const SyntaxWord& word) {
      return !word.quoted && !word.excluded && !text::HasWordCharacter(word.text);
    });
  }
  if (read.is_applied() && !SetWords(read.words, &q)) {
    q = typed;
    return;
  }
  draft->request.interpretation = std::move(read.chips);
  if (!read.is_applied()) {
    return;
  }
  draft->interpreted["interpret"] = "off";
  draft->interpreted["q"] = q.CanonicalText();
  for (const NamedValue& named : read.values) {
    CheckedParameter& entry = Find(named.parameter, checked);
    auto value = ParseParameterValue(*entry.parameter, named.value);
    KYUJIN_CHECK(std::holds_alternative<ParameterValue>(value));
    entry.values.push_back(std::get<ParameterValue>(std::move(value)));
    entry.Settle();
    draft->interpreted[named.parameter] = entry.CanonicalText();
  }
}

}  // namespace kyujin::query

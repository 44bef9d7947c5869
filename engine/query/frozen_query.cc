#include "engine/query/frozen_query.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "engine/query/canonical_text.h"
#include "engine/query/query_syntax.h"
#include "engine/query/search_parameter.h"
#include "engine/text/normalizer.h"

namespace kyujin::query {
namespace {

// Returns the value without its escapes, "" when there is none.
std::string TextOf(std::string_view name, const CanonicalValues& values) {
  const auto value = values.find(name);
  return value == values.end() ? "" : Unescape(value->second).value_or("");
}

// Returns `text`, read by `parse`, with its case folded. Texts stay as they are where folding would
// make other words of them: invisible characters at a word's start, for example, are folded away
// and may leave a minus sign there.
template <class Parse>
std::string FoldCase(const std::string& text, Parse parse) {
  const std::vector<SyntaxWord> words = parse(text);
  std::vector<SyntaxWord> folded = words;
  for (SyntaxWord& word : folded) {
    word.text = text::Normalize(word.text).text;
    if (text::Normalize(word.text).text != word.text) {
      return text;
    }
  }
  std::string folded_text = FormatQuery(folded);
  const std::vector<SyntaxWord> again = parse(folded_text);
  return again == folded ? folded_text : text;
}

void FoldWords(CanonicalValues* values) {
  const auto fold = [values](const char* name, auto parse) {
    if (const auto value = values->find(name); value != values->end()) {
      const std::string folded = FoldCase(TextOf(name, *values), parse);
      value->second.clear();
      AppendEscaped(folded, Commas::kPlain, &value->second);
    }
  };
  fold("q", ParseQuerySyntax);
  fold("q_not", ParseExcludedSyntax);
}

bool IsLeftOut(std::string_view name) {
  const SearchParameter* parameter = FindSearchParameter(name);
  return parameter == nullptr || parameter->is_page || parameter->is_display;
}

bool ExcludesNew(const CanonicalValues& values) {
  const auto conditions = values.find("conditions");
  if (conditions == values.end()) {
    return false;
  }
  const std::vector<std::string_view> codes = SplitEscapedList(conditions->second);
  return std::find(codes.begin(), codes.end(), "-new") != codes.end();
}

// Parameters that mean something only together; the rest stand alone.
constexpr std::array<std::array<std::string_view, 3>, 6> kGroups{{
    {"city", "place", "pref"},
    {"hourly_min", "monthly_min", "wage_basis"},
    {"near", "radius_km"},
    {"received_from", "received_within_days"},
    {"start_from", "end_by"},
    {"station", "walk_max"},
}};

std::string_view GroupOf(std::string_view name) {
  for (const auto& group : kGroups) {
    if (std::find(group.begin(), group.end(), name) != group.end()) {
      return group.front();
    }
  }
  return name;
}

// Takes the words out of `*values` and adds a query for each clause of them.
void SplitWords(CanonicalValues* values, std::vector<std::string>* parts) {
  const std::vector<SyntaxWord> words = ParseQuerySyntax(TextOf("q", *values));
  const std::vector<SyntaxWord> excluded = ParseExcludedSyntax(TextOf("q_not", *values));
  const bool joins_words = TextOf("q_mode", *values) == "or";
  CanonicalValues part;
  if (const auto fields = values->extract("q_in"); !fields.empty()) {
    part["q_in"] = fields.mapped();
  }
  for (const char* name : {"q", "q_not", "q_mode", "interpret", "partial"}) {
    values->erase(name);
  }
  const auto add = [&](const char* name, const std::vector<SyntaxWord>& clause) {
    CanonicalValues whole = part;
    whole["interpret"] = "off";
    AppendEscaped(FormatQuery(clause), Commas::kPlain, &whole[name]);
    if (joins_words && clause.size() > 1) {
      whole["q_mode"] = "or";
    }
    parts->push_back(JoinCanonical(whole));
  };
  std::vector<SyntaxWord> clause;
  for (const SyntaxWord& word : words) {
    if (word.excluded) {
      add("q", {word});
      continue;
    }
    if (!clause.empty() && !word.joined && !joins_words) {
      add("q", clause);
      clause.clear();
    }
    clause.push_back(word);
  }
  if (!clause.empty()) {
    add("q", clause);
  }
  for (const SyntaxWord& word : excluded) {
    add("q_not", {word});
  }
}

}  // namespace

FreezeOutcome FreezeRequest(const SearchRequest& request) {
  FreezeOutcome outcome;
  CanonicalValues values = SplitCanonical(request.as_parameters);
  std::erase_if(values, [](const auto& named) { return IsLeftOut(named.first); });
  if (ExcludesNew(values)) {
    ParameterError error = MakeParameterError(
        "conditions", "-new", "not in a saved search: postings would match it by growing old");
    error.fault = ParameterFault::kUnknownValue;
    outcome.errors.push_back(std::move(error));
  }
  FoldWords(&values);
  values["interpret"] = "off";
  values["partial"] = "never";
  outcome.query.canonical = JoinCanonical(values);
  outcome.query.typed_words = TextOf("q", SplitCanonical(request.canonical));
  return outcome;
}

ParseOutcome ParseFrozenQuery(std::string_view canonical, text::Analyzer* analyzer) {
  return ParseCanonicalRequest(canonical, analyzer);
}

std::vector<std::string> SplitFrozenQuery(std::string_view canonical) {
  std::vector<std::string> parts;
  CanonicalValues values = SplitCanonical(canonical);
  SplitWords(&values, &parts);
  std::map<std::string_view, CanonicalValues> groups;
  for (const auto& [name, value] : values) {
    if (name != "conditions") {
      groups[GroupOf(name)].emplace(name, value);
      continue;
    }
    for (const std::string_view code : SplitEscapedList(value)) {
      parts.push_back(JoinCanonical({{"conditions", std::string(code)}}));
    }
  }
  for (const auto& [name, group] : groups) {
    parts.push_back(JoinCanonical(group));
  }
  return parts;
}

}  // namespace kyujin::query

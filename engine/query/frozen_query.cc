#include "engine/query/frozen_query.h"

#include <algorithm>
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

}  // namespace kyujin::query

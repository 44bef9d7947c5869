#include "engine/query/parameter_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/base/date.h"
#include "engine/query/query_syntax.h"
#include "engine/query/value_forms.h"
#include "engine/schema/code_suggestion.h"
#include "engine/schema/code_table.h"
#include "engine/schema/posting_number.h"
#include "engine/text/normalizer.h"
#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

constexpr size_t kMaxWords = 64;
constexpr size_t kSuggestions = 3;

using Outcome = std::variant<ParameterValue, ParameterError>;

// What people type for a hyphen in codes, numbers and dates: hyphens, dashes, minus signs, and the
// long-vowel mark that Japanese keyboards give.
constexpr std::string_view kHyphens[] = {"‐", "‑", "‒", "–", "—", "―", "−", "ー"};

std::string FoldValue(std::string_view text) {
  std::string folded = text::FoldWidth(text);
  for (const std::string_view hyphen : kHyphens) {
    for (size_t at = folded.find(hyphen); at != std::string::npos; at = folded.find(hyphen, at)) {
      folded.replace(at, hyphen.size(), "-");
    }
  }
  const size_t first = folded.find_first_not_of(' ');
  if (first == std::string::npos) {
    return {};
  }
  return folded.substr(first, folded.find_last_not_of(' ') - first + 1);
}

ParameterError UnknownValue(const SearchParameter& parameter, std::string_view text) {
  ParameterError error = MakeParameterError(
      parameter.name, text, fmt::format("not one of the values of {}", parameter.name));
  error.fault = ParameterFault::kUnknownValue;
  return error;
}

Outcome ParseWords(const SearchParameter& parameter, std::string_view text) {
  if (text::CountCodePoints(text) > parameter.max) {
    return MakeParameterError(
        parameter.name, text, fmt::format("longer than {} characters", parameter.max));
  }
  const auto words =
      parameter.kind == ValueKind::kWords ? ParseQuerySyntax(text) : ParseExcludedSyntax(text);
  if (words.size() > kMaxWords) {
    return MakeParameterError(parameter.name, text, fmt::format("more than {} words", kMaxWords));
  }
  return ParameterValue{FormatQuery(words)};
}

// dict/ knows readings, so it is asked first where it has a table of the same words.
std::vector<Suggestion> SuggestChoices(const SearchParameter& parameter, std::string_view text) {
  std::vector<Suggestion> suggestions;
  if (const schema::CodeTable* table = schema::FindCodeTable(parameter.name)) {
    for (const schema::Code* code : schema::SuggestCodes(*table, text, kSuggestions)) {
      const auto choices = parameter.choices();
      if (std::any_of(choices.begin(), choices.end(), [code](const Choice& choice) {
            return choice.code == code->code;
          })) {
        suggestions.push_back({std::string(code->code), std::string(code->label)});
      }
    }
  }
  return suggestions.empty() ? NearestChoices(parameter.choices(), text, kSuggestions)
                             : suggestions;
}

Outcome ParseChoice(const SearchParameter& parameter, std::string_view text) {
  std::string folded = FoldValue(text);
  ParameterValue value;
  value.excluded = parameter.cardinality == Cardinality::kNegatableList && folded.starts_with('-');
  const std::string_view code = std::string_view(folded).substr(value.excluded ? 1 : 0);
  for (const Choice& choice : parameter.choices()) {
    if (choice.code == code) {
      value.number = choice.value;
      value.text = std::move(folded);
      return value;
    }
  }
  ParameterError error = UnknownValue(parameter, text);
  error.suggestions = SuggestChoices(parameter, code);
  return error;
}

Outcome ParseCode(const SearchParameter& parameter, std::string_view text) {
  const std::string folded = FoldValue(text);
  if (std::optional<std::string> code = parameter.resolve(folded)) {
    return ParameterValue{*std::move(code)};
  }
  ParameterError error = UnknownValue(parameter, text);
  const schema::CodeTable* table = schema::FindCodeTable(parameter.table);
  KYUJIN_CHECK(table != nullptr);
  for (const schema::Code* code : schema::SuggestCodes(*table, folded, kSuggestions)) {
    error.suggestions.push_back({std::string(code->code), std::string(code->label)});
  }
  return error;
}

Outcome ParseNumber(const SearchParameter& parameter, std::string_view text) {
  const std::string folded = FoldValue(text);
  int64_t number = 0;
  const auto [end, status] = std::from_chars(folded.data(), folded.data() + folded.size(), number);
  const bool is_number =
      status != std::errc::invalid_argument && end == folded.data() + folded.size();
  if (!is_number) {
    return MakeParameterError(parameter.name, text, "not a whole number");
  }
  if (status != std::errc() || number < parameter.min || number > parameter.max) {
    return MakeParameterError(
        parameter.name, text, fmt::format("not between {} and {}", parameter.min, parameter.max));
  }
  return ParameterValue{std::to_string(number), static_cast<uint64_t>(number)};
}

Outcome ParseDate(const SearchParameter& parameter, std::string_view text) {
  const Result<Date> date = Date::Parse(FoldValue(text));
  if (!date.has_value()) {
    return MakeParameterError(parameter.name, text, "not a date such as 2026-11-22");
  }
  return ParameterValue{date->ToString(), date->days()};
}

Outcome ParsePostingNumber(const SearchParameter& parameter, std::string_view text) {
  const auto number = schema::PostingNumber::Parse(FoldValue(text));
  if (!number.has_value()) {
    return MakeParameterError(
        parameter.name, text, "not a posting number (求人番号) such as 13010-12345678");
  }
  return ParameterValue{number->ToString(), number->value()};
}

Outcome ParseForm(const SearchParameter& parameter, std::string_view text) {
  const std::string folded = FoldValue(text);
  const SentValue value{TrimSpaces(text), folded};
  switch (parameter.kind) {
    case ValueKind::kTime:
      return ParseTimeValue(parameter, value);
    case ValueKind::kDecimal:
      return ParseDecimalValue(parameter, value);
    case ValueKind::kPoint:
      return ParsePointValue(parameter, value);
    case ValueKind::kEmployer:
      return ParseEmployerValue(parameter, value);
    case ValueKind::kEmployerNumber:
      return ParseEmployerNumberValue(parameter, value);
    default:
      return ParseNameValue(parameter, value);
  }
}

// A small distance between two words: edits, where being a part of the other counts as almost
// equal.
size_t Distance(const std::u32string& a, const std::u32string& b) {
  if (!a.empty() && !b.empty() && (a.find(b) != a.npos || b.find(a) != b.npos)) {
    return a == b ? 0 : 1;
  }
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back() + 1;
}

// Returns the first code points of `text` in lower case, enough to tell words apart.
std::u32string Comparable(std::string_view text) {
  constexpr size_t kMaxCompared = 40;
  std::u32string result;
  std::string_view rest = text::FirstCodePoints(text, kMaxCompared);
  while (!rest.empty()) {
    const char32_t c = text::DecodeUtf8(&rest);
    result.push_back(c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c);
  }
  return result;
}

size_t SkipSpaces(std::string_view text) {
  size_t size = 0;
  while (size < text.size()) {
    if (text[size] == ' ') {
      size += 1;
    } else if (text.substr(size).starts_with("　")) {
      size += std::string_view("　").size();
    } else {
      break;
    }
  }
  return size;
}

}  // namespace

Outcome ParseParameterValue(const SearchParameter& parameter, std::string_view text) {
  if (!text::IsValidUtf8(text) || text.find('\0') != std::string_view::npos) {
    return MakeParameterError(parameter.name, "", "not UTF-8 text without NUL");
  }
  switch (parameter.kind) {
    case ValueKind::kWords:
    case ValueKind::kExcludedWords:
      return ParseWords(parameter, text);
    case ValueKind::kChoice:
      return ParseChoice(parameter, text);
    case ValueKind::kCode:
      return ParseCode(parameter, text);
    case ValueKind::kNumber:
      return ParseNumber(parameter, text);
    case ValueKind::kDate:
      return ParseDate(parameter, text);
    case ValueKind::kPostingNumber:
      return ParsePostingNumber(parameter, text);
    case ValueKind::kDecimal:
    case ValueKind::kTime:
    case ValueKind::kPoint:
    case ValueKind::kName:
    case ValueKind::kEmployer:
    case ValueKind::kEmployerNumber:
      return ParseForm(parameter, text);
    case ValueKind::kCursor:
      break;
  }
  return ParameterValue{std::string(TrimSpaces(text))};
}

Outcome ParseCanonicalValue(const SearchParameter& parameter, std::string_view text) {
  const bool is_code = text.find_first_not_of("0123456789") == text.npos;
  const bool is_name = parameter.kind == ValueKind::kName || parameter.kind == ValueKind::kEmployer;
  if (is_name && !is_code && text::IsValidUtf8(text) && text.find('\0') == text.npos) {
    return ParameterValue{std::string(text)};
  }
  SearchParameter unlimited = parameter;
  if (parameter.kind == ValueKind::kWords || parameter.kind == ValueKind::kExcludedWords) {
    unlimited.max = UINT32_MAX;
  }
  return ParseParameterValue(unlimited, text);
}

std::string_view TrimSpaces(std::string_view text) {
  text.remove_prefix(SkipSpaces(text));
  constexpr std::string_view kWideSpace = "　";
  while (text.ends_with(' ') || text.ends_with(kWideSpace)) {
    text.remove_suffix(text.ends_with(' ') ? 1 : kWideSpace.size());
  }
  return text;
}

std::vector<std::string> SplitList(std::string_view text) {
  constexpr std::string_view kWideComma = "，";
  std::vector<std::string> values;
  while (true) {
    const size_t narrow = text.find(',');
    const size_t wide = text.find(kWideComma);
    const size_t comma = std::min(narrow, wide);
    if (const std::string_view value = TrimSpaces(text.substr(0, comma)); !value.empty()) {
      values.emplace_back(value);
    }
    if (comma == std::string_view::npos) {
      return values;
    }
    text.remove_prefix(comma + (comma == narrow ? 1 : kWideComma.size()));
  }
}

std::vector<Suggestion> NearestChoices(std::span<const Choice> choices,
                                       std::string_view text,
                                       size_t count) {
  const std::u32string wanted = Comparable(text);
  std::vector<std::pair<size_t, const Choice*>> ranked;
  for (const Choice& choice : choices) {
    ranked.emplace_back(std::min(Distance(wanted, Comparable(choice.code)),
                                 Distance(wanted, Comparable(choice.label))),
                        &choice);
  }
  std::stable_sort(
      ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Suggestion> suggestions;
  for (const auto& [distance, choice] : ranked) {
    if (suggestions.size() < count) {
      suggestions.push_back({std::string(choice->code), std::string(choice->label)});
    }
  }
  return suggestions;
}

ParameterError MakeParameterError(std::string_view parameter,
                                  std::string_view value,
                                  std::string reason) {
  ParameterError error;
  error.parameter = text::FirstCodePoints(parameter, kMaxEchoedCodePoints);
  error.value = text::FirstCodePoints(value, kMaxEchoedCodePoints);
  error.reason = std::move(reason);
  return error;
}

}  // namespace kyujin::query

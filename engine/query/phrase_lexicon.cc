#include "engine/query/phrase_lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "engine/query/number_text.h"

namespace kyujin::query {
namespace {

constexpr size_t kMaxPhraseBytes = 96;

std::string LowerAscii(std::string_view text) {
  std::string lower(text.substr(0, kMaxPhraseBytes));
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

bool StartsCharacter(std::string_view text, size_t at) {
  return at == text.size() || (static_cast<uint8_t>(text[at]) & 0xC0U) != 0x80U;
}

// Texts of a table with the place of the first row that has each.
using Texts = std::unordered_map<std::string_view, size_t>;

const Texts& PhraseTexts() {
  static const Texts texts = [] {
    Texts all;
    for (size_t i = 0; i < Phrases().size(); ++i) {
      all.emplace(Phrases()[i].text, i);
    }
    return all;
  }();
  return texts;
}

const Texts& OccupationTexts() {
  static const Texts texts = [] {
    Texts all;
    for (size_t i = 0; i < OccupationNames().size(); ++i) {
      all.emplace(OccupationNames()[i].name, i);
    }
    return all;
  }();
  return texts;
}

// Returns the row of the longest start of `text` that is in `texts` and that `accepts`, and its
// size.
template <class Accepts>
std::pair<size_t, size_t> Longest(const Texts& texts, std::string_view text, Accepts accepts) {
  for (size_t size = text.size(); size > 0; --size) {
    if (!StartsCharacter(text, size)) {
      continue;
    }
    const auto known = texts.find(text.substr(0, size));
    if (known != texts.end() && accepts(known->second, size)) {
      return {known->second, size};
    }
  }
  return {0, 0};
}

// Returns the meaning of the phrase of row `row` when its first number is `numbers[0]`, or nullptr.
const PhraseMeaning* MeaningOf(size_t row, const std::vector<uint64_t>& numbers) {
  const std::string_view text = Phrases()[row].text;
  for (; row < Phrases().size() && Phrases()[row].text == text; ++row) {
    const PhraseMeaning& meaning = PhraseMeanings()[Phrases()[row].meaning];
    const bool has_number = text.find('#') != text.npos;
    if (!has_number || (numbers[0] >= meaning.minimum && numbers[0] <= meaning.maximum)) {
      return &meaning;
    }
  }
  return nullptr;
}

// Takes the number after `sign` off `*rest`, or returns `otherwise`.
uint64_t TakeOperand(char sign, uint64_t otherwise, std::string_view* rest) {
  if (!rest->starts_with(sign)) {
    return otherwise;
  }
  uint64_t operand = 0;
  const auto [end, status] =
      std::from_chars(rest->data() + 1, rest->data() + rest->size(), operand);
  rest->remove_prefix(static_cast<size_t>(end - rest->data()));
  return operand;
}

// `1*10000/12t`: the first number, times, plus, divided (rounded up), in two digits.
std::string Evaluate(std::string_view expression, const std::vector<uint64_t>& numbers) {
  const auto index = static_cast<size_t>(expression[0] - '1');
  expression.remove_prefix(1);
  uint64_t value = numbers[index];
  value *= TakeOperand('*', 1, &expression);
  value += TakeOperand('+', 0, &expression);
  const uint64_t divisor = TakeOperand('/', 1, &expression);
  value = (value + divisor - 1) / divisor;
  return expression == "t" ? fmt::format("{:02}", value) : std::to_string(value);
}

std::string FillIn(std::string_view value, const std::vector<uint64_t>& numbers) {
  std::string text;
  while (!value.empty()) {
    const size_t open = std::min(value.find('{'), value.size());
    text += value.substr(0, open);
    value.remove_prefix(open);
    if (!value.empty()) {
      const size_t close = value.find('}');
      text += Evaluate(value.substr(1, close - 1), numbers);
      value.remove_prefix(close + 1);
    }
  }
  return text;
}

std::string_view TakeUntil(char separator, std::string_view* rest) {
  const size_t end = std::min(rest->find(separator), rest->size());
  const std::string_view piece = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return piece;
}

std::vector<NamedValue> ValuesOf(const PhraseMeaning& meaning,
                                 const std::vector<uint64_t>& numbers) {
  std::vector<NamedValue> named;
  std::string_view parameters = meaning.parameters;
  std::string_view values = meaning.values;
  while (!parameters.empty()) {
    const std::string parameter(TakeUntil('&', &parameters));
    std::string_view list = TakeUntil('&', &values);
    while (!list.empty()) {
      named.push_back({parameter, FillIn(TakeUntil('|', &list), numbers)});
    }
  }
  return named;
}

PhraseMatch FindPhraseOfForm(std::string_view text, NumberForm form) {
  const NumberedText numbered = ReplaceNumbers(text, form);
  if (form != NumberForm::kNone && numbered.numbers.empty()) {
    return {};
  }
  const PhraseMeaning* meaning = nullptr;
  const auto [row, size] =
      Longest(PhraseTexts(), numbered.text, [&](size_t found, size_t /*size*/) {
        meaning = MeaningOf(found, numbered.numbers);
        return meaning != nullptr;
      });
  if (size == 0 || meaning == nullptr) {
    return {};
  }
  return {numbered.source[size], meaning->glue, ValuesOf(*meaning, numbered.numbers)};
}

}  // namespace

PhraseMatch FindPhrase(std::string_view text) {
  const std::string lower = LowerAscii(text);
  if (lower.find('#') != lower.npos) {
    return {};  // the sign of a number in the lexicon
  }
  PhraseMatch best;
  for (const NumberForm form : {NumberForm::kNone, NumberForm::kDigits, NumberForm::kAnyScript}) {
    PhraseMatch match = FindPhraseOfForm(lower, form);
    if (match.size > best.size) {
      best = std::move(match);
    }
  }
  return best;
}

OccupationMatch FindOccupation(std::string_view text) {
  const std::string lower = LowerAscii(text);
  const auto [row, size] =
      Longest(OccupationTexts(), lower, [](size_t /*row*/, size_t /*size*/) { return true; });
  if (size == 0) {
    return {};
  }
  const OccupationName& name = OccupationNames()[row];
  return {size, name.glue, name.code};
}

}  // namespace kyujin::query

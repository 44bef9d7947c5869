#include "engine/query/request_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/base/hash.h"
#include "engine/query/canonical_text.h"
#include "engine/query/checked_parameter.h"
#include "engine/query/parameter_value.h"
#include "engine/query/request_draft.h"
#include "engine/query/request_interpreter.h"
#include "engine/query/search_parameter.h"

namespace kyujin::query {
namespace {

// Suggestions cost a walk over a table each; a caller with more unknown values than this reads no
// more of them.
constexpr size_t kMaxSuggestedErrors = 20;

// The texts sent for one parameter, lists taken apart; empty ones are left out.
struct SentParameter {
  const SearchParameter* parameter = nullptr;
  std::vector<std::string> texts;
};

// What was sent, one entry per known parameter, in the order of SearchParameters().
class SentParameters {
 public:
  explicit SentParameters(ParameterErrors* errors) : errors_(errors) {
    for (const SearchParameter& parameter : SearchParameters()) {
      sent_.push_back({&parameter, {}});
    }
  }

  // Returns nullptr, after noting the error, when no parameter has this name.
  const SearchParameter* Find(std::string_view name, std::string_view value) {
    const SearchParameter* parameter = FindSearchParameter(name);
    if (parameter == nullptr) {
      ParameterError error = MakeParameterError(name, value, "unknown parameter");
      error.suggestions = NearestChoices(Names(), name, 1);
      errors_->Add(std::move(error));
    }
    return parameter;
  }

  void Add(const SearchParameter& parameter, std::string text) {
    if (TrimSpaces(text).empty()) {
      return;
    }
    std::vector<std::string>& texts = Entry(parameter).texts;
    if (parameter.cardinality == Cardinality::kSingle && !texts.empty()) {
      errors_->Add(MakeParameterError(parameter.name, text, "given more than once"));
    } else {
      texts.push_back(std::move(text));
    }
  }

  void AddList(const SearchParameter& parameter, std::string_view text) {
    if (parameter.cardinality == Cardinality::kSingle) {
      Add(parameter, std::string(text));
      return;
    }
    for (std::string& value : SplitList(text)) {
      Add(parameter, std::move(value));
    }
  }

  [[nodiscard]] const std::vector<SentParameter>& parameters() const { return sent_; }

 private:
  static std::span<const Choice> Names() {
    static const std::vector<Choice> names = [] {
      std::vector<Choice> all;
      for (const SearchParameter& parameter : SearchParameters()) {
        all.push_back({parameter.name, parameter.label, 0});
      }
      return all;
    }();
    return names;
  }

  SentParameter& Entry(const SearchParameter& parameter) {
    return *std::find_if(sent_.begin(), sent_.end(), [&parameter](const SentParameter& sent) {
      return sent.parameter == &parameter;
    });
  }

  std::vector<SentParameter> sent_;
  ParameterErrors* errors_;
};

// Returns the checked values of one parameter.
CheckedParameter CheckValues(const SentParameter& sent, RequestDraft* draft) {
  const SearchParameter& parameter = *sent.parameter;
  CheckedParameter checked{&parameter, {}};
  if (parameter.cardinality != Cardinality::kSingle && sent.texts.size() > parameter.max) {
    draft->errors.Add(MakeParameterError(parameter.name,
                                         sent.texts[parameter.max],
                                         fmt::format("more than {} values", parameter.max)));
    return checked;
  }
  size_t unknown = 0;
  for (const std::string& text : sent.texts) {
    if (unknown == kMaxSuggestedErrors) {
      break;
    }
    auto outcome = draft->source == RequestDraft::Source::kCanonical
                       ? ParseCanonicalValue(parameter, text)
                       : ParseParameterValue(parameter, text);
    if (auto* error = std::get_if<ParameterError>(&outcome)) {
      unknown += error->fault == ParameterFault::kUnknownValue ? 1 : 0;
      draft->errors.Add(std::move(*error));
    } else if (auto& value = std::get<ParameterValue>(outcome); !value.text.empty()) {
      checked.values.push_back(std::move(value));
    }
  }
  checked.Settle();
  return checked;
}

ParseOutcome BuildRequest(const SentParameters& sent,
                          RequestDraft* draft,
                          text::Analyzer* analyzer) {
  std::vector<CheckedParameter> checked;
  for (const SentParameter& entry : sent.parameters()) {
    checked.push_back(CheckValues(entry, draft));
    const SearchParameter& parameter = *entry.parameter;
    std::string canonical = checked.back().CanonicalText();
    if (!parameter.is_page && !canonical.empty() && canonical != parameter.default_value) {
      draft->canonical[std::string(parameter.name)] = std::move(canonical);
    }
  }
  if (draft->errors.empty()) {
    InterpretRequest(&checked, draft);
  }
  for (const CheckedParameter& entry : checked) {
    if (!entry.values.empty() && entry.parameter->apply != nullptr) {
      entry.parameter->apply(entry.values, draft);
    }
  }
  // The words are analysed and the cursor is compared only for a request that stands.
  if (draft->errors.empty()) {
    FinishRequest(analyzer, draft);
  }
  return {std::move(draft->request), draft->errors.Take()};
}

// Returns the text of a JSON value of the type that `parameter` takes, or nothing.
std::optional<std::string> JsonText(const SearchParameter& parameter, const JsonValue& value) {
  const bool is_decimal = parameter.kind == ValueKind::kDecimal;
  const bool is_number = parameter.kind == ValueKind::kNumber || is_decimal;
  if (const std::string* text = value.string()) {
    return !is_number || text->empty() ? std::optional<std::string>(*text) : std::nullopt;
  }
  if (is_number && value.integer() != nullptr) {
    return std::to_string(*value.integer());
  }
  if (is_decimal && value.number() != nullptr) {
    return fmt::format("{:f}", *value.number());
  }
  return std::nullopt;
}

void AddJsonMember(const SearchParameter& parameter,
                   const JsonValue& value,
                   SentParameters* sent,
                   ParameterErrors* errors) {
  const auto add_type_error = [&] {
    errors->Add(MakeParameterError(parameter.name,
                                   "",
                                   parameter.kind == ValueKind::kNumber ? "not a JSON integer"
                                   : parameter.kind == ValueKind::kDecimal
                                       ? "not a JSON number"
                                       : "not a JSON string or, of a list, an array of "
                                         "them"));
  };
  if (value.array() != nullptr && parameter.cardinality != Cardinality::kSingle) {
    for (const JsonValue& item : *value.array()) {
      if (std::optional<std::string> text = JsonText(parameter, item)) {
        sent->Add(parameter, *std::move(text));
      } else {
        add_type_error();
      }
    }
    return;
  }
  if (const std::optional<std::string> text = JsonText(parameter, value)) {
    sent->AddList(parameter, *text);
  } else {
    add_type_error();
  }
}

}  // namespace

bool ParseOutcome::is_malformed() const {
  return std::any_of(errors.begin(), errors.end(), [](const ParameterError& error) {
    return error.fault == ParameterFault::kMalformed;
  });
}

ParseOutcome ParseSearchParameters(const ParameterPairs& pairs, text::Analyzer* analyzer) {
  RequestDraft draft;
  SentParameters sent(&draft.errors);
  for (const auto& [name, value] : pairs) {
    if (const SearchParameter* parameter = sent.Find(name, value)) {
      sent.AddList(*parameter, value);
    }
  }
  return BuildRequest(sent, &draft, analyzer);
}

ParseOutcome ParseSearchJson(const JsonValue& body, text::Analyzer* analyzer) {
  RequestDraft draft;
  SentParameters sent(&draft.errors);
  if (body.object() == nullptr) {
    draft.errors.Add(MakeParameterError("", "", "the body is not a JSON object"));
    return {{}, draft.errors.Take()};
  }
  for (const auto& [name, value] : *body.object()) {
    const std::string* text = value.string();
    if (const SearchParameter* parameter = sent.Find(name, text != nullptr ? *text : "")) {
      AddJsonMember(*parameter, value, &sent, &draft.errors);
    }
  }
  return BuildRequest(sent, &draft, analyzer);
}

ParseOutcome ParseCanonicalRequest(std::string_view canonical, text::Analyzer* analyzer) {
  RequestDraft draft;
  draft.source = RequestDraft::Source::kCanonical;
  SentParameters sent(&draft.errors);
  for (const auto& [name, escaped] : SplitCanonical(canonical)) {
    const SearchParameter* parameter = sent.Find(name, escaped);
    if (parameter == nullptr) {
      continue;
    }
    const bool is_single = parameter->cardinality == Cardinality::kSingle;
    for (const std::string_view value :
         is_single ? std::vector<std::string_view>{escaped} : SplitEscapedList(escaped)) {
      if (std::optional<std::string> text = Unescape(value)) {
        sent.Add(*parameter, *std::move(text));
      } else {
        draft.errors.Add(MakeParameterError(name, value, "a broken escape"));
      }
    }
  }
  return BuildRequest(sent, &draft, analyzer);
}

uint64_t HashRequest(std::string_view canonical) {
  return Hash64(canonical);
}

}  // namespace kyujin::query

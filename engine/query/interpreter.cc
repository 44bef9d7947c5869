#include "engine/query/interpreter.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "engine/query/interpretation_label.h"
#include "engine/query/parameter_value.h"
#include "engine/query/place_chooser.h"
#include "engine/query/search_parameter.h"
#include "engine/query/word_segmenter.h"

namespace kyujin::query {
namespace {

constexpr size_t kMaxWordsInPhrase = 6;

bool IsOpen(const std::vector<SyntaxWord>& words, size_t i) {
  const bool is_beside_or = words[i].joined || (i + 1 < words.size() && words[i + 1].joined);
  return !words[i].quoted && !words[i].excluded && !is_beside_or;
}

// Returns the phrase that the open words from `first` on make together, and how many they are.
std::optional<std::pair<Piece, size_t>> FindSpan(const std::vector<SyntaxWord>& words,
                                                 size_t first) {
  std::optional<std::pair<Piece, size_t>> longest;
  std::string typed = words[first].text;
  std::string joined = typed;
  for (size_t count = 2; count <= kMaxWordsInPhrase && first + count <= words.size(); ++count) {
    const SyntaxWord& next = words[first + count - 1];
    if (!IsOpen(words, first + count - 1)) {
      break;
    }
    joined += next.text;
    typed += " " + next.text;
    PhraseMatch match = FindPhrase(joined);
    if (match.size == joined.size() && !match.values.empty()) {
      Piece piece{PieceKind::kPhrase, typed, std::move(match.values), {}, {}};
      longest.emplace(std::move(piece), count);
    }
  }
  return longest;
}

std::vector<TypedPieces> ReadPieces(const std::vector<SyntaxWord>& words) {
  std::vector<TypedPieces> read;
  for (size_t i = 0; i < words.size();) {
    TypedPieces typed{i, 1, {}};
    if (IsOpen(words, i)) {
      if (auto span = FindSpan(words, i)) {
        typed.count = span->second;
        typed.pieces.push_back(std::move(span->first));
      } else {
        typed.pieces = SegmentWord(words[i].text);
      }
    }
    i += typed.count;
    read.push_back(std::move(typed));
  }
  return read;
}

// Gathers the values of one parameter after the other, in the order in which they come.
std::vector<std::pair<std::string, std::vector<std::string>>> ByParameter(
    const std::vector<NamedValue>& values) {
  std::vector<std::pair<std::string, std::vector<std::string>>> grouped;
  for (const NamedValue& value : values) {
    if (grouped.empty() || grouped.back().first != value.parameter) {
      grouped.push_back({value.parameter, {}});
    }
    grouped.back().second.push_back(value.value);
  }
  return grouped;
}

InterpretedValue Describe(const std::string& parameter, const std::vector<std::string>& values) {
  InterpretedValue described{parameter, "", LabelOfValues(parameter, values)};
  for (const std::string& value : values) {
    described.value += (described.value.empty() ? "" : ",") + value;
  }
  return described;
}

// A station of the same name lies in several prefectures: the label says which.
InterpretedValue DescribePlace(const PlaceMeaning& meaning) {
  InterpretedValue described = Describe(std::string(meaning.parameter), {meaning.value});
  if (meaning.parameter == "station" && !meaning.prefecture.empty()) {
    described.label += "（" + LabelOfValues("pref", {std::string(meaning.prefecture)}) + "）";
  }
  return described;
}

// Whether the name is both that of municipalities and of stations: either may be meant, and only
// `place` takes both. The stations of a designated city add nothing to it.
bool IsAlsoStation(const Piece& piece) {
  const PlaceMeaning& first = piece.meanings.front();
  const bool is_large = first.parameter == "city" && IsDesignatedCity(first);
  return first.parameter == "city" && !is_large && first.rank != PlaceRank::kOffered &&
         std::any_of(piece.meanings.begin(), piece.meanings.end(), [](const PlaceMeaning& meaning) {
           return meaning.parameter == "station";
         });
}

std::string_view ParameterOf(const PlaceMeaning& meaning, const Piece& piece) {
  return IsAlsoStation(piece) ? "place" : meaning.parameter;
}

bool IsApplied(const PlaceMeaning& meaning, const Piece& piece) {
  return IsFirstChoice(meaning, piece.meanings.front()) ||
         (meaning.parameter == "station" && IsAlsoStation(piece));
}

bool IsValid(const NamedValue& value) {
  const SearchParameter* parameter = FindSearchParameter(value.parameter);
  return parameter != nullptr &&
         std::holds_alternative<ParameterValue>(ParseParameterValue(*parameter, value.value));
}

bool IsSingle(std::string_view parameter) {
  const SearchParameter* row = FindSearchParameter(parameter);
  return row != nullptr && row->cardinality == Cardinality::kSingle;
}

// Decides piece by piece what becomes a filter. Confined to one thread.
class Reader {
 public:
  Reader(const std::vector<SyntaxWord>& words, const std::set<std::string, std::less<>>& taken)
      : words_(words), taken_(taken) {}

  Interpretation Read() {
    std::vector<TypedPieces> read = ReadPieces(words_);
    ChoosePlaces(&read);
    for (const TypedPieces& typed : read) {
      ReadWord(typed);
    }
    return std::move(result_);
  }

 private:
  void ReadWord(const TypedPieces& typed) {
    std::vector<SyntaxWord> left;
    bool is_any_applied = false;
    for (const Piece& piece : typed.pieces) {
      const bool is_applied = ReadPiece(piece);
      is_any_applied = is_any_applied || is_applied;
      if (!is_applied && !piece.text.empty()) {
        left.push_back({piece.text, false, false, false});
      }
    }
    if (is_any_applied) {
      result_.words.insert(result_.words.end(), left.begin(), left.end());
      return;
    }
    const auto first = words_.begin() + static_cast<ptrdiff_t>(typed.first);
    result_.words.insert(result_.words.end(), first, first + static_cast<ptrdiff_t>(typed.count));
  }

  // Returns whether the piece is a filter now.
  bool ReadPiece(const Piece& piece) {
    switch (piece.kind) {
      case PieceKind::kPhrase:
        return AddChips(piece.text, {piece.values, {}, false});
      case PieceKind::kPlace:
        return ReadPlace(piece);
      case PieceKind::kOccupation: {
        const std::string code(piece.occupation);
        result_.chips.push_back({piece.text, Describe("occupation", {code}), false, {}});
        return false;
      }
      case PieceKind::kWord:
        break;
    }
    return false;
  }

  bool ReadPlace(const Piece& piece) {
    Reading reading;
    for (const PlaceMeaning& meaning : piece.meanings) {
      if (!IsValid({std::string(meaning.parameter), meaning.value})) {
        continue;
      }
      const NamedValue value{std::string(ParameterOf(meaning, piece)), meaning.value};
      const bool is_there =
          std::find(reading.values.begin(), reading.values.end(), value) != reading.values.end();
      if (!is_there && IsApplied(meaning, piece)) {
        reading.values.push_back(value);
      }
      reading.alternatives.push_back(DescribePlace(meaning));
    }
    if (reading.alternatives.size() < 2) {
      reading.alternatives.clear();
    }
    reading.is_offered = piece.meanings.front().rank == PlaceRank::kOffered;
    return AddChips(piece.text, reading);
  }

  struct Reading {
    std::vector<NamedValue> values;
    std::vector<InterpretedValue> alternatives;
    bool is_offered = false;  // and not applied
  };

  bool AddChips(const std::string& text, const Reading& reading) {
    const std::vector<NamedValue>& values = reading.values;
    if (values.empty() || !std::all_of(values.begin(), values.end(), IsValid)) {
      return false;
    }
    const auto grouped = ByParameter(values);
    const bool is_applied =
        !reading.is_offered &&
        std::all_of(grouped.begin(), grouped.end(), [&](const auto& g) { return IsFree(g.first); });
    for (const auto& [parameter, list] : grouped) {
      result_.chips.push_back({text, Describe(parameter, list), is_applied, reading.alternatives});
    }
    if (is_applied) {
      result_.values.insert(result_.values.end(), values.begin(), values.end());
    }
    return is_applied;
  }

  // A parameter that takes one value takes that of the first words.
  [[nodiscard]] bool IsFree(std::string_view parameter) const {
    const bool is_used =
        IsSingle(parameter) &&
        std::any_of(result_.values.begin(), result_.values.end(), [&](const NamedValue& value) {
          return value.parameter == parameter;
        });
    return !is_used && !taken_.contains(ParameterGroup(parameter));
  }

  const std::vector<SyntaxWord>& words_;
  const std::set<std::string, std::less<>>& taken_;
  Interpretation result_;
};

}  // namespace

std::string_view ParameterGroup(std::string_view parameter) {
  if (parameter == "pref" || parameter == "city" || parameter == "place") {
    return "place";
  }
  constexpr std::string_view kWageMinima[] = {
      "monthly_min", "hourly_min", "daily_min", "yearly_min"};
  const bool is_wage =
      std::find(std::begin(kWageMinima), std::end(kWageMinima), parameter) != std::end(kWageMinima);
  return is_wage ? "wage" : parameter;
}

Interpretation Interpret(const std::vector<SyntaxWord>& words,
                         const std::set<std::string, std::less<>>& taken) {
  return Reader(words, taken).Read();
}

}  // namespace kyujin::query

#include "engine/query/word_segmenter.h"

#include <algorithm>
#include <limits>
#include <map>

#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

constexpr size_t kMaxCutCharacters = 40;
constexpr size_t kMinUnknownCharacters = 2;
// An unknown piece costs more than any number of known ones in a word that short.
constexpr uint32_t kUnknownCost = 100;
// Whatever stands before 駅 is taken for a station's name when nothing else is known of it.
constexpr std::string_view kStationSuffix = "駅";
constexpr uint32_t kImpossible = std::numeric_limits<uint32_t>::max();

// What a piece asks of its neighbours.
enum class Edge : uint8_t {
  kStart,    // of the word: nothing
  kUnknown,  // text that no lexicon has
  kShy,      // known, but not beside unknown text
  kBold,     // known, beside anything
};

enum class CharacterClass : uint8_t { kOther, kKatakana, kAlphanumeric };

CharacterClass ClassOf(char32_t c) {
  if (text::IsKatakana(c)) {
    return CharacterClass::kKatakana;
  }
  return text::IsAsciiLetter(c) || text::IsAsciiDigit(c) ? CharacterClass::kAlphanumeric
                                                         : CharacterClass::kOther;
}

// Bytes of a particle or sign that only joins what stands around it; 0 when there is none.
size_t JoinerSize(std::string_view text) {
  constexpr std::string_view kJoiners[] = {
      "から", "より", "での", "の", "で", "に", "は", "が", "・", "、", ",", "/", "&", "+", "，"};
  for (const std::string_view joiner : kJoiners) {
    if (text.starts_with(joiner)) {
      return joiner.size();
    }
  }
  return 0;
}

// What the query syntax would read otherwise when it stands alone cannot be a word of its own.
bool CanBeWord(std::string_view text) {
  constexpr std::string_view kSigns[] = {"-", "−", "\"", "“", "”"};
  return text != "OR" && std::none_of(std::begin(kSigns), std::end(kSigns), [&](auto sign) {
           return text.starts_with(sign);
         });
}

// Finds the cheapest way through a word. Confined to one thread.
class Segmenter {
 public:
  explicit Segmenter(std::string_view text) : text_(text) {
    for (std::string_view rest = text; !rest.empty();) {
      starts_.push_back(text.size() - rest.size());
      classes_.push_back(ClassOf(text::DecodeUtf8(&rest)));
    }
    starts_.push_back(text.size());
  }

  std::vector<Piece> Run() {
    std::vector<Piece> pieces;
    const bool can_cut = starts_.size() <= kMaxCutCharacters + 1;
    if (can_cut && Best(0, Edge::kStart).cost != kImpossible) {
      size_t at = 0;
      Edge edge = Edge::kStart;
      while (at + 1 < starts_.size()) {
        const Step& step = Best(at, edge);
        if (!step.is_joiner) {
          pieces.push_back(step.piece);
        }
        edge = step.edge;
        at = step.end;
      }
    }
    const bool is_understood = std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
      return piece.kind != PieceKind::kWord;
    });
    if (!is_understood) {
      pieces = {{PieceKind::kWord, std::string(text_), {}, {}, {}}};
    }
    return pieces;
  }

 private:
  struct Step {
    uint32_t cost = kImpossible;  // of the rest of the word from here
    size_t end = 0;
    Edge edge = Edge::kStart;
    bool is_joiner = false;
    Piece piece;
  };

  // Where a step starts, after what, and its own cost.
  struct From {
    size_t at;
    Edge before;
    uint32_t cost;
  };

  // What a lexicon found.
  struct Candidate {
    size_t size = 0;  // bytes
    Glue glue = Glue::kAny;
    Piece piece;
  };

  const Step& Best(size_t at, Edge before) {
    const auto key = std::pair(at, before);
    const auto known = best_.find(key);
    if (known != best_.end()) {
      return known->second;
    }
    Step best;
    if (at + 1 == starts_.size()) {
      best.cost = 0;
    } else {
      TryKnown(at, before, &best);
      TryJoiner(at, before, &best);
      TryUnknown(at, before, &best);
    }
    return best_.emplace(key, std::move(best)).first->second;
  }

  void TryKnown(size_t at, Edge before, Step* best) {
    const std::string_view rest = text_.substr(starts_[at]);
    if (PhraseMatch match = FindPhrase(rest); match.size > 0) {
      Piece piece{match.values.empty() ? PieceKind::kWord : PieceKind::kPhrase, {}, {}, {}, {}};
      piece.values = std::move(match.values);
      TryPiece({at, before, 1}, {match.size, match.glue, std::move(piece)}, best);
    }
    if (const PlaceMatch match = FindPlace(rest); match.size > 0) {
      Piece piece{PieceKind::kPlace, {}, {}, {}, {}};
      piece.meanings.assign(match.meanings.begin(), match.meanings.end());
      const bool is_offered = match.meanings.front().rank == PlaceRank::kOffered;
      const Glue glue = is_offered ? Glue::kAlone : Glue::kKnown;
      TryPiece({at, before, 1}, {match.size, glue, std::move(piece)}, best);
    }
    if (at == 0 && starts_.size() > kMinUnknownCharacters + 1 && rest.ends_with(kStationSuffix)) {
      Piece piece{PieceKind::kPlace, {}, {}, {}, {}};
      piece.meanings.push_back(
          {"station", std::string(rest.substr(0, rest.size() - kStationSuffix.size()))});
      TryPiece({at, before, 1}, {rest.size(), Glue::kAlone, std::move(piece)}, best);
    }
    if (const OccupationMatch match = FindOccupation(rest); match.size > 0) {
      Piece piece{PieceKind::kOccupation, {}, {}, {}, match.code};
      TryPiece({at, before, 1}, {match.size, match.glue, std::move(piece)}, best);
    }
  }

  void TryPiece(const From& from, Candidate candidate, Step* best) {
    const size_t end = IndexOf(starts_[from.at] + candidate.size);
    const bool is_whole = from.at == 0 && end + 1 == starts_.size();
    if (candidate.glue == Glue::kAlone && !is_whole) {
      return;
    }
    candidate.piece.text = text_.substr(starts_[from.at], candidate.size);
    const Edge edge = candidate.glue == Glue::kAny ? Edge::kBold : Edge::kShy;
    Offer({0, end, edge, false, std::move(candidate.piece)}, from, best);
  }

  void TryJoiner(size_t at, Edge before, Step* best) {
    if (before == Edge::kShy || before == Edge::kBold) {
      if (const size_t size = JoinerSize(text_.substr(starts_[at])); size > 0) {
        Offer({0, IndexOf(starts_[at] + size), before, true, {}}, {at, before, 1}, best);
      }
    }
  }

  void TryUnknown(size_t at, Edge before, Step* best) {
    for (size_t end = at + kMinUnknownCharacters; end < starts_.size(); ++end) {
      Piece piece{PieceKind::kWord, {}, {}, {}, {}};
      piece.text = text_.substr(starts_[at], starts_[end] - starts_[at]);
      if (CanBeWord(piece.text)) {
        const auto cost = kUnknownCost + static_cast<uint32_t>(end - at);
        Offer({0, end, Edge::kUnknown, false, std::move(piece)}, {at, before, cost}, best);
      }
    }
  }

  // Takes `step` when it and what follows it cost less than `*best`.
  void Offer(Step step, const From& from, Step* best) {
    if (!Fit(from.before, step.edge) || CutsRun(from.at) || CutsRun(step.end)) {
      return;
    }
    const uint32_t rest = Best(step.end, step.edge).cost;
    if (rest != kImpossible && rest + from.cost < best->cost) {
      step.cost = rest + from.cost;
      *best = std::move(step);
    }
  }

  static bool Fit(Edge before, Edge after) {
    return (before != Edge::kUnknown && after != Edge::kUnknown) || before == Edge::kStart ||
           before == Edge::kBold || after == Edge::kBold;
  }

  // Whether a cut before character `at` would go through a word in katakana, a number or Latin.
  [[nodiscard]] bool CutsRun(size_t at) const {
    return at > 0 && at < classes_.size() && classes_[at] != CharacterClass::kOther &&
           classes_[at] == classes_[at - 1];
  }

  [[nodiscard]] size_t IndexOf(size_t byte) const {
    return static_cast<size_t>(std::lower_bound(starts_.begin(), starts_.end(), byte) -
                               starts_.begin());
  }

  std::string_view text_;
  std::vector<size_t> starts_;  // of each character, and the end
  std::vector<CharacterClass> classes_;
  std::map<std::pair<size_t, Edge>, Step> best_;
};

}  // namespace

std::vector<Piece> SegmentWord(std::string_view text) {
  return Segmenter(text).Run();
}

}  // namespace kyujin::query

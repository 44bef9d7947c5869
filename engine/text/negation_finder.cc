#include "engine/text/negation_finder.h"

#include <algorithm>
#include <array>

namespace kyujin::text {
namespace {

constexpr size_t kMostTogether = 8;

// Bytes of the sign at the start of `rest` that may part a word from what is said of it, as in a
// list or a form: 夜勤：なし, 夜勤（なし）. 0 for none.
size_t SignBytes(std::string_view rest) {
  constexpr std::array<std::string_view, 12> kSigns = {
      ": ", " :", ":", " (", "(", "→", "⇒", "…", "【", "[", "「", " "};
  // Most words are followed by kana or kanji: none of the signs begins as these do.
  const auto byte = [rest](size_t i) { return static_cast<unsigned char>(rest[i]); };
  if (rest.size() < 2 || byte(0) > 0xE3 || (byte(0) == 0xE3 && byte(1) != 0x80)) {
    return 0;
  }
  const auto* const sign = std::find_if(
      kSigns.begin(), kSigns.end(), [rest](auto known) { return rest.starts_with(known); });
  return sign == kSigns.end() ? 0 : sign->size();
}

// A comma parts more than it joins: only はありません after the last word speaks of all.
bool IsComma(std::string_view joiner) {
  return joiner == "、" || joiner == "," || joiner == "，";
}

bool Joins(std::string_view between) {
  constexpr std::array<std::string_view, 13> kJoiners = {
      "・", "/", "や", "と", "も", "及び", "および", "又は", "または", "かつ", "、", ",", "，"};
  return std::find(kJoiners.begin(), kJoiners.end(), between) != kJoiners.end();
}

bool BeginsWithParticle(std::string_view pattern) {
  constexpr std::array<std::string_view, 6> kParticles = {"は", "も", "が", "とも", "を", "など"};
  return std::any_of(kParticles.begin(), kParticles.end(), [pattern](auto particle) {
    return pattern.starts_with(particle);
  });
}

}  // namespace

std::optional<Negation> NegationFinder::Of(size_t i) const {
  const Negation own = After(i);
  if (own.size > 0) {
    return own;
  }
  if (spans_[i].word_class != WordClass::kWord) {
    return std::nullopt;
  }
  const std::optional<Negation> of_head = OfHead(i);
  return of_head ? of_head : Together(i);
}

// A pattern after spans_[i] must end where a morpheme does.
Negation NegationFinder::After(size_t i) const {
  const WordSpan& span = spans_[i];
  const bool may_be_negated =
      span.word_class == WordClass::kWord || span.word_class == WordClass::kCounter;
  if (!may_be_negated) {
    return {};
  }
  const Negation found = Fitting(i, SignBytes(text_.substr(span.end)));
  return found.size > 0 && IsNeverNegated(TextOf(i)) ? Negation{} : found;
}

Negation NegationFinder::Fitting(size_t i, size_t apart) const {
  const size_t begin = spans_[i].end + apart;
  const std::string_view rest = text_.substr(begin);
  for (Negation found = FindNegation(rest); found.size > 0;
       found = FindNegation(rest, found.size)) {
    const size_t end = begin + found.size;
    const size_t last = SpanAfter(end, i + 1);
    if (last < spans_.size() && spans_[last].end == end) {
      return {apart + found.size, found.kind};
    }
  }
  return {};
}

// 夜勤業務なし: what is not there is 夜勤.
std::optional<Negation> NegationFinder::OfHead(size_t i) const {
  const auto follows = [this](size_t first, size_t second) {
    return second < spans_.size() && spans_[first].end == spans_[second].begin;
  };
  const bool has_no = follows(i, i + 1) && TextOf(i + 1) == "の";
  const size_t head = has_no ? i + 2 : i + 1;
  if (!follows(head - 1, head)) {
    return std::nullopt;
  }
  const Negation negation = After(head);
  const bool is_taken_back =
      negation.size > 0 && negation.kind != NegationKind::kNoMatter && IsNegationHead(TextOf(head));
  return is_taken_back ? std::optional(Negation{0, negation.kind}) : std::nullopt;
}

// 夜勤・残業なし: neither. Only words of one kind are meant together, as 日勤・残業なし tells.
std::optional<Negation> NegationFinder::Together(size_t i) const {
  bool has_comma = false;
  for (size_t step = 0; step < kMostTogether; ++step) {
    std::string_view joiner;
    const size_t next = NextOfKind(i, &joiner);
    if (next == i) {
      return std::nullopt;
    }
    has_comma = has_comma || IsComma(joiner);
    if (const Negation negation = After(next); negation.size > 0) {
      const std::string_view said = text_.substr(spans_[next].end, negation.size);
      return has_comma && !BeginsWithParticle(said) ? std::nullopt
                                                    : std::optional(Negation{0, negation.kind});
    }
    if (const auto of_head = OfHead(next); of_head && !has_comma) {
      return of_head;
    }
    i = next;
  }
  return std::nullopt;
}

// The word of the kind of spans_[i] that a particle or a sign joins to it, i for none.
size_t NegationFinder::NextOfKind(size_t i, std::string_view* joiner) const {
  const unsigned kind = NegationGroup(TextOf(i));
  if (kind == 0) {
    return i;
  }
  size_t next = i + 1;
  while (next < spans_.size() && spans_[next].word_class == WordClass::kStop) {
    ++next;
  }
  if (next >= spans_.size() || NegationGroup(TextOf(next)) != kind) {
    return i;
  }
  *joiner = text_.substr(spans_[i].end, spans_[next].begin - spans_[i].end);
  return Joins(*joiner) ? next : i;
}

// The index of the first span from `i` on that ends at or after `byte`.
size_t NegationFinder::SpanAfter(size_t byte, size_t i) const {
  while (i < spans_.size() && spans_[i].end < byte) {
    ++i;
  }
  return i;
}

std::string_view NegationFinder::TextOf(size_t i) const {
  return text_.substr(spans_[i].begin, spans_[i].end - spans_[i].begin);
}

}  // namespace kyujin::text

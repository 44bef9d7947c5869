#include "engine/schema/condition_reader.h"

#include <algorithm>

#include "engine/schema/code_point.h"
#include "engine/schema/value_reader.h"
#include "engine/text/normalizer.h"

namespace kyujin::schema {
namespace {

constexpr size_t kMaxSubjects = 8;
constexpr char16_t kSpace = u' ';

char16_t FoldUnit(char32_t code) {
  const char32_t folded = FoldChar(code);
  if (folded >= U'A' && folded <= U'Z') {
    return static_cast<char16_t>(folded - U'A' + U'a');
  }
  return folded > 0xFFFF ? char16_t{0xFFFD} : static_cast<char16_t>(folded);
}

// Half-width kana and loose voicing marks, which one character alone cannot fold.
bool NeedsNormalizing(char32_t code) {
  return (code >= 0xFF65 && code <= 0xFF9F) || code == 0x3099 || code == 0x309A;
}

// Takes a kana or kanji that is its own folded form, which most characters are; else takes nothing
// and returns 0.
char16_t TakePlain(std::string_view* text) {
  constexpr char16_t kFirstKana = 0x3041;
  constexpr char16_t kLastKana = 0x30FA;
  constexpr char16_t kFirstKanji = 0x4E00;
  constexpr char16_t kLastKanji = 0x9FFF;
  if (text->size() < 3) {
    return 0;
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(text->data());
  const bool is_sequence =
      (bytes[0] & 0xF0U) == 0xE0U && (bytes[1] & 0xC0U) == 0x80U && (bytes[2] & 0xC0U) == 0x80U;
  const auto code = static_cast<char16_t>((bytes[0] & 0x0FU) << 12U | (bytes[1] & 0x3FU) << 6U |
                                          (bytes[2] & 0x3FU));
  const bool is_plain = (code >= kFirstKanji && code <= kLastKanji) ||
                        (code >= kFirstKana && code <= kLastKana && !NeedsNormalizing(code));
  if (!is_sequence || !is_plain) {
    return 0;
  }
  text->remove_prefix(3);
  return code;
}

bool HasBit(std::span<const uint64_t> words, uint16_t bit) {
  constexpr unsigned kWordBits = 64;
  return (words[bit / kWordBits] >> (bit % kWordBits) & 1U) != 0;
}

bool IsOfGroup(const PatternRule& rule, uint8_t group) {
  return rule.group == kAnyGroup || rule.group == group;
}

bool IsDigit(char16_t c) {
  return c >= u'0' && c <= u'9';
}

}  // namespace

void ConditionReader::Read(std::string_view text) {
  if (!Fold(text)) {
    const std::string normal = text::FoldWidth(text);
    Fold(normal);
  }
  Walk();
}

ConditionAnswers ConditionReader::Take() {
  const ConditionMask both = found_.yes & found_.no;
  const ConditionAnswers answers{found_.yes & ~both, found_.no & ~both};
  found_ = {};
  return answers;
}

bool ConditionReader::Fold(std::string_view text) {
  folded_.resize(text.size());
  bool is_simple = true;
  char16_t* out = folded_.data();
  while (!text.empty()) {
    if (const char16_t plain = TakePlain(&text); plain != 0) {
      *out++ = plain;
      continue;
    }
    const char32_t code = TakeCodePoint(&text);
    is_simple = is_simple && !NeedsNormalizing(code);
    const char16_t unit = FoldUnit(code);
    if (unit != kSpace || (out != folded_.data() && out[-1] != kSpace)) {
      *out++ = unit;
    }
  }
  folded_.resize(static_cast<size_t>(out - folded_.data()));
  return is_simple;
}

void ConditionReader::Walk() {
  size_t place = 0;
  while (place < folded_.size()) {
    if (state_ == State::kIdle && !CanOpen(place)) {
      ++place;
      continue;
    }
    const Matches matches = FindAt(place);
    if (state_ != State::kIdle) {
      if (const size_t end = Continue(matches); end != 0) {
        place = end;
        continue;
      }
      // A hand-made line break may stand anywhere.
      if (folded_[place] == kSpace) {
        ++place;
        continue;
      }
      Close();
    }
    place = Open(matches, place);
  }
  Close();
}

ConditionReader::Matches ConditionReader::FindAt(size_t begin) const {
  Matches matches;
  const PatternNode* node = patterns_.nodes.data();
  for (size_t place = begin; place < folded_.size(); ++place) {
    const char16_t character = folded_[place];
    if (character == kSpace && place > begin) {
      continue;
    }
    const auto edges = patterns_.edges.subspan(node->first_edge, node->edges);
    const auto edge = std::lower_bound(
        edges.begin(), edges.end(), character, [](const PatternEdge& known, char16_t wanted) {
          return known.character < wanted;
        });
    if (edge == edges.end() || edge->character != character) {
      break;
    }
    node = &patterns_.nodes[edge->node];
    if (node->rules != 0) {
      if (matches.size == Matches::kMax) {
        std::move(matches.found.begin() + 1, matches.found.end(), matches.found.begin());
        --matches.size;
      }
      matches.found.at(matches.size) = {patterns_.rules.subspan(node->first_rule, node->rules),
                                        place + 1};
      ++matches.size;
    }
  }
  return matches;
}

bool ConditionReader::CanOpen(size_t place) const {
  const char16_t character = folded_[place];
  if (place + 1 == folded_.size()) {
    return HasBit(patterns_.opening_singles, character);
  }
  const char16_t next = folded_[place + 1];
  return next == kSpace || HasBit(patterns_.opening_pairs, PatternPair(character, next)) ||
         HasBit(patterns_.opening_singles, character);
}

size_t ConditionReader::Open(const Matches& matches, size_t begin) {
  for (size_t i = matches.size; i > 0; --i) {
    size_t end = 0;
    if (OpenWith(matches.found.at(i - 1), &end)) {
      return end;
    }
  }
  return begin + 1;
}

bool ConditionReader::OpenWith(const Match& match, size_t* end) {
  *end = match.end;
  bool is_open = false;
  for (const PatternRule& rule : match.rules) {
    switch (rule.kind) {
      case PatternKind::kSkip:
        return true;
      case PatternKind::kBefore:
        is_void_ = true;
        state_ = State::kSubject;
        is_open = true;
        break;
      case PatternKind::kSubject:
        subjects_.push_back(rule);
        state_ = State::kSubject;
        is_open = true;
        break;
      case PatternKind::kPhrase:
        Add(rule.condition, rule.said, &open_);
        answer_group_ = rule.group;
        state_ = State::kAnswer;
        is_open = true;
        break;
      case PatternKind::kWithin:
        is_open = ReadMinutes(rule, end);
        break;
      default:
        break;
    }
  }
  return is_open;
}

// `5分`, `約5分`, `3~5分`: the longest time counts.
bool ConditionReader::ReadMinutes(const PatternRule& rule, size_t* place) {
  constexpr unsigned kMax = 1'000;
  unsigned minutes = 0;
  bool has_digits = false;
  size_t end = *place;
  for (; end < folded_.size(); ++end) {
    const char16_t c = folded_[end];
    if (IsDigit(c)) {
      minutes = std::min(minutes * 10 + (c - u'0'), kMax);
      has_digits = true;
    } else if (c == u'~' || c == u'-') {
      minutes = 0;
      has_digits = false;
    } else if (c != kSpace && c != u'約' && c != u'(' && c != u':') {
      break;
    }
  }
  if (!has_digits || end == folded_.size() || folded_[end] != u'分') {
    return false;
  }
  Add(rule.condition, minutes <= rule.minutes ? Tristate::kYes : Tristate::kNo, &open_);
  answer_group_ = rule.group;
  state_ = State::kAnswer;
  *place = end + 1;
  return true;
}

size_t ConditionReader::Continue(const Matches& matches) {
  for (size_t i = matches.size; i > 0; --i) {
    const Match& match = matches.found.at(i - 1);
    // A longer text that is something else is not cut for a shorter one that would fit.
    const bool is_other = std::any_of(match.rules.begin(), match.rules.end(), [](const auto& rule) {
      return rule.kind == PatternKind::kSkip || rule.kind == PatternKind::kPhrase ||
             rule.kind == PatternKind::kWithin;
    });
    if (is_other) {
      return 0;
    }
    if (ContinueWith(match)) {
      return match.end;
    }
  }
  return 0;
}

bool ConditionReader::ContinueWith(const Match& match) {
  if (state_ == State::kSubject) {
    return Judge(match) || ContinueSubject(match);
  }
  for (const PatternRule& rule : match.rules) {
    if (rule.kind == PatternKind::kCancel && IsOfGroup(rule, answer_group_)) {
      open_ = {};
      Close();
      return true;
    }
  }
  return std::any_of(match.rules.begin(), match.rules.end(), [this](const PatternRule& rule) {
    return rule.kind == PatternKind::kLink && IsOfGroup(rule, answer_group_);
  });
}

bool ConditionReader::ContinueSubject(const Match& match) {
  const uint8_t group = subjects_.empty() ? kAnyGroup : subjects_.front().group;
  bool belongs = false;
  for (const PatternRule& rule : match.rules) {
    if (rule.kind == PatternKind::kLink && IsOfGroup(rule, group)) {
      belongs = true;
    } else if (rule.kind == PatternKind::kJoin && IsOfGroup(rule, group)) {
      is_joined_ = true;
      belongs = true;
    }
  }
  if (belongs) {
    return true;
  }
  for (const PatternRule& rule : match.rules) {
    const bool fits = subjects_.empty() || (is_joined_ && rule.group == group);
    if (rule.kind == PatternKind::kSubject && fits && subjects_.size() < kMaxSubjects) {
      subjects_.push_back(rule);
      belongs = true;
    }
  }
  is_joined_ = is_joined_ && !belongs;
  return belongs;
}

bool ConditionReader::Judge(const Match& match) {
  bool is_answer = false;
  for (const PatternRule& rule : match.rules) {
    if (rule.kind != PatternKind::kAffirm && rule.kind != PatternKind::kDeny) {
      continue;
    }
    for (const PatternRule& subject : subjects_) {
      if (IsOfGroup(rule, subject.group)) {
        Add(subject.condition,
            rule.kind == PatternKind::kAffirm ? subject.affirmed : subject.denied,
            &open_);
        answer_group_ = subject.group;
        is_answer = true;
      }
    }
  }
  if (is_answer) {
    subjects_.clear();
    state_ = State::kAnswer;
  }
  return is_answer;
}

void ConditionReader::Close() {
  for (const PatternRule& subject : subjects_) {
    Add(subject.condition, subject.said, &open_);
  }
  if (!is_void_) {
    found_.yes |= open_.yes;
    found_.no |= open_.no;
  }
  subjects_.clear();
  open_ = {};
  state_ = State::kIdle;
  is_joined_ = false;
  is_void_ = false;
}

void ConditionReader::Add(uint8_t condition, Tristate answer, ConditionAnswers* answers) const {
  if (condition == kNoCondition || answer == Tristate::kUnknown) {
    return;
  }
  const ConditionMask bit = ConditionBit(static_cast<Condition>(condition));
  (answer == Tristate::kYes ? answers->yes : answers->no) |= bit;
}

}  // namespace kyujin::schema

// ConditionReader: what free text says of conditions (API.md 4): `転勤はありません`,
// `マイカー通勤不可`, `夜勤なしの日勤専従`. One walk over the text along the trie of
// condition_pattern.h, linear in its length; the deriver asks it for what no field decides.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schema/condition.h"
#include "engine/schema/condition_pattern.h"

namespace kyujin::schema {

struct ConditionAnswers {
  ConditionMask yes = 0;
  ConditionMask no = 0;
  friend bool operator==(const ConditionAnswers&, const ConditionAnswers&) = default;
};

// Thread rule: **Confined to one thread.** Its buffers are used again.
class ConditionReader {
 public:
  ConditionReader() : patterns_(GetConditionPatterns()) {}

  // Adds what `text` says. Texts are read one by one: nothing reaches from one into the next.
  void Read(std::string_view text);

  // What all texts since the last call said. A condition that they affirm and deny is in neither.
  ConditionAnswers Take();

 private:
  using Rules = std::span<const PatternRule>;
  // What is open at a place of the text.
  enum class State {
    kIdle,     // nothing
    kSubject,  // subjects that something may be said of
    kAnswer,   // an answer that may be taken back
  };
  struct Match {
    Rules rules;
    size_t end = 0;
  };
  // The texts of the trie that begin at one place, shortest first.
  struct Matches {
    static constexpr size_t kMax = 8;
    std::array<Match, kMax> found;
    size_t size = 0;
  };

  // Fills folded_: half width, small letters, runs of spaces as one. False when the text needs full
  // normalisation first.
  bool Fold(std::string_view text);
  void Walk();
  // The longest kMax texts of the trie at `begin`.
  [[nodiscard]] Matches FindAt(size_t begin) const;
  // Whether something may open at `place`; quick, and right when it says no.
  [[nodiscard]] bool CanOpen(size_t place) const;
  // Begins something, from kIdle. Returns where to go on; the longest text that opens anything
  // counts.
  size_t Open(const Matches& matches, size_t begin);
  bool OpenWith(const Match& match, size_t* end);
  bool ReadMinutes(const PatternRule& rule, size_t* place);
  // Goes on with what is open, by the longest text that belongs to it. Returns where to go on, or 0
  // when none belongs.
  size_t Continue(const Matches& matches);
  bool ContinueWith(const Match& match);
  bool ContinueSubject(const Match& match);
  bool Judge(const Match& match);
  // Ends what is open and keeps what it said.
  void Close();
  void Add(uint8_t condition, Tristate answer, ConditionAnswers* answers) const;

  ConditionPatterns patterns_;
  std::u16string folded_;
  std::vector<PatternRule> subjects_;
  ConditionAnswers open_;   // of kAnswer
  ConditionAnswers found_;  // of all texts so far
  State state_ = State::kIdle;
  uint8_t answer_group_ = kAnyGroup;
  bool is_joined_ = false;  // the last thing was a join
  bool is_void_ = false;    // behind a kBefore
};

}  // namespace kyujin::schema

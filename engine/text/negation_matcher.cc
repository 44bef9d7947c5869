#include "engine/text/negation_matcher.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "engine/text/sentence_splitter.h"
#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr size_t kMaxPatternBytes = 120;

bool WordGoesOn(std::string_view rest) {
  return !rest.empty() && IsWordCharacter(DecodeUtf8Char(rest).value);
}

// Most words are followed by something else: the first two characters tell. Requires: as many
// bytes.
constexpr size_t kStartBytes = 6;

bool HasStart(std::span<const uint64_t> starts, std::string_view text) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15ULL;
  constexpr unsigned kShift = 51;
  uint64_t start = 0;
  std::memcpy(&start, text.data(), kStartBytes);
  const uint64_t place = (start * kMultiplier) >> kShift;
  return (starts[place / 64] >> (place % 64) & 1U) != 0;
}

bool MayBegin(std::string_view rest) {
  return rest.size() < kStartBytes || rest.starts_with("無") || HasStart(NegationStarts(), rest);
}

// 応募しませんか invites, ありませんでしょうか asks; しませんから does neither.
bool IsQuestion(std::string_view pattern, std::string_view after) {
  return pattern.ends_with("ません") && ((after.starts_with("か") && !after.starts_with("から")) ||
                                         after.starts_with("でしょうか"));
}

bool Fits(const NegationPattern& pattern, std::string_view rest) {
  if (!rest.starts_with(pattern.text)) {
    return false;
  }
  const std::string_view after = rest.substr(pattern.text.size());
  return pattern.kind == NegationKind::kNoneAtEnd ? !WordGoesOn(after)
                                                  : !IsQuestion(pattern.text, after);
}

}  // namespace

Negation FindNegation(std::string_view rest) {
  return MayBegin(rest) ? FindNegation(rest, kMaxPatternBytes) : Negation{};
}

// Of the patterns that `rest` begins with, each longer one sorts after the shorter ones, and all of
// them at or before `rest`; what stands between them shares the longest common start.
Negation FindNegation(std::string_view rest, size_t than) {
  const std::span<const NegationPattern> patterns = NegationPatterns();
  std::string_view probe = rest.substr(0, std::min(rest.size(), than - 1));
  while (!probe.empty()) {
    const auto after = std::upper_bound(
        patterns.begin(), patterns.end(), probe, [](std::string_view text, const auto& pattern) {
          return text < pattern.text;
        });
    if (after == patterns.begin()) {
      return {};
    }
    const NegationPattern& before = *(after - 1);
    if (before.text.size() < than && Fits(before, rest)) {
      return {before.text.size(), before.kind};
    }
    const auto [differs, end] =
        std::mismatch(probe.begin(), probe.end(), before.text.begin(), before.text.end());
    const auto common = static_cast<size_t>(differs - probe.begin());
    probe = probe.substr(0, std::min(common, probe.size() - 1));
  }
  return {};
}

bool IsNegationHead(std::string_view word) {
  const std::span<const std::string_view> heads = NegationHeads();
  return std::binary_search(heads.begin(), heads.end(), word);
}

unsigned NegationGroup(std::string_view word) {
  if (word.size() < kStartBytes || !HasStart(NegatedTogetherStarts(), word)) {
    return 0;
  }
  const std::span<const GroupedWord> words = NegatedTogether();
  const auto found = std::lower_bound(
      words.begin(), words.end(), word, [](const GroupedWord& known, std::string_view value) {
        return known.word < value;
      });
  return found != words.end() && found->word == word ? found->group : 0;
}

bool IsNeverNegated(std::string_view word) {
  const std::span<const std::string_view> words = NeverNegated();
  return std::binary_search(words.begin(), words.end(), word);
}

}  // namespace kyujin::text

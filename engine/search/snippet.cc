#include "engine/search/snippet.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/text/utf8.h"

namespace kyujin::search {
namespace {

// Code points [begin, end) of a text.
struct Stretch {
  size_t begin = 0;
  size_t end = 0;
};

bool IsSpace(char32_t c) {
  return c == U' ' || c == U'\u3000' || c == U'\n' || c == U'\r' || c == U'\t';
}

bool EndsSentence(char32_t c) {
  return IsSpace(c) || c == U'。' || c == U'！' || c == U'？' || c == U'!' || c == U'?';
}

// A text by code points: where each begins, and what it is.
class Characters {
 public:
  explicit Characters(std::string_view text) {
    std::string_view rest = text;
    while (!rest.empty()) {
      begins_.push_back(static_cast<uint32_t>(text.size() - rest.size()));
      values_.push_back(text::DecodeUtf8(&rest));
    }
    begins_.push_back(static_cast<uint32_t>(text.size()));
  }

  [[nodiscard]] size_t size() const { return values_.size(); }
  [[nodiscard]] uint32_t Byte(size_t place) const { return begins_[place]; }
  [[nodiscard]] char32_t operator[](size_t place) const { return values_[place]; }
  // The code point that begins at `byte`.
  [[nodiscard]] size_t PlaceOf(uint32_t byte) const {
    return static_cast<size_t>(std::lower_bound(begins_.begin(), begins_.end(), byte) -
                               begins_.begin());
  }

 private:
  std::vector<uint32_t> begins_;
  std::vector<char32_t> values_;
};

// The matches of [first, last) that a stretch has room for, and what they are worth.
struct Choice {
  size_t first = 0;
  size_t last = 0;
  uint32_t words = 0;
};

Choice BestChoice(const std::vector<TextMatch>& matches,
                  const Characters& characters,
                  size_t max_code_points) {
  Choice best;
  for (size_t first = 0; first < matches.size(); ++first) {
    const size_t limit = characters.PlaceOf(matches[first].begin) + max_code_points;
    std::set<uint32_t> words;
    size_t last = first;
    do {
      words.insert(matches[last++].number);
    } while (last < matches.size() && characters.PlaceOf(matches[last].end) <= limit);
    const Choice choice{first, last, static_cast<uint32_t>(words.size())};
    if (std::tuple(choice.words, choice.last - choice.first) >
        std::tuple(best.words, best.last - best.first)) {
      best = choice;
    }
  }
  return best;
}

// Widens `core` to at most `max_code_points`: back to the start of its sentence if that leaves some
// of the room for what follows, else by a third of the room.
Stretch Widen(const Characters& characters, Stretch core, size_t max_code_points) {
  core.end = std::min(core.end, core.begin + max_code_points);
  const size_t room = max_code_points - (core.end - core.begin);
  const size_t farthest = core.begin - std::min(core.begin, room * 2 / 3);
  size_t begin = core.begin;
  while (begin > farthest && !EndsSentence(characters[begin - 1])) {
    --begin;
  }
  if (begin == farthest && begin > 0) {
    begin = core.begin - std::min(core.begin, room / 3);
  }
  size_t end = std::min(characters.size(), begin + max_code_points);
  // What is left over at the end of the text goes to the front.
  const size_t unused = max_code_points - (end - begin);
  begin -= std::min(begin, unused);
  while (begin < core.begin && IsSpace(characters[begin])) {
    ++begin;
  }
  while (end > core.end && IsSpace(characters[end - 1])) {
    --end;
  }
  return {begin, end};
}

void AppendEscaped(std::string_view text, std::string* html) {
  for (const char c : text) {
    switch (c) {
      case '&':
        *html += "&amp;";
        break;
      case '<':
        *html += "&lt;";
        break;
      case '>':
        *html += "&gt;";
        break;
      case '"':
        *html += "&quot;";
        break;
      case '\'':
        *html += "&#39;";
        break;
      default:
        html->push_back(c);
    }
  }
}

// Writes bytes [begin, end) of `text`; overlapping and touching matches become one mark.
std::string Mark(std::string_view text,
                 const std::vector<TextMatch>& matches,
                 uint32_t begin,
                 uint32_t end) {
  std::string html;
  uint32_t at = begin;
  for (size_t i = 0; i < matches.size();) {
    const uint32_t from = std::max(matches[i].begin, at);
    uint32_t to = matches[i].end;
    for (++i; i < matches.size() && matches[i].begin <= to; ++i) {
      to = std::max(to, matches[i].end);
    }
    to = std::min(to, end);
    if (from >= to) {
      continue;
    }
    AppendEscaped(text.substr(at, from - at), &html);
    html += "<em>";
    AppendEscaped(text.substr(from, to - from), &html);
    html += "</em>";
    at = to;
  }
  AppendEscaped(text.substr(at, end - at), &html);
  return html;
}

}  // namespace

Snippet MakeSnippet(std::string_view text,
                    const std::vector<TextMatch>& matches,
                    size_t max_code_points) {
  const Characters characters(text);
  const Choice choice = BestChoice(matches, characters, max_code_points);
  uint32_t last_byte = 0;
  for (size_t i = choice.first; i < choice.last; ++i) {
    last_byte = std::max(last_byte, matches[i].end);
  }
  const Stretch core{characters.PlaceOf(matches[choice.first].begin),
                     characters.PlaceOf(last_byte)};
  const Stretch shown = Widen(characters, core, max_code_points);
  return {Mark(text, matches, characters.Byte(shown.begin), characters.Byte(shown.end)),
          choice.words,
          static_cast<uint32_t>(choice.last - choice.first)};
}

}  // namespace kyujin::search

#include "engine/search/highlighter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "engine/text/utf8.h"

namespace kyujin::search {
namespace {

using query::MatchKind;
using query::WordForm;
using text::Token;

// The term without the mark of a compound's part (token.h): a form matches both.
std::string_view Plain(std::string_view term) {
  if (term.size() > 1 && term.front() == '~') {
    term.remove_prefix(1);
  }
  return term;
}

// The last token of the form that begins at token `first`, or nothing.
std::optional<size_t> EndOfForm(const std::vector<Token>& tokens,
                                size_t first,
                                const WordForm& form) {
  size_t at = first;
  for (size_t i = 1; i < form.parts.size(); ++i) {
    const uint32_t position =
        tokens[first].position + form.parts[i].offset - form.parts.front().offset;
    const auto holds_part = [&](const Token& token) {
      return token.position == position && Plain(token.text) == Plain(form.parts[i].term);
    };
    // The whole of a compound and its parts stand at one position, so a part may come before `at`.
    while (at > 0 && tokens[at - 1].position >= position) {
      --at;
    }
    while (at < tokens.size() && tokens[at].position <= position && !holds_part(tokens[at])) {
      ++at;
    }
    if (at == tokens.size() || !holds_part(tokens[at])) {
      return std::nullopt;
    }
  }
  return at;
}

// The typed word as it would stand inside a token.
std::string Typed(const query::Word& word) {
  std::string typed;
  for (const WordForm::Part& part : word.forms.front().parts) {
    typed += Plain(part.term);
  }
  return typed;
}

bool IsBetter(const Snippet& a, const Snippet& b) {
  return std::tuple(a.words, a.matches) > std::tuple(b.words, b.matches);
}

}  // namespace

Highlighter::Highlighter(const query::WordQuery& words, text::Analyzer* analyzer)
    : words_(words), analyzer_(analyzer) {
  for (const query::WordClause& clause : words_.clauses) {
    for (const query::Word& word : clause.alternatives) {
      AddWord(word);
    }
  }
}

void Highlighter::AddWord(const query::Word& word) {
  for (const WordForm& form : word.forms) {
    starts_[Plain(form.parts.front().term)].push_back({&form, &word, word_count_});
  }
  ++word_count_;
}

std::vector<FieldHighlight> Highlighter::Highlight(const schema::JobPosting& posting) {
  std::array<std::optional<Snippet>, schema::kSearchFieldCount> best;
  if (starts_.empty()) {
    return {};
  }
  for (const schema::FeedRecord::Value& value : posting.feed.values()) {
    const auto field = static_cast<size_t>(schema::GetFeedField(value.tag).search_field);
    if (field >= best.size() || (words_.fields >> field & 1U) == 0) {
      continue;
    }
    FindMatches(value.text);
    if (matches_.empty()) {
      continue;
    }
    Snippet snippet = MakeSnippet(value.text, matches_, kSnippetCodePoints);
    if (!best[field] || IsBetter(snippet, *best[field])) {
      best[field] = std::move(snippet);
    }
  }
  std::vector<FieldHighlight> highlights;
  for (size_t field = 0; field < best.size(); ++field) {
    if (best[field]) {
      highlights.push_back({static_cast<schema::SearchField>(field), std::move(best[field]->html)});
    }
  }
  return highlights;
}

void Highlighter::FindMatches(std::string_view text) {
  matches_.clear();
  analyzer_->Analyze(text, &tokens_);
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const auto starts = starts_.find(Plain(tokens_[i].text));
    if (starts == starts_.end()) {
      continue;
    }
    for (const Start& start : starts->second) {
      AddMatch(start, i, text);
    }
  }
  std::sort(matches_.begin(), matches_.end(), [](const TextMatch& a, const TextMatch& b) {
    return std::tuple(a.begin, a.end, a.number) < std::tuple(b.begin, b.end, b.number);
  });
  matches_.erase(std::unique(matches_.begin(), matches_.end()), matches_.end());
}

void Highlighter::AddMatch(const Start& start, size_t first_token, std::string_view text) {
  if (start.form->parts.size() == 1) {
    matches_.push_back(
        start.form->kind == MatchKind::kPartial
            ? PartInside(start, tokens_[first_token], text)
            : TextMatch{tokens_[first_token].begin, tokens_[first_token].end, start.number});
    return;
  }
  if (const auto last = EndOfForm(tokens_, first_token, *start.form)) {
    matches_.push_back({tokens_[first_token].begin, tokens_[*last].end, start.number});
  }
}

TextMatch Highlighter::PartInside(const Start& start, const Token& token, std::string_view text) {
  const TextMatch whole{token.begin, token.end, start.number};
  const std::string_view term = Plain(token.text);
  const std::string typed = Typed(*start.word);
  const std::string_view original = text.substr(token.begin, token.end - token.begin);
  const size_t at = term.find(typed);
  // Only where normalising kept every character one can tell which of them they were.
  if (at == std::string_view::npos ||
      text::CountCodePoints(term) != text::CountCodePoints(original)) {
    return whole;
  }
  const size_t before = text::CountCodePoints(term.substr(0, at));
  const size_t count = text::CountCodePoints(typed);
  const size_t begin = text::FirstCodePoints(original, before).size();
  const size_t end = text::FirstCodePoints(original, before + count).size();
  return {static_cast<uint32_t>(token.begin + begin),
          static_cast<uint32_t>(token.begin + end),
          start.number};
}

}  // namespace kyujin::search

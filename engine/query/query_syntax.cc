#include "engine/query/query_syntax.h"

#include <optional>

#include "engine/text/normalizer.h"
#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

constexpr std::string_view kQuotes[] = {"\"", "“", "”"};
constexpr std::string_view kMinuses[] = {"-", "−"};

// Returns the size of the mark of `marks` at the start of `text`, 0 when there is none.
template <size_t kSize>
size_t MarkAt(std::string_view text, const std::string_view (&marks)[kSize]) {
  for (const std::string_view mark : marks) {
    if (text.starts_with(mark)) {
      return mark.size();
    }
  }
  return 0;
}

// Returns where the first quote of `text` starts, npos when there is none.
size_t FindQuote(std::string_view text) {
  size_t first = std::string_view::npos;
  for (const std::string_view quote : kQuotes) {
    first = std::min(first, text.find(quote));
  }
  return first;
}

std::string CollapseSpaces(std::string_view text) {
  std::string collapsed;
  for (const char c : text) {
    if (c != ' ' || (!collapsed.empty() && collapsed.back() != ' ')) {
      collapsed.push_back(c);
    }
  }
  if (!collapsed.empty() && collapsed.back() == ' ') {
    collapsed.pop_back();
  }
  return collapsed;
}

// Reads words one after the other from text whose width is folded: U+3000 is a space there, and
// full-width quotes, minus signs and letters are half-width.
class Scanner {
 public:
  Scanner(std::string_view text, bool reads_minus) : rest_(text), reads_minus_(reads_minus) {}

  std::optional<SyntaxWord> Next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    if (rest_.empty()) {
      return std::nullopt;
    }
    SyntaxWord word;
    word.excluded = TakeMinus();
    if (!TakePhrase(&word)) {
      const size_t size = std::min(rest_.find(' '), rest_.size());
      word.text = rest_.substr(0, size);
      rest_.remove_prefix(size);
    }
    return word;
  }

 private:
  bool TakeMinus() {
    const size_t size = reads_minus_ ? MarkAt(rest_, kMinuses) : 0;
    if (size == 0 || size == rest_.size() || rest_[size] == ' ') {
      return false;
    }
    rest_.remove_prefix(size);
    return true;
  }

  bool TakePhrase(SyntaxWord* word) {
    const size_t open = MarkAt(rest_, kQuotes);
    if (open == 0) {
      return false;
    }
    const std::string_view inside = rest_.substr(open);
    const size_t end = FindQuote(inside);
    if (end == std::string_view::npos) {
      return false;
    }
    word->quoted = true;
    word->text = CollapseSpaces(inside.substr(0, end));
    rest_ = inside.substr(end);
    rest_.remove_prefix(MarkAt(rest_, kQuotes));
    return true;
  }

  std::string_view rest_;
  bool reads_minus_;
};

bool IsOr(const SyntaxWord& word) {
  return word.text == "OR" && !word.quoted && !word.excluded;
}

}  // namespace

std::vector<SyntaxWord> ParseQuerySyntax(std::string_view text) {
  const std::string folded = text::FoldWidth(text);
  Scanner scanner(folded, true);
  std::vector<SyntaxWord> words;
  bool after_or = false;
  while (auto word = scanner.Next()) {
    if (word->text.empty()) {
      continue;
    }
    if (IsOr(*word)) {
      after_or = true;
      continue;
    }
    word->joined = after_or && !words.empty() && !words.back().excluded && !word->excluded;
    after_or = false;
    words.push_back(std::move(*word));
  }
  return words;
}

std::vector<SyntaxWord> ParseExcludedSyntax(std::string_view text) {
  const std::string folded = text::FoldWidth(text);
  Scanner scanner(folded, false);
  std::vector<SyntaxWord> words;
  while (auto word = scanner.Next()) {
    if (!word->text.empty() && !IsOr(*word)) {
      words.push_back(std::move(*word));
    }
  }
  return words;
}

std::string FormatQuery(const std::vector<SyntaxWord>& words) {
  std::string text;
  for (const SyntaxWord& word : words) {
    if (!text.empty()) {
      text += word.joined ? " OR " : " ";
    }
    text += word.excluded ? "-" : "";
    text += word.quoted ? "\"" : "";
    text += word.text;
    text += word.quoted ? "\"" : "";
  }
  return text;
}

}  // namespace kyujin::query

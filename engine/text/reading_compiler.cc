#include "engine/text/reading_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "engine/text/normalizer.h"
#include "engine/text/reading_table.h"
#include "engine/text/romaji.h"

namespace kyujin::text {
namespace {

// The terms of `tokens` with their distances, in one string; empty for none.
std::string SignatureOf(const std::vector<Token>& tokens) {
  std::string signature;
  for (const Token& token : tokens) {
    if (!IsPartTerm(token.text)) {
      signature += fmt::format("{} {} ", token.position - tokens.front().position, token.text);
    }
  }
  return signature;
}

}  // namespace

Result<std::string> CompileReadings(std::string_view rows,
                                    const std::shared_ptr<const AnalyzerModel>& model) {
  Analyzer analyzer(model);
  std::vector<Token> tokens;
  std::map<std::pair<std::string, std::string>, std::string> kept;
  for (size_t line = 1; !rows.empty(); ++line) {
    const std::string_view row = rows.substr(0, rows.find('\n'));
    rows.remove_prefix(std::min(rows.size(), row.size() + 1));
    const size_t tab = row.find('\t');
    if (tab == std::string_view::npos || tab == 0 || tab + 1 == row.size()) {
      return InvalidArgument(fmt::format("reading rows, line {}: not a reading and a word", line));
    }
    const std::string reading = KatakanaOf(Normalize(row.substr(0, tab)).text);
    std::string surface = Normalize(row.substr(tab + 1)).text;
    analyzer.Analyze(surface, &tokens);
    std::string signature = SignatureOf(tokens);
    if (signature.empty()) {
      continue;
    }
    std::string& known = kept[{reading, std::move(signature)}];
    if (known.empty() || std::pair(surface.size(), surface) < std::pair(known.size(), known)) {
      known = std::move(surface);
    }
  }
  std::vector<std::pair<std::string, std::string>> words;
  words.reserve(kept.size());
  for (auto& [key, surface] : kept) {
    words.emplace_back(key.first, std::move(surface));
  }
  return WriteReadingTable(words);
}

}  // namespace kyujin::text

// The syntax of q: what is formatted must read as the same words.
#include <cstdint>
#include <string_view>

#include "engine/base/result.h"
#include "engine/query/query_syntax.h"
#include "engine/text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace kyujin;  // NOLINT(google-build-using-namespace)
  constexpr size_t kMaxBytes = 4'096;
  const std::string_view text(reinterpret_cast<const char*>(data), std::min(size, kMaxBytes));
  const auto words = query::ParseQuerySyntax(text);
  for (const query::SyntaxWord& word : words) {
    KYUJIN_CHECK(!word.text.empty());
    KYUJIN_CHECK(text::IsValidUtf8(word.text));
    KYUJIN_CHECK(!(word.joined && word.excluded));
  }
  KYUJIN_CHECK(query::ParseQuerySyntax(query::FormatQuery(words)) == words);
  const auto excluded = query::ParseExcludedSyntax(text);
  KYUJIN_CHECK(query::ParseExcludedSyntax(query::FormatQuery(excluded)) == excluded);
  return 0;
}

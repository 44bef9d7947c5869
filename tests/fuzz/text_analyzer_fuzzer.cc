// Any bytes are text: what the analyzer makes of them must hold together.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/text/analyzer.h"
#include "engine/text/normalizer.h"
#include "engine/text/utf8.h"

namespace {

using kyujin::text::Analyzer;
using kyujin::text::AnalyzerModel;
using kyujin::text::Token;

Analyzer MakeAnalyzer() {
  auto model = AnalyzerModel::Load();
  KYUJIN_CHECK(model.has_value());
  return Analyzer(*model);
}

void CheckTokens(std::string_view text, const std::vector<Token>& tokens) {
  const Token* previous = nullptr;
  for (const Token& token : tokens) {
    KYUJIN_CHECK(!token.text.empty() && token.text.size() <= kyujin::text::kMaxTermBytes);
    KYUJIN_CHECK(kyujin::text::IsValidUtf8(token.text));
    KYUJIN_CHECK(token.begin < token.end && token.end <= text.size());
    KYUJIN_CHECK(token.text.find_first_of("~!", 1) == std::string::npos && token.width > 0);
    if (kyujin::text::IsPartTerm(token.text)) {
      // A part lies inside its compound.
      KYUJIN_CHECK(previous != nullptr && previous->position <= token.position);
      KYUJIN_CHECK(token.position + token.width <= previous->position + previous->width);
      KYUJIN_CHECK(previous->begin <= token.begin && token.end <= previous->end);
      continue;
    }
    if (previous != nullptr) {
      KYUJIN_CHECK(previous->position + previous->width <= token.position);
      KYUJIN_CHECK(previous->begin <= token.begin && previous->end <= token.end);
    }
    previous = &token;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Analyzer analyzer = MakeAnalyzer();  // loading it for each input would be most of the run
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<Token> tokens;
  KYUJIN_CHECK(analyzer.Analyze(text, &tokens) <= size);
  CheckTokens(text, tokens);

  const kyujin::text::NormalizedText normalized = kyujin::text::Normalize(text);
  KYUJIN_CHECK(kyujin::text::IsValidUtf8(normalized.text));
  KYUJIN_CHECK(normalized.offsets.size() == normalized.text.size() + 1);
  KYUJIN_CHECK(kyujin::text::IsValidUtf8(kyujin::text::FoldWidth(text)));
  KYUJIN_CHECK(kyujin::text::CountCodePoints(text) <= size);
  return 0;
}

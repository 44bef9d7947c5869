// One dictionary for all tests of this program: loading it takes longer than a test.
#pragma once

#include <memory>

#include "engine/text/analyzer.h"

namespace kyujin::query {

inline text::Analyzer MakeAnalyzer() {
  static const std::shared_ptr<const text::AnalyzerModel> model = [] {
    auto loaded = text::AnalyzerModel::Load();
    return loaded.has_value() ? *loaded : nullptr;
  }();
  KYUJIN_CHECK(model != nullptr);
  return text::Analyzer(model);
}

}  // namespace kyujin::query

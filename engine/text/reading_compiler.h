// Makes the bytes of the reading table (reading_table.h) at build time, by the analyzer itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/text/analyzer.h"

namespace kyujin::text {

// Reads rows of katakana, tab, surface, one a line. Surfaces that the analyzer makes no word of are
// left out, of those with the same terms and the same reading one stays: the shortest.
// Errors: kInvalidArgument with the number of the line.
Result<std::string> CompileReadings(std::string_view rows,
                                    const std::shared_ptr<const AnalyzerModel>& model);

}  // namespace kyujin::text

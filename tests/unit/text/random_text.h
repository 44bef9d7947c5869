// Made-up text for property tests: every class of characters the analyzer treats in its own way,
// broken bytes included.
#pragma once

#include <memory>
#include <random>
#include <string>

#include "engine/text/analyzer.h"

namespace kyujin::text {

// Returns up to `max_pieces` words, runs and odd bytes drawn with `random`.
std::string RandomText(std::mt19937_64* random, size_t max_pieces);

// The model of the build's own dictionary, loaded once per call.
std::shared_ptr<const AnalyzerModel> LoadModel();

}  // namespace kyujin::text

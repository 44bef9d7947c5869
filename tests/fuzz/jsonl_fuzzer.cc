// Any bytes as JSON Lines: the reader ends, keeps to its limits, and what it gives does not depend
// on the pieces in which the bytes came.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "indexer/source_jsonl.h"
#include "tests/fuzz/record_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using kyujin::indexer::JsonlSource;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto limits = kyujin::indexer::SmallLimits();
  JsonlSource source(limits);
  const auto whole = kyujin::indexer::ReadBytes(source, bytes, SIZE_MAX);
  kyujin::indexer::CheckSink(whole, limits, size);
  KYUJIN_CHECK(whole.broken.empty());
  const auto lines = static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
  KYUJIN_CHECK(whole.records.size() + whole.rejects.size() <= lines);
  const auto pieces = kyujin::indexer::ReadBytes(source, bytes, 3);
  KYUJIN_CHECK(kyujin::indexer::HaveSameRecords(whole, pieces));
  return 0;
}

// Any bytes as a feed page: the reader ends, keeps to its limits, and what it gives does not depend
// on the pieces in which the bytes came.
#include <cstddef>
#include <cstdint>
#include <string>

#include "indexer/source_teikyo_xml.h"
#include "tests/fuzz/record_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using kyujin::indexer::TeikyoXmlSource;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto limits = kyujin::indexer::SmallLimits();
  TeikyoXmlSource source(limits);
  const auto whole = kyujin::indexer::ReadBytes(source, bytes, SIZE_MAX);
  kyujin::indexer::CheckSink(whole, limits, size);
  KYUJIN_CHECK(whole.broken.size() <= 1);
  const auto pieces = kyujin::indexer::ReadBytes(source, bytes, 3);
  KYUJIN_CHECK(kyujin::indexer::HaveSameRecords(whole, pieces));
  return 0;
}

// Position blocks: any bytes are runs or broken; runs that were read can be written and read again,
// and their positions are in order.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/index/position_block.h"

namespace {

using kyujin::ByteReader;
using kyujin::index::PositionBlockBuilder;
using kyujin::index::PositionBlockReader;

// Reads the run's postings as if each had `frequency` positions.
void ReadRun(std::string_view bytes, uint32_t count, uint32_t frequency) {
  ByteReader rest(bytes);
  std::vector<uint32_t> positions;
  for (uint32_t i = 0; i < count; ++i) {
    if (!kyujin::index::ReadPositions(&rest, frequency, &positions)) {
      break;
    }
    KYUJIN_CHECK(positions.size() <= frequency);
    KYUJIN_CHECK(std::adjacent_find(positions.begin(), positions.end(), std::greater_equal<>()) ==
                 positions.end());
    if (rest.empty()) {
      break;
    }
  }
  ByteReader all(bytes);
  KYUJIN_CHECK(!kyujin::index::SkipPositions(&all, bytes.size() + 1));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view block(reinterpret_cast<const char*>(data), size);
  PositionBlockReader reader(block);
  PositionBlockBuilder builder;
  std::string previous;
  bool is_ordered = true;
  while (reader.Next()) {
    is_ordered = is_ordered && reader.term() > previous;
    previous = reader.term();
    ReadRun(reader.run().bytes, reader.run().count, size % 4 + 1);
    KYUJIN_CHECK(kyujin::index::FindPositions(block, reader.term()).has_value());
    builder.Add(reader.term(), reader.run(), 0);
  }
  // Only what a writer may write comes back as it was.
  if (reader.failed() || !is_ordered || builder.empty()) {
    return 0;
  }
  const std::string again = builder.Finish().bytes;
  PositionBlockReader first(block);
  PositionBlockReader second(again);
  while (first.Next()) {
    KYUJIN_CHECK(second.Next());
    KYUJIN_CHECK(first.term() == second.term() && first.run().first == second.run().first);
    KYUJIN_CHECK(first.run().count == second.run().count &&
                 first.run().bytes == second.run().bytes);
  }
  KYUJIN_CHECK(!second.Next() && !second.failed());
  return 0;
}

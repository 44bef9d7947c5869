// Term blocks: any bytes are runs or broken; runs that were read can be written and read again, and
// their postings and positions are in order.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/posting_list.h"
#include "engine/index/term_block.h"

namespace {

using kyujin::ByteReader;
using kyujin::index::BlockKind;
using kyujin::index::Posting;
using kyujin::index::TermBlockBuilder;
using kyujin::index::TermBlockReader;
using kyujin::index::TermRun;

// Reads the run's postings as if each had `frequency` positions.
void ReadRunPositions(std::string_view bytes, uint32_t count, uint32_t frequency) {
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

// Postings that were read are written as the bytes they were read from.
void ReadRunPostings(const TermRun& run) {
  const auto total = kyujin::index::PostingTotal(run);
  KYUJIN_CHECK(!total || (run.first == 0 && *total >= run.count));
  std::vector<Posting> postings;
  if (!kyujin::index::ReadPostings(run, &postings)) {
    return;
  }
  KYUJIN_CHECK(postings.size() == run.count);
  std::string again;
  if (run.first == 0) {
    kyujin::AppendVarint(&again, ByteReader(run.bytes).Varint().value_or(0));
  }
  kyujin::DocId before = 0;
  for (const Posting& posting : postings) {
    KYUJIN_CHECK(posting.frequency > 0 && posting.doc >= before);
    kyujin::index::AppendPosting(&again, posting.doc - before, posting.frequency);
    before = posting.doc;
  }
  KYUJIN_CHECK(again == run.bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view block(reinterpret_cast<const char*>(data), size);
  TermBlockReader reader(block);
  TermBlockBuilder builder(BlockKind::kPostings);
  std::string previous;
  bool is_ordered = true;
  while (reader.Next()) {
    is_ordered = is_ordered && reader.term() > previous;
    previous = reader.term();
    ReadRunPositions(reader.run().bytes, reader.run().count, size % 4 + 1);
    ReadRunPostings(reader.run());
    TermBlockReader other(block);
    KYUJIN_CHECK(!reader.term().empty() && (!is_ordered || other.SkipTo(reader.term())));
    builder.Add(reader.term(), reader.run(), 0);
  }
  // Only what a writer may write comes back as it was.
  if (reader.failed() || !is_ordered || builder.empty()) {
    return 0;
  }
  const std::string again = builder.Finish().bytes;
  TermBlockReader first(block);
  TermBlockReader second(again);
  while (first.Next()) {
    KYUJIN_CHECK(second.Next());
    KYUJIN_CHECK(first.term() == second.term() && first.run().first == second.run().first);
    KYUJIN_CHECK(first.run().count == second.run().count &&
                 first.run().bytes == second.run().bytes);
  }
  KYUJIN_CHECK(!second.Next() && !second.failed());
  return 0;
}

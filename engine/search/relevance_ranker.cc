#include "engine/search/relevance_ranker.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <string>
#include <utility>

#include "engine/base/coding.h"
#include "engine/base/kernels.h"

namespace kyujin::search {
namespace {

// With fewer matches than this, choosing the order of blocks costs more than it saves.
constexpr uint64_t kFewMatches = 2'048;
constexpr size_t kBlocksPerClock = 64;

// Entries of the queue: the bound above, the block below and inverted, so that of equal bounds the
// first block, which has the smaller numbers, comes first.
constexpr unsigned kBlockBits = 24;
constexpr uint64_t kBlockMask = (uint64_t{1} << kBlockBits) - 1;
constexpr uint64_t kMaxBound = UINT64_MAX >> kBlockBits;

std::span<const uint16_t> ReceivedOf(const index::SegmentColumns& columns) {
  return columns.Values<uint16_t>(schema::Column::kReceived);
}

// Lists too short to have maxima of their blocks are read through.
void AddBounds(const WordList& list, std::vector<uint64_t>* bounds) {
  if (list.has_block_maxima()) {
    for (size_t i = 0; i < bounds->size(); ++i) {
      (*bounds)[i] += list.BlockMaximum(i);
    }
    return;
  }
  if (list.is_dense()) {
    for (uint64_t& bound : *bounds) {
      bound += list.maximum();
    }
    return;
  }
  for (size_t i = 0; i < list.docs().size();) {
    const size_t block = list.docs()[i] / kBlockDocuments;
    uint32_t maximum = 0;
    for (; i < list.docs().size() && list.docs()[i] / kBlockDocuments == block; ++i) {
      maximum = std::max(maximum, list.scores()[i]);
    }
    (*bounds)[block] += maximum;
  }
}

// The first place from `at` on whose document is not before `doc`: in steps that double, because it
// is mostly near.
size_t Advance(std::span<const DocId> docs, size_t at, DocId doc) {
  size_t step = 1;
  while (at + step < docs.size() && docs[at + step] < doc) {
    at += step;
    step *= 2;
  }
  const auto from = docs.begin() + static_cast<std::ptrdiff_t>(std::min(at, docs.size()));
  const auto to = docs.begin() + static_cast<std::ptrdiff_t>(std::min(at + step, docs.size()));
  return static_cast<size_t>(std::lower_bound(from, to, doc) - docs.begin());
}

}  // namespace

RecencyMaxima::RecencyMaxima(const index::SegmentColumns& columns, const Recency& recency)
    : values_(BlockCount(columns.documents())) {
  const auto received = ReceivedOf(columns);
  for (size_t doc = 0; doc < received.size(); ++doc) {
    uint32_t& value = values_[doc / kBlockDocuments];
    value = std::max(value, recency.Score(received[doc]));
  }
}

size_t RecencyMaxima::bytes() const {
  return sizeof(*this) + values_.capacity() * sizeof(uint32_t);
}

std::span<const uint32_t> RecencyMaximaOf(const index::Segment& segment,
                                          const Recency& recency,
                                          CacheSession* cache) {
  std::string key(1, RecencyMaxima::kKeyTag);
  AppendFixed(&key, segment.key());
  AppendFixed(&key, recency.day());
  const auto* known = cache->Find<RecencyMaxima>(key);
  if (known == nullptr) {
    known = cache->Keep(std::move(key),
                        std::make_unique<const RecencyMaxima>(segment.columns(), recency));
  }
  return known->values();
}

Status RelevanceRanker::Rank(const RelevanceInput& input, Deadline deadline, TopDocs* top) {
  return input.match_count <= kFewMatches ? RankInOrder(input, deadline, top)
                                          : RankBestFirst(input, deadline, top);
}

Status RelevanceRanker::RankInOrder(const RelevanceInput& input, Deadline deadline, TopDocs* top) {
  is_in_order_ = true;
  passed_.assign(input.lists.size(), 0);
  for (size_t block = 0; block < BlockCount(input.place.columns.documents()); ++block) {
    ScoreBlock(input, block, top);
  }
  return deadline.expired() ? Status(DeadlineExceeded("scores")) : Status();
}

void RelevanceRanker::BoundBlocks(const RelevanceInput& input) {
  bounds_.assign(input.recency_maxima.begin(), input.recency_maxima.end());
  for (const WordList* list : input.lists) {
    AddBounds(*list, &bounds_);
  }
  queue_.clear();
  for (size_t block = 0; block < bounds_.size(); ++block) {
    queue_.push_back(std::min(bounds_[block], kMaxBound) << kBlockBits | (kBlockMask - block));
  }
  std::make_heap(queue_.begin(), queue_.end());
}

Status RelevanceRanker::RankBestFirst(const RelevanceInput& input,
                                      Deadline deadline,
                                      TopDocs* top) {
  is_in_order_ = false;
  BoundBlocks(input);
  const auto numbers = input.place.columns.numbers();
  for (size_t steps = 1; !queue_.empty(); ++steps) {
    if (steps % kBlocksPerClock == 0 && deadline.expired()) {
      return DeadlineExceeded("scores");
    }
    std::pop_heap(queue_.begin(), queue_.end());
    const size_t block = kBlockMask - (queue_.back() & kBlockMask);
    queue_.pop_back();
    // The best that may be in the block: its bound, and the smallest number.
    const RankedDoc best{
        ScoreKey(static_cast<int64_t>(bounds_[block])), numbers[block * kBlockDocuments], 0, 0};
    const RankedDoc* last = top->last();
    if (last != nullptr && best.key > last->key) {
      break;
    }
    if (last == nullptr || best < *last) {
      ScoreBlock(input, block, top);
    }
  }
  return {};
}

size_t RelevanceRanker::AddList(const WordList& list,
                                size_t block,
                                size_t rank,
                                std::span<const uint64_t> matches) {
  const size_t first_word = block * kBlockWords;
  if (list.is_dense()) {
    ActiveKernels().add_chosen(list.bits().words().data() + first_word,
                               matches.data(),
                               matches.size(),
                               list.scores().data() + rank,
                               totals_);
    return rank;
  }
  const auto docs = list.docs();
  for (; rank < docs.size() && docs[rank] / kBlockDocuments == block; ++rank) {
    totals_[docs[rank] % kBlockDocuments] += list.scores()[rank];
  }
  return rank;
}

void RelevanceRanker::ScoreBlock(const RelevanceInput& input, size_t block, TopDocs* top) {
  const auto all = input.matches.words();
  const size_t first_word = block * kBlockWords;
  const auto matches =
      all.subspan(first_word, std::min<size_t>(kBlockWords, all.size() - first_word));
  if (std::all_of(matches.begin(), matches.end(), [](uint64_t word) { return word == 0; })) {
    return;
  }
  for (size_t i = 0; i < input.lists.size(); ++i) {
    const WordList& list = *input.lists[i];
    if (is_in_order_ && !list.is_dense()) {
      const auto first = static_cast<DocId>(block * kBlockDocuments);
      passed_[i] = AddList(list, block, Advance(list.docs(), passed_[i], first), matches);
    } else {
      AddList(list, block, list.BlockBegin(block), matches);
    }
  }
  const auto numbers = input.place.columns.numbers();
  const auto received = ReceivedOf(input.place.columns);
  BitmapView(matches).ForEach([&](uint32_t bit) {
    const auto doc = static_cast<DocId>(block * kBlockDocuments + bit);
    const uint64_t score = totals_[bit] + input.recency.Score(received[doc]);
    const uint64_t key = ScoreKey(static_cast<int64_t>(score));
    if (top->MayKeep(key)) {
      top->Add({key, numbers[doc], input.place.segment, doc});
    }
  });
  std::fill(std::begin(totals_), std::end(totals_), 0);
}

}  // namespace kyujin::search

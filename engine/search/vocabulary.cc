#include "engine/search/vocabulary.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/schema/feed_field.h"
#include "engine/text/one_mistake.h"
#include "engine/text/token.h"
#include "engine/text/utf8.h"

namespace kyujin::search {
namespace {

constexpr unsigned kCodePointBits = 21;

// The pairs of neighbouring characters of `word`, in order.
std::vector<uint64_t> PairsOf(std::string_view word) {
  std::vector<uint64_t> pairs;
  char32_t previous = 0;
  while (!word.empty()) {
    const char32_t c = text::DecodeUtf8(&word);
    if (previous != 0) {
      pairs.push_back(uint64_t{previous} << kCodePointBits | c);
    }
    previous = c;
  }
  return pairs;
}

query::SearchFieldMask FieldOf(char prefix) {
  for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
    if (field.term_prefix == prefix) {
      return static_cast<query::SearchFieldMask>(1U << static_cast<unsigned>(field.id));
    }
  }
  return 0;
}

}  // namespace

Result<std::shared_ptr<const Vocabulary>> Vocabulary::Read(index::TextReader* reader) {
  std::vector<std::pair<std::string, query::SearchFieldMask>> words;
  KYUJIN_RETURN_IF_ERROR(
      reader->ForEachTerm("", [&](std::string_view term, uint32_t /*documents*/) -> Status {
        std::string_view word = term.substr(1);
        if (word.starts_with(text::kPartMarker)) {
          word.remove_prefix(1);
        }
        if (!word.empty() && !word.starts_with(text::kNegationMarker)) {
          words.emplace_back(word, FieldOf(term.front()));
        }
        return {};
      }));
  std::sort(words.begin(), words.end());
  std::shared_ptr<Vocabulary> vocabulary(new Vocabulary());
  const std::string* last = nullptr;
  for (const auto& [word, field] : words) {
    if (last == nullptr || *last != word) {
      vocabulary->bytes_ += word;
      vocabulary->ends_.push_back(static_cast<uint32_t>(vocabulary->bytes_.size()));
      vocabulary->fields_.push_back(0);
      last = &word;
    }
    vocabulary->fields_.back() |= field;
  }
  vocabulary->IndexPairs();
  return std::shared_ptr<const Vocabulary>(std::move(vocabulary));
}

void Vocabulary::IndexPairs() {
  std::vector<std::pair<uint64_t, uint32_t>> places;
  for (uint32_t id = 0; id < size(); ++id) {
    for (const uint64_t pair : PairsOf(Word(id))) {
      places.emplace_back(pair, id);
    }
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  pair_ids_.reserve(places.size());
  for (const auto& [pair, id] : places) {
    if (pairs_.empty() || pairs_.back() != pair) {
      pairs_.push_back(pair);
      pair_ends_.push_back(0);
    }
    pair_ids_.push_back(id);
    pair_ends_.back() = static_cast<uint32_t>(pair_ids_.size());
  }
}

Vocabulary::IdRange Vocabulary::WordsWith(uint64_t pair) const {
  const auto found = std::lower_bound(pairs_.begin(), pairs_.end(), pair);
  if (found == pairs_.end() || *found != pair) {
    return {nullptr, nullptr};
  }
  const auto place = static_cast<size_t>(found - pairs_.begin());
  const uint32_t begin = place == 0 ? 0 : pair_ends_[place - 1];
  return {pair_ids_.data() + begin, pair_ids_.data() + pair_ends_[place]};
}

bool Vocabulary::Has(std::string_view word, query::SearchFieldMask fields) const {
  uint32_t low = 0;
  auto high = static_cast<uint32_t>(size());
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (Word(middle) < word) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < size() && Word(low) == word && (fields_[low] & fields) != 0;
}

std::vector<uint32_t> Vocabulary::Holding(std::string_view piece,
                                          query::SearchFieldMask fields) const {
  std::vector<uint32_t> ids;
  const auto add = [&](uint32_t id) {
    if ((fields_[id] & fields) != 0 && Word(id).size() > piece.size() &&
        Word(id).find(piece) != std::string_view::npos) {
      ids.push_back(id);
    }
  };
  const std::vector<uint64_t> pairs = PairsOf(piece);
  if (pairs.empty()) {
    // One character: rare enough to look at every word.
    for (uint32_t id = 0; id < size(); ++id) {
      add(id);
    }
    return ids;
  }
  IdRange rarest = WordsWith(pairs.front());
  for (const uint64_t pair : pairs) {
    const IdRange words = WordsWith(pair);
    rarest = words.size() < rarest.size() ? words : rarest;
  }
  std::for_each(rarest.begin, rarest.end, add);
  return ids;
}

std::vector<std::string_view> Vocabulary::FindHolding(std::string_view piece,
                                                      query::SearchFieldMask fields,
                                                      size_t limit) const {
  std::vector<uint32_t> ids = Holding(piece, fields);
  const auto last = ids.begin() + static_cast<ptrdiff_t>(std::min(limit, ids.size()));
  std::partial_sort(ids.begin(), last, ids.end(), [this](uint32_t a, uint32_t b) {
    return std::tuple(Word(a).size(), a) < std::tuple(Word(b).size(), b);
  });
  std::vector<std::string_view> words;
  for (auto at = ids.begin(); at != last; ++at) {
    words.push_back(Word(*at));
  }
  return words;
}

std::vector<std::string_view> Vocabulary::FindNear(std::string_view word,
                                                   query::SearchFieldMask fields) const {
  // A mistake spoils at most three pairs.
  constexpr size_t kSpoilt = 3;
  const std::vector<uint64_t> pairs = PairsOf(word);
  const size_t needed = pairs.size() > kSpoilt + 1 ? pairs.size() - kSpoilt : 1;
  std::vector<uint16_t> shared(size());  // how many of the pairs each word has
  std::vector<uint32_t> ids;
  for (const uint64_t pair : pairs) {
    const IdRange words = WordsWith(pair);
    std::for_each(words.begin, words.end, [&](uint32_t id) {
      if (++shared[id] == needed) {
        ids.push_back(id);
      }
    });
  }
  std::erase_if(ids, [&](uint32_t id) {
    return (fields_[id] & fields) == 0 || !text::IsOneMistakeAway(Word(id), word);
  });
  std::sort(ids.begin(), ids.end());
  std::vector<std::string_view> near(ids.size());
  std::transform(ids.begin(), ids.end(), near.begin(), [this](uint32_t id) { return Word(id); });
  return near;
}

Result<std::shared_ptr<const Vocabulary>> VocabularyCache::Get(
    const std::shared_ptr<const index::Segment>& segment, index::TextReader* reader) {
  const MutexLock lock(mutex_);
  for (const Entry& entry : entries_) {
    if (entry.segment.lock() == segment) {
      return entry.vocabulary;
    }
  }
  std::erase_if(entries_, [](const Entry& entry) { return entry.segment.expired(); });
  KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const Vocabulary> vocabulary, Vocabulary::Read(reader));
  entries_.push_back({segment, vocabulary});
  return vocabulary;
}

}  // namespace kyujin::search

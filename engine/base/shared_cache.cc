#include "engine/base/shared_cache.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "engine/base/hash.h"

namespace kyujin {
namespace {

constexpr size_t kBuckets = size_t{1} << 16;
constexpr size_t kSlots = 1'280;  // more than there can be workers

}  // namespace

// All atomics are sequentially consistent: a session that marks its slot and then reads the table,
// and a writer that changes the table and then reads the slots, must not both miss the other.
struct SharedCache::Node {
  Node(Made made, uint64_t key_hash)
      : hash(key_hash),
        key(std::move(made.key)),
        entry(std::move(made.entry)),
        bytes(entry->bytes() + key.capacity() + sizeof(Node)) {}

  std::atomic<Node*> next{nullptr};
  const uint64_t hash;
  const std::string key;
  const std::unique_ptr<const CacheEntry> entry;
  const size_t bytes;
  std::atomic<uint32_t> uses{0};  // some may be lost; nothing depends on the exact number
  uint32_t uses_seen = 0;         // when the hand came by last
};

SharedCache::SharedCache(size_t limit)
    : limit_(limit),
      slots_(std::make_unique<Slot[]>(kSlots)),
      buckets_(std::make_unique<std::atomic<Node*>[]>(kBuckets)) {}

SharedCache::~SharedCache() {
  for (const Node* node : clock_) {
    delete node;
  }
}

size_t SharedCache::bytes() const {
  const MutexLock lock(mutex_);
  return live_bytes_ + retired_bytes_;
}

size_t SharedCache::entries() const {
  const MutexLock lock(mutex_);
  return clock_.size();
}

std::vector<std::string> SharedCache::HottestKeys(char tag, size_t count) const {
  std::vector<std::pair<uint32_t, std::string>> keys;
  {
    const MutexLock lock(mutex_);
    for (const Node* node : clock_) {
      if (node->key.front() == tag) {
        keys.emplace_back(node->uses.load(), node->key);
      }
    }
  }
  std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  keys.resize(std::min(keys.size(), count));
  std::vector<std::string> hottest;
  hottest.reserve(keys.size());
  for (auto& [uses, key] : keys) {
    hottest.push_back(std::move(key));
  }
  return hottest;
}

std::atomic<SharedCache::Node*>& SharedCache::BucketOf(uint64_t hash) const {
  return buckets_[hash % kBuckets];
}

SharedCache::Slot* SharedCache::Pin() {
  const uint64_t epoch = epoch_.load();
  // Each thread tries a place of its own first.
  const size_t start = std::hash<std::thread::id>{}(std::this_thread::get_id());
  for (size_t i = 0; i < kSlots; ++i) {
    Slot& slot = slots_[(start + i) % kSlots];
    uint64_t is_free = 0;
    if (slot.epoch.compare_exchange_strong(is_free, epoch)) {
      return &slot;
    }
  }
  return nullptr;
}

const CacheEntry* SharedCache::Find(std::string_view key) const {
  const uint64_t hash = Hash64(key);
  for (Node* node = BucketOf(hash).load(); node != nullptr; node = node->next.load()) {
    if (node->hash == hash && node->key == key) {
      node->uses.store(node->uses.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
      return node->entry.get();
    }
  }
  return nullptr;
}

void SharedCache::Insert(std::vector<Made> made) {
  std::vector<std::unique_ptr<Node>> freed;  // outside the lock: large blocks take their time
  const MutexLock lock(mutex_);
  for (Made& one : made) {
    InsertOne(std::move(one));
  }
  freed.swap(freed_);
}

void SharedCache::InsertOne(Made made) {
  const uint64_t hash = Hash64(made.key);
  std::atomic<Node*>& bucket = BucketOf(hash);
  for (const Node* node = bucket.load(); node != nullptr; node = node->next.load()) {
    if (node->hash == hash && node->key == made.key) {
      return;  // another worker made it at the same time
    }
  }
  auto node = std::make_unique<Node>(std::move(made), hash);
  if (node->bytes > limit_) {
    return;
  }
  while (live_bytes_ + node->bytes > limit_) {
    EvictOne();
  }
  if (live_bytes_ + retired_bytes_ + node->bytes > limit_) {
    Reclaim();
  }
  if (live_bytes_ + retired_bytes_ + node->bytes > limit_) {
    return;  // a long request still sees what was thrown out
  }
  live_bytes_ += node->bytes;
  node->next.store(bucket.load());
  clock_.push_back(node.get());
  bucket.store(node.release());
}

void SharedCache::EvictOne() {
  for (;; ++hand_) {
    hand_ = hand_ < clock_.size() ? hand_ : 0;
    Node* node = clock_[hand_];
    const uint32_t uses = node->uses.load(std::memory_order_relaxed);
    if (uses == node->uses_seen) {
      Unlink(node);
      clock_[hand_] = clock_.back();
      clock_.pop_back();
      live_bytes_ -= node->bytes;
      retired_bytes_ += node->bytes;
      // Sessions of a later epoch cannot have met the node.
      retired_.push_back({epoch_.fetch_add(1), std::unique_ptr<Node>(node)});
      return;
    }
    node->uses_seen = uses;
  }
}

void SharedCache::Unlink(Node* node) {
  std::atomic<Node*>* link = &BucketOf(node->hash);
  while (link->load() != node) {
    link = &link->load()->next;
  }
  // A session that stands on the node goes on from it to the rest of the chain.
  link->store(node->next.load());
}

void SharedCache::Reclaim() {
  uint64_t oldest = UINT64_MAX;
  for (size_t i = 0; i < kSlots; ++i) {
    const uint64_t epoch = slots_[i].epoch.load();
    oldest = epoch == 0 ? oldest : std::min(oldest, epoch);
  }
  const auto unseen = std::partition(retired_.begin(), retired_.end(), [&](const Retired& retired) {
    return retired.epoch >= oldest;
  });
  for (auto at = unseen; at != retired_.end(); ++at) {
    retired_bytes_ -= at->node->bytes;
    freed_.push_back(std::move(at->node));
  }
  retired_.erase(unseen, retired_.end());
}

CacheSession::~CacheSession() {
  if (slot_ != nullptr) {
    slot_->epoch.store(0);
  }
  if (!made_.empty()) {
    cache_.Insert(std::move(made_));
  }
}

const CacheEntry* CacheSession::FindEntry(std::string_view key) const {
  for (const SharedCache::Made& made : made_) {
    if (made.key == key) {
      return made.entry.get();
    }
  }
  return slot_ == nullptr ? nullptr : cache_.Find(key);
}

}  // namespace kyujin

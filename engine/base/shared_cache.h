// SharedCache: what was dear to make, shared by all workers and bounded by bytes. Emptying it
// changes times, never answers: it only ever holds what can be made again.
//
// Readers take no lock. A CacheSession (one for each request) notes the epoch in which it began; an
// entry that is thrown out leaves the table at once, but its memory is freed only when every
// session that began before has ended (epoch-based reclamation, Fraser 2004). What a request made
// goes in when its session ends. Eviction is CLOCK: what was asked for since the hand came by last
// stays.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/base/result.h"

namespace kyujin {

// Something the cache can hold. Thread rule: Immutable.
class CacheEntry {
 public:
  CacheEntry() = default;
  virtual ~CacheEntry() = default;
  CacheEntry(const CacheEntry&) = delete;
  CacheEntry& operator=(const CacheEntry&) = delete;
  CacheEntry(CacheEntry&&) = delete;
  CacheEntry& operator=(CacheEntry&&) = delete;

  // Memory it takes.
  [[nodiscard]] virtual size_t bytes() const = 0;
};

// Thread rule: Thread-safe.
class SharedCache {
 public:
  // Holds at most `limit` bytes; with 0 nothing.
  explicit SharedCache(size_t limit);
  // Requires: no session is open.
  ~SharedCache();
  SharedCache(const SharedCache&) = delete;
  SharedCache& operator=(const SharedCache&) = delete;
  SharedCache(SharedCache&&) = delete;
  SharedCache& operator=(SharedCache&&) = delete;

  [[nodiscard]] size_t limit() const { return limit_; }
  // Memory held now, entries thrown out and not yet freed included; never above the limit.
  [[nodiscard]] size_t bytes() const;
  // Entries that can be found.
  [[nodiscard]] size_t entries() const;

  // Returns up to `count` keys that begin with `tag`, those asked for most often first. Cost: a
  // pass over all entries under the lock that insertions take.
  [[nodiscard]] std::vector<std::string> HottestKeys(char tag, size_t count) const;

 private:
  friend class CacheSession;
  struct Node;
  struct alignas(64) Slot {
    std::atomic<uint64_t> epoch{0};  // in which its session began; 0: free
  };
  struct Retired {
    uint64_t epoch;
    std::unique_ptr<Node> node;
  };
  struct Made {
    std::string key;
    std::unique_ptr<const CacheEntry> entry;
  };

  // Returns nullptr when every slot is taken: that session then finds nothing.
  Slot* Pin();
  [[nodiscard]] const CacheEntry* Find(std::string_view key) const;
  void Insert(std::vector<Made> made);
  void InsertOne(Made made) KYUJIN_REQUIRES(mutex_);
  void EvictOne() KYUJIN_REQUIRES(mutex_);
  void Unlink(Node* node) KYUJIN_REQUIRES(mutex_);
  // Moves what nobody can see any more from `retired_` to `freed_`.
  void Reclaim() KYUJIN_REQUIRES(mutex_);
  [[nodiscard]] std::atomic<Node*>& BucketOf(uint64_t hash) const;

  const size_t limit_;
  std::atomic<uint64_t> epoch_{1};
  std::unique_ptr<Slot[]> slots_;
  std::unique_ptr<std::atomic<Node*>[]> buckets_;  // chains of nodes; only linked under mutex_

  mutable Mutex mutex_;
  std::vector<Node*> clock_ KYUJIN_GUARDED_BY(mutex_);  // owns what the table links
  size_t hand_ KYUJIN_GUARDED_BY(mutex_) = 0;
  std::vector<Retired> retired_ KYUJIN_GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<Node>> freed_ KYUJIN_GUARDED_BY(mutex_);
  size_t live_bytes_ KYUJIN_GUARDED_BY(mutex_) = 0;
  size_t retired_bytes_ KYUJIN_GUARDED_BY(mutex_) = 0;
};

// One request's use of the cache. Entries it has been given live as long as it does. Confined to
// one thread. Holds a reference to the cache.
class CacheSession {
 public:
  explicit CacheSession(SharedCache* cache) : cache_(*cache), slot_(cache->Pin()) {}
  // Gives the cache what was kept.
  ~CacheSession();
  CacheSession(const CacheSession&) = delete;
  CacheSession& operator=(const CacheSession&) = delete;
  CacheSession(CacheSession&&) = delete;
  CacheSession& operator=(CacheSession&&) = delete;

  // Returns the entry of `key`, or nullptr. Requires: `key` begins with T::kKeyTag; only entries of
  // type T are kept under such keys.
  template <class T>
  [[nodiscard]] const T* Find(std::string_view key) const {
    KYUJIN_CHECK(key.starts_with(T::kKeyTag));
    return static_cast<const T*>(FindEntry(key));
  }
  // Keeps an entry for this request and, from its end on, for all. Requires: as for Find.
  template <class T>
  const T* Keep(std::string key, std::unique_ptr<const T> entry) {
    KYUJIN_CHECK(key.starts_with(T::kKeyTag));
    const T* kept = entry.get();
    made_.push_back({std::move(key), std::move(entry)});
    return kept;
  }

 private:
  [[nodiscard]] const CacheEntry* FindEntry(std::string_view key) const;

  SharedCache& cache_;
  SharedCache::Slot* slot_;
  std::vector<SharedCache::Made> made_;
};

}  // namespace kyujin

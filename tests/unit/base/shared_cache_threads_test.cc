// Many threads on one cache that is too small for them: ThreadSanitizer and the entries themselves
// tell when one is used after its end.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/shared_cache.h"
#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

class Numbers : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'n';
  explicit Numbers(int value) : values_(64 + static_cast<size_t>(value) % 64, value) {}
  [[nodiscard]] size_t bytes() const override { return sizeof(*this) + values_.size() * 4; }
  [[nodiscard]] bool Are(int value) const {
    return !values_.empty() &&
           std::all_of(values_.begin(), values_.end(), [&](int other) { return other == value; });
  }

 private:
  std::vector<int> values_;
};

TEST(SharedCacheThreadsTest, EntriesAreWholeAsLongAsTheirSessions) {
  constexpr size_t kThreads = 4;
  constexpr int kSessions = 3'000;
  SharedCache cache(40'000);
  std::atomic<size_t> found = 0;
  std::atomic<size_t> broken = 0;
  std::vector<std::thread> threads;
  for (size_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, seed = test::RandomSeed() + thread] {
      std::mt19937_64 random(seed);
      for (int i = 0; i < kSessions; ++i) {
        CacheSession session(&cache);
        std::vector<std::pair<const Numbers*, int>> used;
        for (uint64_t words = 1 + random() % 3; words > 0; --words) {
          const int value = static_cast<int>(random() % (1 + random() % 300));
          const std::string key = "n" + std::to_string(value);
          const auto* entry = session.Find<Numbers>(key);
          found += entry == nullptr ? 0 : 1;
          used.emplace_back(
              entry != nullptr ? entry : session.Keep(key, std::make_unique<const Numbers>(value)),
              value);
        }
        for (const auto& [entry, value] : used) {
          broken += entry->Are(value) ? 0 : 1;
        }
        broken += cache.bytes() <= cache.limit() ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(broken, 0U);
  EXPECT_GT(found, 1'000U);
  EXPECT_LE(cache.bytes(), cache.limit());
}

}  // namespace
}  // namespace kyujin

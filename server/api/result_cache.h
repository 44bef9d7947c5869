// ResultCache: finished answers, for requests that come again. Bounded by bytes; a new generation
// or day has keys of its own, so that nothing old is ever given.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/shared_cache.h"

namespace kyujin::api {

// Thread rule: **Thread-safe.**
class ResultCache {
 public:
  // Keeps at most `limit` bytes; with 0 nothing.
  explicit ResultCache(size_t limit) : cache_(limit) {}

  // Returns the answer kept under `key` with its time replaced by `elapsed_us`, or nothing.
  std::optional<std::string> Find(std::string_view key, uint64_t elapsed_us);
  // Keeps an answer. Requires: `body` is one of EncodeSearchAnswer.
  void Keep(std::string_view key, std::string_view body);

  [[nodiscard]] size_t bytes() const { return cache_.bytes(); }

 private:
  SharedCache cache_;
};

}  // namespace kyujin::api

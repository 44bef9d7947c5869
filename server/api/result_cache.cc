#include "server/api/result_cache.h"

#include <memory>
#include <utility>

#include "server/api/search_codec.h"

namespace kyujin::api {
namespace {

// Thread rule: Immutable.
class KeptAnswer : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'A';
  explicit KeptAnswer(std::string_view body) : body_(body) {}
  [[nodiscard]] size_t bytes() const override { return sizeof(*this) + body_.capacity(); }
  [[nodiscard]] std::string_view body() const { return body_; }

 private:
  std::string body_;  // without its time
};

std::string TaggedKey(std::string_view key) {
  std::string tagged(1, KeptAnswer::kKeyTag);
  tagged += key;
  return tagged;
}

}  // namespace

std::optional<std::string> ResultCache::Find(std::string_view key, uint64_t elapsed_us) {
  if (cache_.limit() == 0) {
    return std::nullopt;
  }
  const CacheSession session(&cache_);
  const auto* answer = session.Find<KeptAnswer>(TaggedKey(key));
  return answer == nullptr ? std::nullopt : std::optional(WithTime(answer->body(), elapsed_us));
}

void ResultCache::Keep(std::string_view key, std::string_view body) {
  if (cache_.limit() == 0) {
    return;
  }
  CacheSession session(&cache_);
  session.Keep(TaggedKey(key), std::make_unique<const KeptAnswer>(WithoutTime(body)));
}

}  // namespace kyujin::api

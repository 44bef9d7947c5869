#include "server/app/cache_warmer.h"

#include <exception>
#include <utility>

#include "engine/base/coding.h"
#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/query/request_parser.h"

namespace kyujin::app {
namespace {

constexpr std::string_view kMagic = "kyujin-words-1\n";
constexpr uint64_t kMaxFileBytes = uint64_t{16} << 20;

}  // namespace

std::string EncodeHotWords(const std::vector<std::string>& keys) {
  std::string words;
  for (const std::string& key : keys) {
    AppendBytes(&words, key);
  }
  std::string bytes(kMagic);
  AppendFixed(&bytes, Hash64(words));
  return bytes + words;
}

std::vector<std::string> DecodeHotWords(std::string_view bytes) {
  std::vector<std::string> keys;
  if (bytes.substr(0, kMagic.size()) != kMagic) {
    return keys;
  }
  bytes.remove_prefix(kMagic.size());
  ByteReader reader(bytes);
  const auto checksum = reader.Fixed<uint64_t>();
  if (!checksum || *checksum != Hash64(bytes.substr(sizeof(uint64_t)))) {
    return keys;
  }
  while (const auto key = reader.Bytes()) {
    keys.emplace_back(*key);
  }
  return keys;
}

CacheWarmer::CacheWarmer(CacheWarmerOptions options,
                         const CacheWarmerServices& services,
                         const std::shared_ptr<const text::AnalyzerModel>& model)
    : options_(std::move(options)), services_(services), analyzer_(model) {}

CacheWarmer::~CacheWarmer() {
  Stop();
}

void CacheWarmer::Start() {
  thread_ = std::thread([this] { Run(); });
}

void CacheWarmer::Stop() {
  {
    const MutexLock lock(mutex_);
    is_stopped_ = true;
  }
  stop_asked_.NotifyAll();
  if (thread_.joinable()) {
    thread_.join();
    Save();
  }
}

bool CacheWarmer::IsStopped() {
  const MutexLock lock(mutex_);
  return is_stopped_;
}

void CacheWarmer::Run() {
  try {
    Warm();
  } catch (const std::exception& error) {
    services_.log.Warn("warming_failed", {{"reason", error.what()}});
  }
  while (true) {
    {
      const MutexLock lock(mutex_);
      const auto until = std::chrono::steady_clock::now() + options_.save_interval;
      while (!is_stopped_ && stop_asked_.WaitUntil(mutex_, until)) {
      }
      if (is_stopped_) {
        return;
      }
    }
    Save();
  }
}

void CacheWarmer::Warm() {
  const auto snapshot = services_.snapshots.Get();
  const search::SearchContext context{*snapshot, worker_, services_.calendar.Today()};
  if (!WarmFromFile(context)) {
    WarmFrequent(context);
  }
}

bool CacheWarmer::WarmFromFile(const search::SearchContext& context) {
  if (options_.file.empty()) {
    return false;
  }
  const Result<std::string> bytes = ReadFile(options_.file, kMaxFileBytes);
  if (!bytes.has_value()) {
    return false;
  }
  const std::vector<std::string> keys = DecodeHotWords(*bytes);
  for (const std::string& key : keys) {
    if (IsStopped()) {
      break;
    }
    if (const Status status = services_.searcher.WarmWord(key, context); !status.has_value()) {
      services_.log.Warn("warming_failed", {{"reason", status.error().message}});
      break;
    }
  }
  return !keys.empty();
}

void CacheWarmer::WarmFrequent(const search::SearchContext& context) {
  const std::string title(
      1, schema::SearchFields()[static_cast<size_t>(schema::SearchField::kTitle)].term_prefix);
  for (uint32_t i = 0; i < context.snapshot.segments().size(); ++i) {
    const auto reader = worker_.words.text_readers.Get(context.snapshot, i);
    const auto terms = reader.has_value()
                           ? (*reader)->MostFrequentTerms(title, options_.frequent_words)
                           : reader.error();
    for (size_t j = 0; terms.has_value() && j < terms->size() && !IsStopped(); ++j) {
      // As a user would ask for it, so that the lists made are those that will be looked for.
      const query::ParseOutcome outcome =
          query::ParseSearchParameters({{"q", (*terms)[j].substr(1)}, {"limit", "0"}}, &analyzer_);
      if (outcome.has_request()) {
        static_cast<void>(services_.searcher.Search(outcome.request, context));
      }
    }
  }
}

void CacheWarmer::Save() {
  if (options_.file.empty()) {
    return;
  }
  const auto keys = search::HottestWordKeys(services_.searcher.postings_cache(), options_.words);
  if (keys.empty()) {
    return;
  }
  if (const Status status = ReplaceFile(options_.file, EncodeHotWords(keys)); !status.has_value()) {
    services_.log.Warn("hot_words_not_saved", {{"reason", status.error().message}});
  }
}

}  // namespace kyujin::app

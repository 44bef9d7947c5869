#include "engine/search/filter_sets.h"

#include <bit>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/coding.h"
#include "engine/search/filter_compiler.h"

namespace kyujin::search {
namespace {

// Below this a scan costs less than looking for its result.
constexpr uint32_t kFewDocuments = 256;

// Thread rule: Immutable.
class RememberedSet : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'F';
  explicit RememberedSet(BitmapView content)
      : words_(content.words().begin(), content.words().end()) {}
  [[nodiscard]] size_t bytes() const override {
    return sizeof(*this) + words_.capacity() * sizeof(uint64_t);
  }
  [[nodiscard]] BitmapView documents() const { return BitmapView(words_); }

 private:
  std::vector<uint64_t> words_;
};

// Says that a filter was asked for before: only what comes again is worth its memory. Thread rule:
// Immutable.
class FilterMark : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'f';
  [[nodiscard]] size_t bytes() const override { return sizeof(*this); }
};

// Appends the values of a filter. Confined to one thread.
class KeyWriter {
 public:
  std::string Write(const query::FilterBody& filter) {
    key_.assign(1, static_cast<char>(filter.index()));
    const bool is_worth_it =
        std::visit([this](const auto& body) { return this->Add(body); }, filter);
    return is_worth_it ? std::move(key_) : std::string();
  }

 private:
  bool Add(const query::CodeFilter& filter) {
    Column(filter.column);
    List(filter.values, [this](uint32_t value) { AppendVarint(&key_, value); });
    return true;
  }
  bool Add(const query::RangeFilter& filter) {
    Column(filter.column);
    Range({filter.min, filter.max});
    return true;
  }
  bool Add(const query::RangesFilter& filter) {
    Column(filter.column);
    List(filter.ranges, [this](query::ValueRange range) { Range(range); });
    return true;
  }
  bool Add(const query::PlaceFilter& filter) {
    List(filter.prefectures, [this](uint8_t code) { AppendVarint(&key_, code); });
    List(filter.municipalities, [this](uint16_t code) { AppendVarint(&key_, code); });
    Texts(filter.stations);
    return true;
  }
  bool Add(const query::WageFilter& filter) {
    AppendVarint(&key_, static_cast<uint64_t>(filter.basis));
    Optional(filter.monthly_min);
    Optional(filter.hourly_min);
    return true;
  }
  bool Add(const query::ReceivedFilter& filter) {
    Optional(filter.from ? std::optional<uint32_t>(filter.from->days()) : std::nullopt);
    Optional(filter.within_days);
    return true;
  }
  bool Add(const query::ConditionFilter& filter) {
    AppendVarint(&key_, static_cast<uint64_t>(filter.condition));
    AppendVarint(&key_, filter.excluded ? 1 : 0);
    return true;
  }
  static bool Add(const query::NumberFilter& /*filter*/) { return false; }
  bool Add(const query::AgeFilter& filter) {
    AppendVarint(&key_, filter.years);
    return true;
  }
  bool Add(const query::MaskFilter& filter) {
    Column(filter.column);
    for (const uint32_t mask : {filter.all, filter.any, filter.none}) {
      AppendVarint(&key_, mask);
    }
    return true;
  }
  bool Add(const query::StationFilter& filter) {
    Texts(filter.stations);
    Optional(filter.walk_max ? std::optional<uint32_t>(*filter.walk_max) : std::nullopt);
    return true;
  }
  bool Add(const query::LicenceFilter& filter) {
    Texts(filter.licences);
    return true;
  }
  bool Add(const query::ShiftFilter& filter) {
    AppendVarint(&key_, filter.start_from);
    AppendVarint(&key_, filter.end_by);
    return true;
  }
  bool Add(const query::NearFilter& filter) {
    AppendVarint(&key_, filter.position.latitude);
    AppendVarint(&key_, filter.position.longitude);
    AppendFixed(&key_, std::bit_cast<uint64_t>(filter.radius_km));
    return true;
  }
  static bool Add(const query::EmployerFilter& /*filter*/) { return false; }

  void Column(schema::Column column) { AppendVarint(&key_, static_cast<uint64_t>(column)); }
  void Range(query::ValueRange range) {
    AppendVarint(&key_, range.min);
    AppendVarint(&key_, range.max);
  }
  void Optional(std::optional<uint32_t> value) {
    AppendVarint(&key_, value ? uint64_t{*value} + 1 : 0);
  }
  void Texts(const std::vector<std::string>& texts) {
    List(texts, [this](const std::string& text) { AppendBytes(&key_, text); });
  }
  template <class T, class AppendOne>
  void List(const std::vector<T>& values, AppendOne&& append) {
    AppendVarint(&key_, values.size());
    for (const T& value : values) {
      append(value);
    }
  }

  std::string key_;
};

}  // namespace

std::string FilterKey(const query::FilterBody& filter) {
  return KeyWriter().Write(filter);
}

FilterSet FilterSets::Get(const query::FilterBody& filter) {
  const auto compiled = [&] {
    PooledBitmap own = CompileFilter(filter, segment_.columns(), day_, &pool_);
    const BitmapView documents = own->view();
    return FilterSet{std::move(own), documents};
  };
  const std::string written =
      segment_.documents() < kFewDocuments ? std::string() : FilterKey(filter);
  if (written.empty()) {
    return compiled();
  }
  std::string key(1, RememberedSet::kKeyTag);
  AppendFixed(&key, segment_.key());
  AppendFixed(&key, day_.today.days());
  key += written;
  if (const auto* known = cache_.Find<RememberedSet>(key)) {
    return {nullptr, known->documents()};
  }
  FilterSet set = compiled();
  std::string mark = key;
  mark.front() = FilterMark::kKeyTag;
  if (cache_.Find<FilterMark>(mark) != nullptr) {
    cache_.Keep(std::move(key), std::make_unique<const RememberedSet>(set.documents));
  } else {
    cache_.Keep(std::move(mark), std::make_unique<const FilterMark>());
  }
  return set;
}

}  // namespace kyujin::search

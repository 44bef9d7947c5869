#include "engine/percolator/clause_keys.h"

#include <algorithm>
#include <array>
#include <span>
#include <variant>

#include "engine/base/hash.h"
#include "engine/query/filter_rules.h"

namespace kyujin::percolator {
namespace {

using schema::Column;

enum class KeyKind : uint8_t {
  kTerm,
  kValue,   // of a column
  kBucket,  // of kBucketSize values of a column
  kStation,
  kLicence,
  kEmployerName,
  kEmployerNumber,
  kNumber,
  kCondition,
};

constexpr uint32_t kBucketSize = 100;
// Ranges that touch more buckets say little.
constexpr uint32_t kMaxBuckets = 64;
// Columns whose codes and ranges are looked up.
constexpr std::array kValueColumns{Column::kKind,
                                   Column::kFullPart,
                                   Column::kEmployment,
                                   Column::kDispatch,
                                   Column::kRenewal,
                                   Column::kPrefecture,
                                   Column::kMunicipality,
                                   Column::kOccupationMajor,
                                   Column::kWageType,
                                   Column::kLicenceNeed};
constexpr std::array kBucketColumns{Column::kOccupation, Column::kIndustry};

Key KeyOf(KeyKind kind, std::string_view name) {
  return std::max<Key>(Hash64(name, static_cast<uint64_t>(kind) + 1), kNoKey + 1);
}

// A posting has some hundred of these: one number made into another, each into one of its own but
// for the two that share the number after kNoKey (the finaliser of SplitMix64).
Key KeyOf(KeyKind kind, uint64_t value) {
  constexpr uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;
  uint64_t mixed = value + (static_cast<uint64_t>(kind) + 1) * kSpread;
  mixed = (mixed ^ mixed >> 30U) * 0xBF58'476D'1CE4'E5B9;
  mixed = (mixed ^ mixed >> 27U) * 0x94D0'49BB'1331'11EB;
  return std::max<Key>(mixed ^ mixed >> 31U, kNoKey + 1);
}

Key KeyOf(KeyKind kind, Column column, uint32_t value) {
  return KeyOf(kind, uint64_t{static_cast<uint8_t>(column)} << 32U | value);
}

Trait TraitOf(uint64_t mixed) {
  return static_cast<Trait>(1 + mixed % (TraitSet::kTraits - 1));
}

// Lower bounds of wages as steps: a posting has all up to its own, a clause asks for one.
struct WageSteps {
  schema::WageType type;
  uint32_t yen;  // of a step
};
constexpr std::array kWageSteps{WageSteps{schema::WageType::kMonthly, 10'000},
                                WageSteps{schema::WageType::kHourly, 50}};
constexpr uint32_t kMaxSteps = 127;
constexpr std::array kWageBases{query::WageBasis::kBase,
                                query::WageBasis::kFixedAllowances,
                                query::WageBasis::kWithFixedOvertime};

Trait WageTrait(query::WageBasis basis, const WageSteps& steps, uint32_t yen) {
  const uint64_t step = std::min(yen / steps.yen, kMaxSteps);
  const uint64_t kind = static_cast<uint64_t>(basis) << 8U | static_cast<uint64_t>(steps.type);
  constexpr uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;
  return TraitOf(((kind << 8U | step) + 1) * kSpread >> 32U);
}

template <size_t kSize>
bool IsOneOf(const std::array<Column, kSize>& columns, Column column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

using KeyList = std::vector<ClauseKey>;
using Keys = std::optional<KeyList>;

template <class Names>
void AddNames(KeyKind kind, const Names& names, KeyList* keys, bool is_enough = true) {
  for (const auto& name : names) {
    keys->push_back({KeyOf(kind, name), is_enough});
  }
}

// The keys of a filter; nothing for filters that most postings pass or that no table can hold.
struct FilterKeys {
  template <class OtherFilter>
  Keys operator()(const OtherFilter& /*filter*/) const {
    return std::nullopt;
  }

  Keys operator()(const query::CodeFilter& filter) const {
    if (!IsOneOf(kValueColumns, filter.column)) {
      return std::nullopt;
    }
    KeyList keys;
    for (const uint32_t value : filter.values) {
      keys.push_back(
          {KeyOf(KeyKind::kValue, filter.column, value), query::IsGiven(filter.column, value)});
    }
    return keys;
  }

  Keys operator()(const query::RangesFilter& filter) const {
    if (!IsOneOf(kBucketColumns, filter.column)) {
      return std::nullopt;
    }
    KeyList keys;
    for (const query::ValueRange& range : filter.ranges) {
      const uint32_t last = range.max / kBucketSize;
      for (uint32_t bucket = range.min / kBucketSize; bucket <= last; ++bucket) {
        if (keys.size() == kMaxBuckets) {
          return std::nullopt;
        }
        keys.push_back({KeyOf(KeyKind::kBucket, filter.column, bucket)});
      }
    }
    return keys;
  }

  Keys operator()(const query::PlaceFilter& filter) const {
    KeyList keys;
    for (const uint16_t municipality : filter.municipalities) {
      keys.push_back({KeyOf(KeyKind::kValue, Column::kMunicipality, municipality), true});
    }
    for (const uint8_t prefecture : query::WholePrefectures(filter)) {
      keys.push_back({KeyOf(KeyKind::kValue, Column::kPrefecture, prefecture), true});
    }
    AddNames(KeyKind::kStation, filter.stations, &keys);
    return keys;
  }

  Keys operator()(const query::WageFilter& filter) const {
    KeyList keys;
    const auto add = [&](const std::optional<uint32_t>& minimum, const WageSteps& steps) {
      if (minimum) {
        keys.push_back(
            {KeyOf(KeyKind::kValue, Column::kWageType, static_cast<uint32_t>(steps.type)),
             false,
             WageTrait(filter.basis, steps, *minimum)});
      }
    };
    add(filter.monthly_min, kWageSteps[0]);
    add(filter.hourly_min, kWageSteps[1]);
    return keys;
  }

  Keys operator()(const query::ConditionFilter& filter) const {
    if (filter.excluded) {
      return std::nullopt;
    }
    return KeyList{{KeyOf(KeyKind::kCondition, static_cast<uint64_t>(filter.condition)), true}};
  }

  Keys operator()(const query::NumberFilter& filter) const {
    if (filter.excluded) {
      return std::nullopt;
    }
    KeyList keys;
    AddNames(KeyKind::kNumber, filter.numbers, &keys);
    return keys;
  }

  Keys operator()(const query::StationFilter& filter) const {
    KeyList keys;
    AddNames(KeyKind::kStation, filter.stations, &keys, !filter.walk_max);
    return keys;
  }

  Keys operator()(const query::LicenceFilter& filter) const {
    KeyList keys;
    AddNames(KeyKind::kLicence, filter.licences, &keys);
    return keys;
  }

  Keys operator()(const query::EmployerFilter& filter) const {
    if (filter.excluded) {
      return std::nullopt;
    }
    KeyList keys;
    AddNames(KeyKind::kEmployerNumber, filter.numbers, &keys);
    AddNames(KeyKind::kEmployerName, filter.names, &keys);
    return keys;
  }
};

// What the posting must have beside `key`: another part of the form.
Trait OtherTrait(std::span<const WordTest::Part> form, TermId key) {
  const auto other = std::find_if(
      form.begin(), form.end(), [key](const WordTest::Part& part) { return part.term != key; });
  return other == form.end() ? kNoTrait : TraitOf(other->term);
}

// Of each form its longest word: the one that fewest postings have, most likely.
Keys KeysOfWords(const WordTest& test) {
  if (test.excluded) {
    return std::nullopt;
  }
  const bool is_anywhere = test.fields == query::kAllSearchFields;
  KeyList keys;
  for (WordTest::Forms forms(test); !forms.empty(); forms.Next()) {
    const auto form = forms.front();
    const auto longest =
        std::max_element(form.begin(), form.end(), [](const auto& a, const auto& b) {
          return a.letters < b.letters;
        });
    keys.push_back({KeyOf(KeyKind::kTerm, longest->term),
                    is_anywhere && form.size() == 1,
                    OtherTrait(form, longest->term)});
  }
  return keys;
}

// Leaves each key once; what is enough for one form is enough for all, and what one form does not
// ask for is not asked for.
void Settle(KeyList* keys) {
  std::sort(keys->begin(), keys->end(), [](const ClauseKey& a, const ClauseKey& b) {
    return a.key < b.key;
  });
  KeyList settled;
  for (const ClauseKey& key : *keys) {
    if (settled.empty() || settled.back().key != key.key) {
      settled.push_back(key);
      continue;
    }
    ClauseKey& same = settled.back();
    same.is_enough = same.is_enough || key.is_enough;
    same.also = same.also == key.also ? same.also : kNoTrait;
  }
  *keys = std::move(settled);
}

}  // namespace

std::optional<std::vector<ClauseKey>> KeysOf(const Clause& clause) {
  Keys best;
  const auto offer = [&best](Keys keys) {
    if (keys && (!best || keys->size() < best->size())) {
      best = std::move(keys);
    }
  };
  for (const query::FilterBody& filter : clause.filters) {
    offer(std::visit(FilterKeys(), filter));
  }
  for (const WordTest& test : clause.words) {
    offer(KeysOfWords(test));
  }
  if (!best) {
    return std::nullopt;
  }
  // One of several tests says nothing of the others.
  if (clause.filters.size() + clause.words.size() > 1) {
    for (ClauseKey& key : *best) {
      key.is_enough = false;
    }
  }
  Settle(&*best);
  return best;
}

void TraitSet::Assign(const PostingFacts& facts) {
  traits_.reset();
  traits_.set(kNoTrait);
  for (const WordFacts::Term& term : facts.words.terms()) {
    traits_.set(TraitOf(term.id));
  }
  const uint32_t type = facts.Value(Column::kWageType);
  for (const WageSteps& steps : kWageSteps) {
    for (const query::WageBasis basis : kWageBases) {
      const Column column = query::LowerBoundColumn(basis);
      const uint32_t bound = facts.Value(column);
      if (type == static_cast<uint32_t>(steps.type) && query::IsGiven(column, bound)) {
        for (uint32_t step = 0; step <= std::min(bound / steps.yen, kMaxSteps); ++step) {
          traits_.set(WageTrait(basis, steps, step * steps.yen));
        }
      }
    }
  }
}

void CollectKeys(const PostingFacts& facts, Date today, std::vector<Key>* keys) {
  keys->clear();
  for (const WordFacts::Term& term : facts.words.terms()) {
    keys->push_back(KeyOf(KeyKind::kTerm, term.id));
  }
  for (const Column column : kValueColumns) {
    keys->push_back(KeyOf(KeyKind::kValue, column, facts.Value(column)));
  }
  for (const Column column : kBucketColumns) {
    keys->push_back(KeyOf(KeyKind::kBucket, column, facts.Value(column) / kBucketSize));
  }
  for (const PostingFacts::Station& station : facts.stations) {
    keys->push_back(KeyOf(KeyKind::kStation, station.key));
  }
  for (const std::string& licence : facts.licences) {
    keys->push_back(KeyOf(KeyKind::kLicence, licence));
  }
  keys->push_back(KeyOf(KeyKind::kEmployerName, facts.employer_key));
  keys->push_back(KeyOf(KeyKind::kEmployerNumber, facts.employer_number));
  keys->push_back(KeyOf(KeyKind::kNumber, facts.number));
  for (size_t i = 0; i < schema::kStoredConditionCount; ++i) {
    if ((facts.Value(Column::kConditionsYes) >> i & 1U) != 0) {
      keys->push_back(KeyOf(KeyKind::kCondition, i));
    }
  }
  if (IsNew(facts, today)) {
    keys->push_back(KeyOf(KeyKind::kCondition, static_cast<uint64_t>(schema::Condition::kNew)));
  }
}

}  // namespace kyujin::percolator

#include "engine/percolator/clause.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>
#include <variant>

#include "engine/query/filter_rules.h"
#include "engine/query/frozen_query.h"
#include "engine/schema/position.h"

namespace kyujin::percolator {
namespace {

using schema::Column;

// Forms are numbered on through all words of a test.
void AddForms(const query::Word& word, WordTest* test) {
  for (const query::WordForm& form : word.forms) {
    const auto number =
        static_cast<uint16_t>(test->parts.empty() ? 0 : test->parts.back().form + 1);
    for (const query::WordForm::Part& part : form.parts) {
      constexpr size_t kMaxLetters = std::numeric_limits<uint16_t>::max();
      test->parts.push_back({TermOf(part.term),
                             part.offset - form.parts.front().offset,
                             static_cast<uint16_t>(std::min(part.term.size(), kMaxLetters)),
                             number});
    }
  }
}

bool StandsInOneOf(query::SearchFieldMask fields, schema::SearchField field) {
  return (fields >> static_cast<unsigned>(field) & 1U) != 0;
}

bool HasForm(std::span<const WordTest::Part> form,
             query::SearchFieldMask fields,
             const WordFacts& words) {
  const WordFacts::Term* first = words.Find(form.front().term);
  if (first == nullptr || (first->fields & fields) == 0) {
    return false;
  }
  if (form.size() == 1) {
    return true;
  }
  const auto occurrences = words.OccurrencesOf(*first);
  return std::any_of(occurrences.begin(), occurrences.end(), [&](const Occurrence& start) {
    return StandsInOneOf(fields, start.field) &&
           std::all_of(form.begin() + 1, form.end(), [&](const WordTest::Part& part) {
             const WordFacts::Term* term = words.Find(part.term);
             if (term == nullptr) {
               return false;
             }
             const auto places = words.OccurrencesOf(*term);
             return std::binary_search(places.begin(),
                                       places.end(),
                                       Occurrence{start.field, start.position + part.offset});
           });
  });
}

bool Passes(const WordTest& test, const WordFacts& words) {
  for (WordTest::Forms forms(test); !forms.empty(); forms.Next()) {
    if (HasForm(forms.front(), test.fields, words)) {
      return !test.excluded;
    }
  }
  return test.excluded;
}

template <class Values, class Value>
bool Has(const Values& ascending, const Value& value) {
  return std::binary_search(ascending.begin(), ascending.end(), value);
}

// What the filters look at, one posting at a time; the counterpart of filter_compiler.cc.
class FilterCheck {
 public:
  FilterCheck(const PostingFacts& facts, Date today) : facts_(facts), today_(today) {}

  // Codes and ranges of one column.
  template <class ValueFilter>
  bool operator()(const ValueFilter& filter) const {
    const uint32_t value = facts_.Value(filter.column);
    return query::IsGiven(filter.column, value) && query::Admits(filter, value);
  }

  bool operator()(const query::MaskFilter& filter) const {
    return query::Admits(filter, facts_.Value(filter.column));
  }

  bool operator()(const query::PlaceFilter& filter) const {
    return Has(filter.municipalities, facts_.Value(Column::kMunicipality)) ||
           PassesPrefecture(filter) || (*this)(query::StationFilter{filter.stations, std::nullopt});
  }

  bool operator()(const query::WageFilter& filter) const {
    const Column lower = query::LowerBoundColumn(filter.basis);
    const uint32_t bound = facts_.Value(lower);
    const auto type = static_cast<schema::WageType>(facts_.Value(Column::kWageType));
    const std::optional<uint32_t>& minimum = type == schema::WageType::kMonthly ? filter.monthly_min
                                             : type == schema::WageType::kHourly ? filter.hourly_min
                                                                                 : kNone;
    return minimum && query::IsGiven(lower, bound) && bound >= *minimum;
  }

  bool operator()(const query::ReceivedFilter& filter) const {
    const uint32_t received = facts_.Value(Column::kReceived);
    return query::IsGiven(Column::kReceived, received) &&
           received >= query::FirstDay(filter, today_);
  }

  bool operator()(const query::ConditionFilter& filter) const {
    const bool has =
        filter.condition == schema::Condition::kNew
            ? IsNew(facts_, today_)
            : (facts_.Value(Column::kConditionsYes) & schema::ConditionBit(filter.condition)) != 0;
    return has != filter.excluded;
  }

  bool operator()(const query::NumberFilter& filter) const {
    return Has(filter.numbers, facts_.number) != filter.excluded;
  }

  bool operator()(const query::AgeFilter& filter) const {
    const uint32_t min = facts_.Value(Column::kAgeMin);
    const uint32_t max = facts_.Value(Column::kAgeMax);
    return (!query::IsGiven(Column::kAgeMin, min) || min <= filter.years) &&
           (!query::IsGiven(Column::kAgeMax, max) || max >= filter.years);
  }

  bool operator()(const query::StationFilter& filter) const {
    return std::any_of(facts_.stations.begin(), facts_.stations.end(), [&](const auto& station) {
      return Has(filter.stations, station.key) &&
             (!filter.walk_max || station.minutes <= *filter.walk_max);
    });
  }

  bool operator()(const query::LicenceFilter& filter) const {
    return std::any_of(facts_.licences.begin(), facts_.licences.end(), [&](const auto& licence) {
      return Has(filter.licences, licence);
    });
  }

  bool operator()(const query::ShiftFilter& filter) const {
    return std::any_of(facts_.shifts.begin(), facts_.shifts.end(), [&](uint32_t shift) {
      return query::Admits(filter, shift);
    });
  }

  bool operator()(const query::NearFilter& filter) const {
    return facts_.position &&
           schema::DistanceKm(filter.position, *facts_.position) <= filter.radius_km;
  }

  bool operator()(const query::EmployerFilter& filter) const {
    const bool has =
        Has(filter.numbers, facts_.employer_number) || Has(filter.names, facts_.employer_key);
    return has != filter.excluded;
  }

 private:
  static constexpr std::optional<uint32_t> kNone = std::nullopt;

  [[nodiscard]] bool PassesPrefecture(const query::PlaceFilter& filter) const {
    const uint32_t prefecture = facts_.Value(Column::kPrefecture);
    return Has(filter.prefectures, prefecture) && !query::IsNarrowed(filter, prefecture);
  }

  const PostingFacts& facts_;
  Date today_;
};

}  // namespace

Result<Clause> CompileClause(std::string_view canonical, text::Analyzer* analyzer) {
  query::ParseOutcome outcome = query::ParseFrozenQuery(canonical, analyzer);
  if (!outcome.has_request()) {
    const query::ParameterError& error = outcome.errors.front();
    return InvalidArgument(fmt::format("{}: {}", error.parameter, error.reason));
  }
  Clause clause;
  for (query::Filter& filter : outcome.request.filters) {
    clause.filters.push_back(std::move(filter.body));
  }
  const query::WordQuery& words = outcome.request.words;
  clause.is_symbols = words.is_symbols;
  for (const query::WordClause& typed : words.clauses) {
    WordTest& test = clause.words.emplace_back(WordTest{words.fields, false, {}});
    for (const query::Word& word : typed.alternatives) {
      AddForms(word, &test);
    }
  }
  for (const query::Word& word : words.excluded) {
    AddForms(word, &clause.words.emplace_back(WordTest{words.fields, true, {}}));
  }
  return clause;
}

bool Holds(const Clause& clause, const PostingFacts& facts, Date today) {
  const FilterCheck check(facts, today);
  return std::all_of(clause.filters.begin(),
                     clause.filters.end(),
                     [&](const query::FilterBody& filter) { return std::visit(check, filter); }) &&
         std::all_of(clause.words.begin(), clause.words.end(), [&](const WordTest& test) {
           return Passes(test, facts.words);
         });
}

bool IsOpen(const PostingFacts& facts, Date today) {
  return query::OpenDeadlines(today).Has(facts.Value(Column::kDeadline));
}

bool IsNew(const PostingFacts& facts, Date today) {
  return query::NewDays(today).Has(facts.Value(Column::kReceived));
}

}  // namespace kyujin::percolator

#include "engine/percolator/clause_likelihood.h"

#include <algorithm>
#include <variant>

namespace kyujin::percolator {
namespace {

// How many postings a filter passes, roughly.
struct FilterLikelihood {
  template <class OtherFilter>
  double operator()(const OtherFilter& /*filter*/) const {
    return 0.5;
  }
  double operator()(const query::CodeFilter& /*filter*/) const { return 0.3; }
  double operator()(const query::RangesFilter& /*filter*/) const { return 0.05; }
  double operator()(const query::PlaceFilter& filter) const {
    return std::min(1.0,
                    0.03 * static_cast<double>(filter.prefectures.size()) +
                        0.001 * static_cast<double>(filter.municipalities.size()));
  }
  double operator()(const query::ConditionFilter& filter) const {
    return filter.excluded ? 0.7 : 0.3;
  }
  double operator()(const query::NumberFilter& filter) const {
    return filter.excluded ? 1.0 : 1e-6;
  }
  double operator()(const query::StationFilter& /*filter*/) const { return 0.002; }
  double operator()(const query::LicenceFilter& /*filter*/) const { return 0.01; }
  double operator()(const query::EmployerFilter& filter) const {
    return filter.excluded ? 1.0 : 1e-5;
  }
  double operator()(const query::NearFilter& filter) const {
    constexpr double kCountryKm = 1'000;
    return std::min(1.0, filter.radius_km / kCountryKm);
  }
};

double LikelihoodOf(const WordTest& test) {
  double has = 0.001;
  for (WordTest::Forms forms(test); !forms.empty(); forms.Next()) {
    has = forms.front().size() == 1 ? 0.02 : has;
  }
  return test.excluded ? 1.0 - has : has;
}

}  // namespace

double LikelihoodByKind(const Clause& clause) {
  double likelihood = 1.0;
  for (const query::FilterBody& filter : clause.filters) {
    likelihood = std::min(likelihood, std::visit(FilterLikelihood(), filter));
  }
  for (const WordTest& test : clause.words) {
    likelihood = std::min(likelihood, LikelihoodOf(test));
  }
  return likelihood;
}

}  // namespace kyujin::percolator

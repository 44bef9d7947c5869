#include "engine/search/facet_counter.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/schema/municipality.h"
#include "engine/search/facet_selection.h"
#include "tests/unit/search/naive_filter.h"
#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

using query::SearchRequest;
using schema::Facet;
using schema::JobPosting;

using CodeCounts = std::map<std::string, uint64_t>;

CodeCounts CountsOf(const FacetResult& result) {
  CodeCounts counts;
  for (const FacetCount& count : result.counts) {
    counts[std::string(count.code)] = count.count;
  }
  EXPECT_EQ(counts.size(), result.counts.size()) << "a code stands twice";
  return counts;
}

std::optional<uint32_t> LowerWage(const schema::Wage& wage, query::WageBasis basis) {
  const auto& range = basis == query::WageBasis::kBase              ? wage.base
                      : basis == query::WageBasis::kFixedAllowances ? wage.fixed_allowances
                                                                    : wage.with_fixed_overtime;
  return range ? std::optional(range->min) : std::nullopt;
}

schema::FacetValue ValueOf(Facet facet, const JobPosting& posting, query::WageBasis basis) {
  const auto byte = [](auto value) { return static_cast<schema::FacetValue>(value); };
  switch (facet) {
    case Facet::kPref:
      return posting.prefecture;
    case Facet::kOccupationMajor:
      return posting.occupation.major;
    case Facet::kOccupationMiddle:
      return posting.occupation.middle;
    case Facet::kIndustry:
      return schema::IndustryFacetValue(posting.industry);
    case Facet::kEmployment:
      return posting.employment;
    case Facet::kFullPart:
      return byte(posting.full_part);
    case Facet::kWageType:
      return byte(posting.wage.type);
    case Facet::kWageHistogram:
      return schema::WageFacetValue(posting.wage.type, LowerWage(posting.wage, basis));
    case Facet::kHolidays:
      return schema::HolidaysFacetValue(posting.annual_holidays);
    default:
      break;
  }
  if (!posting.received) {
    return schema::kUnknownFacetValue;
  }
  const int days_ago = int{test::kToday.days()} - int{posting.received->days()};
  return schema::ReceivedFacetValue(static_cast<uint32_t>(std::max(days_ago, 0)));
}

// Minutes to a station asked for, where there is one.
std::optional<uint32_t> Walk(const JobPosting& posting, const SearchRequest& request) {
  for (const query::Filter& filter : request.filters) {
    const auto* stations = std::get_if<query::StationFilter>(&filter.body);
    if (stations == nullptr) {
      continue;
    }
    std::optional<uint32_t> least;
    for (const schema::StationAccess& way : posting.stations) {
      const bool is_asked =
          std::count(stations->stations.begin(), stations->stations.end(), way.key) > 0;
      if (is_asked && way.walk_minutes) {
        least = std::min<uint32_t>(least.value_or(UINT32_MAX), *way.walk_minutes);
      }
    }
    return least;
  }
  return posting.walk_minutes;
}

class FacetCounterTest : public SearchFixture {
 protected:
  std::vector<FacetResult> Count(const SearchRequest& request, const Bitmap& words) {
    const DayView day = DayView::Of(columns(), test::kToday);
    BitmapPool pool;
    MatchSet matches(request, columns(), day, &pool);
    PooledBitmap restricted = pool.TakeCopy(words.bits(), words.view());
    restricted->And(matches.candidates());
    matches.Restrict(std::move(restricted));
    matches.Finish();
    FacetCounter counter(request);
    EXPECT_TRUE(counter.Count(matches, columns(), day).has_value());
    return counter.Results();
  }

  template <class IsLifted>
  bool Matches(const SearchRequest& request, DocId doc, IsLifted&& is_lifted) const {
    return IsOpen(postings_[doc], test::kToday) &&
           std::all_of(
               request.filters.begin(), request.filters.end(), [&](const query::Filter& filter) {
                 return is_lifted(filter) || Passes(filter.body, postings_[doc], test::kToday);
               });
  }

  CodeCounts NaiveConditions(const SearchRequest& request, const Bitmap& words) const {
    CodeCounts counts;
    for (const schema::ConditionSpec& spec : schema::Conditions()) {
      const ConditionChoice choice = ChoiceOf(request, spec.id);
      uint64_t count = 0;
      for (const DocId doc : Members(words.view())) {
        const bool matches = Matches(request, doc, [&](const query::Filter& filter) {
          const auto* body = std::get_if<query::ConditionFilter>(&filter.body);
          return body != nullptr && body->excluded && body->condition == spec.id;
        });
        count += matches && HasCondition(postings_[doc], spec.id, test::kToday) ? 1 : 0;
      }
      if (count > 0 || choice != ConditionChoice::kNone) {
        counts[std::string(spec.code)] = count;
      }
    }
    return counts;
  }

  CodeCounts NaiveCounts(Facet facet, const SearchRequest& request, const Bitmap& words) const {
    if (facet == Facet::kConditions) {
      return NaiveConditions(request, words);
    }
    CodeCounts counts;
    for (const DocId doc : Members(words.view())) {
      const bool matches = Matches(request, doc, [&](const query::Filter& filter) {
        return filter.group == schema::GetFacet(facet).own_group;
      });
      if (!matches) {
        continue;
      }
      if (facet == Facet::kWalkMinutes) {
        const auto value = schema::WalkFacetValue(Walk(postings_[doc], request));
        ++counts[schema::FacetValueCode(facet, value)];
        continue;
      }
      if (facet != Facet::kCity) {
        ++counts[schema::FacetValueCode(facet, ValueOf(facet, postings_[doc], request.wage_basis))];
        continue;
      }
      const auto prefectures = ChosenPrefectures(request);
      if (std::count(prefectures.begin(), prefectures.end(), postings_[doc].prefecture) > 0) {
        const uint16_t code = postings_[doc].municipality;
        const bool is_leaf = code != 0 && !schema::IsDesignatedCity(code);
        char digits[16];
        std::snprintf(digits, sizeof(digits), "%05u", unsigned{code});
        ++counts[is_leaf ? digits : "unknown"];
      }
    }
    return counts;
  }

  // The engine also keeps chosen values that count nothing.
  static void AddSelected(const FacetResult& result, CodeCounts* expected) {
    for (const FacetCount& count : result.counts) {
      if (count.selected || count.excluded) {
        expected->try_emplace(std::string(count.code), 0);
      }
    }
  }
};

TEST_F(FacetCounterTest, CountsAreThoseOfANaiveScan) {
  Build(321, 2);
  for (int run = 0; run < 150; ++run) {
    SearchRequest request;
    for (uint64_t i = random_() % 4; i > 0; --i) {
      request.filters.push_back(RandomFilter(&random_, postings_));
      // The parser makes one place filter at most.
      const bool is_place = std::holds_alternative<query::PlaceFilter>(request.filters.back().body);
      if (is_place && request.filters.size() > 1) {
        request.filters.pop_back();
      }
    }
    request.wage_basis = static_cast<query::WageBasis>(random_() % 3);
    for (const schema::FacetSpec& spec : schema::Facets()) {
      request.facets.push_back(spec.id);
    }
    // Dense sets are counted by bitmaps, sparse ones document by document.
    const Bitmap words = RandomSet(run % 3 == 0 ? 1 : run % 3 == 1 ? 3 : 60);
    const std::vector<FacetResult> results = Count(request, words);
    ASSERT_EQ(results.size(), schema::kFacetCount);
    for (const FacetResult& result : results) {
      CodeCounts expected = NaiveCounts(result.facet, request, words);
      AddSelected(result, &expected);
      ASSERT_EQ(CountsOf(result), expected) << schema::GetFacet(result.facet).name;
    }
  }
}

TEST_F(FacetCounterTest, SegmentsAddUp) {
  Build(100);
  const auto first = postings_;
  SearchRequest request;
  request.facets = {Facet::kPref, Facet::kConditions, Facet::kReceived};
  std::mt19937_64 random(9);
  auto second = test::RandomPostings(&random, 80);
  for (JobPosting& posting : second) {
    posting.number = schema::PostingNumber::FromValue(posting.number.value() + 5'000);
  }
  index_.AddSegment(second);
  snapshot_ = index_.Open();
  FacetCounter counter(request);
  for (const auto& segment : snapshot_->segments()) {
    const DayView day = DayView::Of(segment->columns(), test::kToday);
    BitmapPool pool;
    MatchSet matches(request, segment->columns(), day, &pool);
    matches.Finish();
    EXPECT_TRUE(counter.Count(matches, segment->columns(), day).has_value());
  }
  postings_.insert(postings_.end(), second.begin(), second.end());
  Bitmap all(postings_.size());
  all.SetAll();
  for (const FacetResult& result : counter.Results()) {
    EXPECT_EQ(CountsOf(result), NaiveCounts(result.facet, request, all));
  }
}

TEST_F(FacetCounterTest, ValuesStandInTheOrderOfTheApi) {
  Build(300);
  SearchRequest request;
  for (const schema::FacetSpec& spec : schema::Facets()) {
    request.facets.push_back(spec.id);
  }
  request.filters = {{schema::FilterGroup::kPlace, query::PlaceFilter{{13, 14}, {}}}};
  Bitmap all(postings_.size());
  all.SetAll();
  for (const FacetResult& result : Count(request, all)) {
    const schema::FacetSpec& spec = schema::GetFacet(result.facet);
    for (size_t i = 1; i < result.counts.size(); ++i) {
      const FacetCount& before = result.counts[i - 1];
      const FacetCount& count = result.counts[i];
      ASSERT_NE(before.code, "unknown") << spec.name;
      if (count.code == "unknown") {
        continue;
      }
      if (spec.order == schema::FacetOrder::kCount) {
        ASSERT_TRUE(before.count > count.count ||
                    (before.count == count.count && before.code < count.code))
            << spec.name;
      } else if (result.facet != Facet::kWageHistogram && result.facet != Facet::kWalkMinutes &&
                 result.facet != Facet::kHolidays && result.facet != Facet::kReceived) {
        ASSERT_LT(before.code, count.code) << spec.name;
      }
    }
  }
}

TEST_F(FacetCounterTest, WithoutAPlaceTheCityFacetIsLeftOutOfAll) {
  Build(20);
  Bitmap all(postings_.size());
  all.SetAll();
  SearchRequest request;
  request.facets = {Facet::kCity};
  ASSERT_EQ(Count(request, all).size(), 1U);
  EXPECT_TRUE(Count(request, all)[0].counts.empty());
  request.all_facets = true;
  EXPECT_TRUE(Count(request, all).empty());
  request.filters = {{schema::FilterGroup::kPlace, query::PlaceFilter{{13}, {}}}};
  EXPECT_EQ(Count(request, all).size(), 1U);
}

struct Edge {
  schema::WageType type;
  uint32_t yen;
  const char* code;
};

TEST(WageHistogramTest, BucketsBeginAndEndWhereTheApiSays) {
  using enum schema::WageType;
  for (const Edge& edge : {Edge{kMonthly, 0, "monthly:0"},
                           Edge{kMonthly, 99'999, "monthly:0"},
                           Edge{kMonthly, 100'000, "monthly:100000"},
                           Edge{kMonthly, 109'999, "monthly:100000"},
                           Edge{kMonthly, 110'000, "monthly:110000"},
                           Edge{kMonthly, 599'999, "monthly:590000"},
                           Edge{kMonthly, 600'000, "monthly:600000"},
                           Edge{kMonthly, UINT32_MAX - 1, "monthly:600000"},
                           Edge{kHourly, 899, "hourly:0"},
                           Edge{kHourly, 900, "hourly:900"},
                           Edge{kHourly, 949, "hourly:900"},
                           Edge{kHourly, 950, "hourly:950"},
                           Edge{kHourly, 2'999, "hourly:2950"},
                           Edge{kHourly, 3'000, "hourly:3000"},
                           Edge{kDaily, 4'999, "daily:0"},
                           Edge{kDaily, 5'000, "daily:5000"},
                           Edge{kDaily, 29'999, "daily:29000"},
                           Edge{kDaily, 30'000, "daily:30000"},
                           Edge{kYearly, 1'499'999, "yearly:0"},
                           Edge{kYearly, 1'500'000, "yearly:1500000"},
                           Edge{kYearly, 9'999'999, "yearly:9500000"},
                           Edge{kYearly, 10'000'000, "yearly:10000000"},
                           Edge{kOther, 200'000, "unknown"},
                           Edge{kUnknown, 200'000, "unknown"}}) {
    EXPECT_EQ(
        schema::FacetValueCode(Facet::kWageHistogram, schema::WageFacetValue(edge.type, edge.yen)),
        edge.code)
        << edge.yen;
  }
  EXPECT_EQ(schema::WageFacetValue(kMonthly, std::nullopt), schema::kUnknownFacetValue);
}

}  // namespace
}  // namespace kyujin::search

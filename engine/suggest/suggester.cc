#include "engine/suggest/suggester.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "engine/suggest/name_counter.h"
#include "engine/suggest/typed_name.h"

namespace kyujin::suggest {
namespace {

// How many stations or employers are counted for one answer.
constexpr size_t kMaxCounted = 50;
// How many names are looked for as words.
constexpr size_t kMaxSearches = 8;

struct Candidate {
  Suggestion suggestion;
  bool is_whole = false;
};

// What choosing a suggestion would search for: a parameter and its value.
using ParameterValue = std::pair<std::string_view, std::string_view>;
struct HashOfValue {
  size_t operator()(const ParameterValue& value) const {
    constexpr size_t kOdd = 31;
    return std::hash<std::string_view>()(value.first) * kOdd +
           std::hash<std::string_view>()(value.second);
  }
};

class Candidates {
 public:
  Candidates(const TableNames& tables,
             const TypedName& typed,
             const NameCounter& counter,
             const CountWords& count_words)
      : tables_(tables), typed_(typed), counter_(counter), count_words_(count_words) {}

  // Whatever cannot be among the best `limit` may be left out.
  Status Add(Spelling spelling, size_t limit) {
    KYUJIN_RETURN_IF_ERROR(AddTableNames(spelling, limit));
    AddSegmentNames(NameKind::kStation, spelling);
    AddSegmentNames(NameKind::kEmployer, spelling);
    return {};
  }

  [[nodiscard]] bool empty() const { return found_.empty(); }

  // The best `limit`, no kind with more than half of them while others have any.
  std::vector<Suggestion> Take(size_t limit) {
    std::sort(found_.begin(), found_.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(b.is_whole, b.suggestion.count, a.suggestion.kind, a.suggestion.text) <
             std::tuple(a.is_whole, a.suggestion.count, b.suggestion.kind, b.suggestion.text);
    });
    std::vector<Suggestion> best;
    std::array<size_t, kNameKindCount> of_kind{};
    std::vector<Candidate> rest;
    for (Candidate& candidate : found_) {
      size_t& taken = of_kind[static_cast<size_t>(candidate.suggestion.kind)];
      if (taken < (limit + 1) / 2) {
        ++taken;
        best.push_back(std::move(candidate.suggestion));
      } else {
        rest.push_back(std::move(candidate));
      }
    }
    for (Candidate& candidate : rest) {
      best.push_back(std::move(candidate.suggestion));
    }
    best.resize(std::min(limit, best.size()));
    return best;
  }

 private:
  // One value may have many names (看護師, 看護職): the whole one stands for it, else the first.
  [[nodiscard]] std::vector<std::pair<uint32_t, bool>> WholeFirst(Spelling spelling) const {
    const std::vector<uint32_t> ids = spelling == Spelling::kAsTyped
                                          ? typed_.Find(tables_.index())
                                          : typed_.FindNear(tables_.index(), /*everywhere=*/true);
    std::vector<std::pair<uint32_t, bool>> ordered;
    ordered.reserve(ids.size());
    for (const uint32_t id : ids) {
      ordered.emplace_back(id, typed_.IsWhole(tables_.index(), id));
    }
    std::stable_partition(
        ordered.begin(), ordered.end(), [](const auto& entry) { return entry.second; });
    return ordered;
  }

  static Suggestion SuggestionOf(const TableName& name, uint64_t count) {
    return {name.kind,
            name.text,
            name.parameter,
            std::string(name.value),
            std::string(name.label),
            count};
  }

  // Municipalities that begin as typed, by what they have at most: once the best are known, the
  // rest need no counting.
  void AddMunicipalities(const std::vector<uint32_t>& ids, size_t limit) {
    std::vector<std::pair<uint64_t, uint32_t>> at_most;
    at_most.reserve(ids.size());
    for (const uint32_t id : ids) {
      at_most.emplace_back(counter_.AtMost(tables_.names()[id]), id);
    }
    std::sort(at_most.begin(), at_most.end(), std::greater<>());
    std::multiset<uint64_t> best;
    for (const auto& [documents, id] : at_most) {
      if (best.size() == limit && documents < *best.begin()) {
        return;
      }
      const TableName& name = tables_.names()[id];
      const uint64_t count = counter_.Count(name);
      if (count == 0) {
        continue;
      }
      found_.push_back({SuggestionOf(name, count), false});
      best.insert(count);
      if (best.size() > limit) {
        best.erase(best.begin());
      }
    }
  }

  Status AddTableNames(Spelling spelling, size_t limit) {
    std::unordered_set<ParameterValue, HashOfValue> values;
    std::vector<uint32_t> municipalities;
    size_t searches = 0;
    for (const auto& [id, is_whole] : WholeFirst(spelling)) {
      const TableName& name = tables_.names()[id];
      if (name.is_municipality() && !is_whole) {
        if (values.emplace(name.parameter, name.value).second) {
          municipalities.push_back(id);
        }
        continue;
      }
      Suggestion suggestion = SuggestionOf(name, 0);
      if (counter_.IsGiven(name.kind)) {
        if (values.emplace(name.parameter, name.value).second) {
          suggestion.count = counter_.Count(name);
        }
      } else if (count_words_ && values.emplace("q", name.text).second &&
                 ++searches <= kMaxSearches) {
        suggestion.parameter = "q";
        suggestion.value = name.text;
        suggestion.label = name.text;
        KYUJIN_ASSIGN_OR_RETURN(suggestion.count, count_words_(name.text));
      }
      if (suggestion.count > 0) {
        found_.push_back({std::move(suggestion), is_whole});
      }
    }
    AddMunicipalities(municipalities, limit);
    return {};
  }

  void AddSegmentNames(NameKind kind, Spelling spelling) {
    const bool is_station = kind == NameKind::kStation;
    for (const std::string_view name : counter_.Find(kind, typed_, spelling, kMaxCounted)) {
      if (const uint64_t count = counter_.Count(kind, name); count > 0) {
        const std::string text(name);
        found_.push_back({{kind,
                           text,
                           is_station ? "station" : "q",
                           text,
                           is_station ? text + "駅" : text,
                           count},
                          counter_.IsWhole(kind, typed_, name)});
      }
    }
  }

  const TableNames& tables_;
  const TypedName& typed_;
  const NameCounter& counter_;
  const CountWords& count_words_;
  std::vector<Candidate> found_;
};

// Names of employers are kept folded: how a posting writes it is read from one. Without a number
// an employer is looked for by its name, as a phrase.
Status FinishEmployer(const index::Snapshot& snapshot,
                      const NameCounter& counter,
                      Suggestion* suggestion) {
  const index::DocumentAddress address = counter.AnyDocument(suggestion->text);
  KYUJIN_ASSIGN_OR_RETURN(const schema::JobPosting posting, snapshot.ReadPosting(address));
  if (const std::string_view name = posting.feed.Get(schema::Tag::kJgshmei); !name.empty()) {
    suggestion->text = name;
    suggestion->label = name;
  }
  if (posting.employer_number != 0) {
    suggestion->parameter = "employer_number";
    suggestion->value = fmt::format("{:011}", posting.employer_number);
    suggestion->count = counter.CountNumber(posting.employer_number);
  } else {
    suggestion->value = fmt::format("\"{}\"", suggestion->text);
  }
  return {};
}

}  // namespace

Result<std::vector<Suggestion>> Suggester::Suggest(const SuggestRequest& request,
                                                   const index::Snapshot& snapshot,
                                                   const CountedDocuments& counted) {
  const TypedName typed(request.typed);
  if (typed.empty() || request.limit == 0) {
    return std::vector<Suggestion>();
  }
  const NameCounter counter(snapshot, counted, &segments_);
  Candidates candidates(tables_, typed, counter, request.count_words);
  KYUJIN_RETURN_IF_ERROR(candidates.Add(Spelling::kAsTyped, request.limit));
  if (candidates.empty() && typed.may_be_mistaken()) {
    KYUJIN_RETURN_IF_ERROR(candidates.Add(Spelling::kOneMistake, request.limit));
  }
  std::vector<Suggestion> best = candidates.Take(request.limit);
  for (Suggestion& suggestion : best) {
    if (suggestion.kind == NameKind::kEmployer) {
      KYUJIN_RETURN_IF_ERROR(FinishEmployer(snapshot, counter, &suggestion));
    }
  }
  return best;
}

void Suggester::Warm(const index::Snapshot& snapshot) {
  for (const auto& segment : snapshot.segments()) {
    segments_.Get(segment);
  }
}

}  // namespace kyujin::suggest

// PostingGenerator: made-up postings as records of the official feed (teikyo), each a function of
// the seed and its index alone, so that pages can be made in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "bench/corpus/calendar.h"
#include "bench/corpus/conditions_writer.h"
#include "bench/corpus/description_writer.h"
#include "bench/corpus/employers.h"
#include "bench/corpus/feed_record.h"
#include "bench/corpus/hours_writer.h"
#include "bench/corpus/occupations.h"
#include "bench/corpus/phrase_writer.h"
#include "bench/corpus/places.h"
#include "bench/corpus/posting_plan.h"
#include "bench/corpus/wage_writer.h"
#include "bench/corpus/workplace_writer.h"

namespace kyujin::corpus {

struct CorpusOptions {
  uint64_t count = 0;  // records, those with a repeated number included
  uint64_t seed = 1;
  Date as_of;
};

// The largest `count` whose numbers (求人番号) stay unique.
inline constexpr uint64_t kMaxCount = 9'000'000;

// Thread rule: **Confined to one thread**: it reuses scratch memory. Two of the same options write
// the same records.
class PostingGenerator {
 public:
  // Requires: options.count <= kMaxCount.
  explicit PostingGenerator(const CorpusOptions& options);

  // Appends record `index` as one `<data>` element. Requires: index < options.count.
  void Append(uint64_t index, std::string& out);

 private:
  // Which posting a record shows: now and then an earlier one once more, as it was or renewed.
  struct Version {
    uint64_t posting = 0;
    size_t renewed_by = 0;  // working days
  };
  [[nodiscard]] Version VersionOf(uint64_t index) const;
  // The posting whose texts this one copies; itself, for most.
  [[nodiscard]] uint64_t LeaderOf(uint64_t posting) const;
  [[nodiscard]] uint64_t EmployerSeed(const PostingPlan& plan, size_t prefecture, Random& random);

  void MakePlan(uint64_t content_seed, Random& local);
  void PickEmployment(Random& random);
  void WriteIdentity(Version version, Random& local, FeedRecord& record);
  void WriteClassification(Random& local, FeedRecord& record);
  void WriteCompany(uint64_t content_seed, FeedRecord& record);
  void WriteQuirks(Random& local, FeedRecord& record);

  CorpusOptions options_;
  PlaceCatalogue places_;
  OccupationCatalogue occupations_;
  PhraseWriter phrases_;
  EmployerCatalogue employers_;
  PostingCalendar calendar_;
  DescriptionWriter descriptions_;
  WorkplaceWriter workplaces_;
  WageWriter wages_;
  HoursWriter hours_;
  ConditionsWriter conditions_;

  PostingPlan plan_;
  std::string text_;
};

}  // namespace kyujin::corpus

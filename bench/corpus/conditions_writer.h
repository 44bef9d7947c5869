// ConditionsWriter: who may apply and under which conditions: contract, age, education, experience,
// licences, insurance, retirement, transfers, remote work, selection.
#pragma once

#include <string>

#include "bench/corpus/feed_record.h"
#include "bench/corpus/phrase_writer.h"
#include "bench/corpus/posting_plan.h"
#include "bench/corpus/word_list.h"

namespace kyujin::corpus {

// Thread rule: **Thread-compatible**: Write reuses scratch memory.
class ConditionsWriter {
 public:
  // Keeps `phrases`, which must outlive it.
  explicit ConditionsWriter(const PhraseWriter& phrases);
  // Employment type, full or part time, kind of posting, contract.
  void WriteEmployment(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteRequirements(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteBenefits(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteSelection(const PostingPlan& plan, Random& random, FeedRecord& record);

 private:
  void WriteContract(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteAge(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteExperience(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteLicences(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteMobility(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteRetirement(const PostingPlan& plan, Random& random, FeedRecord& record);

  const PhraseWriter& phrases_;
  WordList experiences_;
  WordList computer_skills_;
  std::string text_;
};

}  // namespace kyujin::corpus

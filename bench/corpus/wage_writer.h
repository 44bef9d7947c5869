// WageWriter: basic wage (a), allowances (b), fixed overtime (c), bonus, raise and commuting,
// around the mean wages of the occupation and the prefecture and above the minimum wage.
#pragma once

#include <string>

#include "bench/corpus/feed_record.h"
#include "bench/corpus/posting_plan.h"

namespace kyujin::corpus {

// Draws how the posting pays; part of the plan because other sections depend on it.
WageForm PickWageForm(const PostingPlan& plan, Random& random);

// Thread rule: **Thread-compatible**: Write reuses scratch memory.
class WageWriter {
 public:
  void Write(const PostingPlan& plan, Random& random, FeedRecord& record);

 private:
  struct Range {
    int low = 0;
    int high = 0;
  };
  static Range PickTotal(const PostingPlan& plan, Random& random);
  static Range PickRegular(const PostingPlan& plan, Random& random);
  Range WriteAllowances(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteFixedOvertime(const PostingPlan& plan, Range base, Random& random, FeedRecord& record);
  void WriteBonus(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteRaise(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteCommuting(const PostingPlan& plan, Random& random, FeedRecord& record);

  std::string text_;
};

}  // namespace kyujin::corpus

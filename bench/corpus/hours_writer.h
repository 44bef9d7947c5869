// HoursWriter: shifts, working-time systems, overtime, breaks, days off and annual holidays.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "bench/corpus/feed_record.h"
#include "bench/corpus/phrase_writer.h"
#include "bench/corpus/posting_plan.h"
#include "bench/corpus/word_list.h"

namespace kyujin::corpus {

// Thread rule: **Thread-compatible**: Write reuses scratch memory.
class HoursWriter {
 public:
  // Keeps `phrases`, which must outlive it.
  explicit HoursWriter(const PhraseWriter& phrases);
  void Write(const PostingPlan& plan, Random& random, FeedRecord& record);

 private:
  enum class WeeklyRest : uint8_t { kTwoDays, kOther, kNone };

  void WriteShifts(const PostingPlan& plan, Random& random, FeedRecord& record);
  // `open`: when work can begin where no shift is given.
  void WriteHoursNote(const PostingPlan& plan, int open, Random& random, FeedRecord& record);
  void WriteOvertime(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteDaysOff(const PostingPlan& plan, Random& random, FeedRecord& record);
  void WriteWeekdays(const PostingPlan& plan, WeeklyRest rest, Random& random, FeedRecord& record);
  void WriteAnnualHolidays(WeeklyRest rest, Random& random, FeedRecord& record);

  const PhraseWriter& phrases_;
  WordList hours_notes_;
  WordList holiday_notes_;
  std::string text_;
};

}  // namespace kyujin::corpus

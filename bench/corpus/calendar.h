// PostingCalendar: on which days postings are received and until when they stand. Arrivals heap on
// the first working days of a month; a posting stands until the end of the second month after it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/corpus/alias_table.h"
#include "engine/base/date.h"

namespace kyujin::corpus {

// Thread rule: **Immutable.**
class PostingCalendar {
 public:
  // Postings stand as they do on `as_of`. Requires: as_of is between 2001 and 2178.
  explicit PostingCalendar(Date as_of);

  // Returns a day of receipt, as an index for the calls below.
  [[nodiscard]] size_t PickReceived(Random& random) const;
  // Returns a day of receipt up to `working_days` later, never after as_of.
  [[nodiscard]] size_t Later(size_t received, size_t working_days) const;

  [[nodiscard]] Date received(size_t index) const { return days_[index].received; }
  // Dates as the feed writes them: 2026/04/28. The deadline is now and then another day.
  [[nodiscard]] const std::string& ReceivedText(size_t index) const { return days_[index].text; }
  [[nodiscard]] std::string DeadlineText(size_t index, Random& random) const;

 private:
  struct Day {
    Date received;
    Date deadline;
    std::string text;
    std::string deadline_text;
  };
  void AddMonth(int year, unsigned month, uint32_t weight, std::vector<uint32_t>& weights);

  Date as_of_;
  std::vector<Day> days_;
  AliasTable current_;
  AliasTable expired_;
};

// Returns 2026/04/28.
std::string FeedDate(Date date);

}  // namespace kyujin::corpus

// WaitingQueries: the queries that wait at each clause, all in one block of memory. Private to
// engine/percolator.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/percolator/list_block.h"
#include "engine/percolator/stored_query.h"

namespace kyujin::percolator {

// Queries that wait at one clause are sorted by their other clauses: those with the same second one
// stand side by side, so that where it does not hold none of them is looked at, and those without a
// third one are taken in one go. Thread rule: Thread-compatible.
class WaitingQueries {
 public:
  // `clauses`: all of the query; the first one is where it waits.
  void Add(QueryHandle handle, std::span<const ClauseId> clauses);
  // Removing what is not there changes nothing.
  void Remove(QueryHandle handle, ClauseId waits_at);
  [[nodiscard]] bool IsEmpty(ClauseId clause) const {
    return clause >= lists_.size() || lists_[clause].empty();
  }
  // Brings what came since the last time to the others. Worth it once many have come; the rest is
  // done on the way.
  void Sort();

  // What ForEachThat needs from call to call. Thread rule: Confined to one thread.
  class Scratch {
    friend class WaitingQueries;
    std::vector<std::span<const uint32_t>> lists_;
    std::vector<std::span<const uint32_t>> groups_;
    std::vector<uint32_t> passing_;
  };

  // Calls `take` with the handles (a span) of queries at `clauses` whose other clauses all pass
  // `holds`, until it has been given all of them. What `holds.MayHold` fails, `holds` fails; it
  // costs next to nothing. In three steps, each of which asks for the memory that the next one
  // reads, because a look into it takes as long as some hundred instructions.
  template <class Holds, class Take>
  void ForEachThat(std::span<const ClauseId> clauses,
                   Scratch* scratch,
                   Holds&& holds,
                   Take&& take) const {
    FindLists(clauses, scratch);
    scratch->groups_.clear();
    for (const Words& words : scratch->lists_) {
      const Layout layout(words);
      if (layout.alone > 0) {
        take(words.subspan(kHead, layout.alone));
      }
      FindGroups(words, layout, holds, scratch);
      TakeRecords(words.subspan(layout.late), holds, take);
    }
    for (const Words& group : scratch->groups_) {
      if (group[0] > 0) {
        take(group.subspan(1, group[0]));
      }
      TakeRecords(group.subspan(1 + size_t{group[0]}), holds, take);
    }
  }

 private:
  // One list: how many are alone and in how many groups, where the late ones begin; the handles
  // that have no other clause; the second clause of each group; where each group ends; the groups;
  // the late ones, too few yet to be sorted in, as records.
  // A group: how many have no third clause, their handles, the others as records.
  // A record: number of clauses, these, the handle. First and, in groups, second clause are left
  // out.
  using Words = std::span<const uint32_t>;
  static constexpr uint32_t kHead = 3;
  struct Layout {
    explicit Layout(Words words)
        : alone(words[0]), groups(words[1]), late(words[2]), records(kHead + alone + 2 * groups) {}
    uint32_t alone;
    uint32_t groups;
    uint32_t late;
    uint32_t records;
  };
  // What a record says.
  struct Record {
    std::vector<ClauseId> clauses;
    QueryHandle handle = 0;
    friend bool operator<(const Record& a, const Record& b) { return a.clauses < b.clauses; }
  };

  void FindLists(std::span<const ClauseId> clauses, Scratch* scratch) const;
  // Adds the groups whose second clause holds.
  template <class Holds>
  static void FindGroups(Words words, const Layout& layout, Holds&& holds, Scratch* scratch) {
    const Words seconds = words.subspan(kHead + layout.alone, layout.groups);
    const Words ends = words.subspan(kHead + layout.alone + layout.groups, layout.groups);
    // Without a branch, which would be guessed wrong as often as a group passes.
    std::vector<uint32_t>& passing = scratch->passing_;
    passing.resize(std::max<size_t>(passing.size(), layout.groups));
    size_t count = 0;
    for (uint32_t group = 0; group < layout.groups; ++group) {
      passing[count] = group;
      count += holds.MayHold(seconds[group]) ? 1 : 0;
    }
    for (size_t i = 0; i < count; ++i) {
      const uint32_t group = passing[i];
      if (holds(seconds[group])) {
        const uint32_t begin = group == 0 ? layout.records : ends[group - 1];
        scratch->groups_.push_back(words.subspan(begin, ends[group] - begin));
        __builtin_prefetch(scratch->groups_.back().data());
      }
    }
  }
  template <class Holds, class Take>
  static void TakeRecords(Words records, Holds&& holds, Take&& take) {
    for (size_t at = 0; at < records.size();) {
      const size_t end = at + 1 + records[at];
      size_t clause = at + 1;
      while (clause < end && holds(records[clause])) {
        ++clause;
      }
      if (clause == end) {
        take(records.subspan(end, 1));
      }
      at = end + 1;
    }
  }
  static std::vector<Record> Read(Words words);
  void Write(std::vector<Record> records, ClauseId clause);
  void CompactIfWasteful();

  ListBlock<uint32_t> block_;
  std::vector<ListBlock<uint32_t>::List> lists_;  // by clause
};

}  // namespace kyujin::percolator

// Random postings for tests of index and search: every member of JobPosting is set in some of them,
// missing in others, and the texts share few words, so that words, phrases and filters meet.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/schema/job_posting.h"

namespace kyujin::test {

// The day on which random postings are looked at: some were received in the days before it, some
// after it, some deadlines have passed.
inline constexpr Date kToday = Date::FromDays(9'800);

// Words that the texts are made of; the analyzer keeps each of them whole.
const std::vector<std::string>& TextWords();
// Returns `words` random words, with spaces, symbols and sentence ends between them.
std::string RandomText(std::mt19937_64* random, size_t words);

// Returns a posting with random values. Requires: number < 10^13.
schema::JobPosting RandomPosting(std::mt19937_64* random, uint64_t number);
// Returns postings whose numbers ascend with gaps.
std::vector<schema::JobPosting> RandomPostings(std::mt19937_64* random, size_t count);

// Whether both have the same values in every member.
bool IsSame(const schema::JobPosting& a, const schema::JobPosting& b);

}  // namespace kyujin::test

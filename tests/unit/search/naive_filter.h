// What each filter means, said posting by posting in the plainest way, and random filters to try.
#pragma once

#include <random>
#include <vector>

#include "engine/base/date.h"
#include "engine/query/search_request.h"
#include "engine/schema/job_posting.h"

namespace kyujin::search {

bool Passes(const query::FilterBody& filter, const schema::JobPosting& posting, Date today);
bool IsOpen(const schema::JobPosting& posting, Date today);
bool IsNew(const schema::JobPosting& posting, Date today);
bool HasCondition(const schema::JobPosting& posting, schema::Condition condition, Date today);

// A filter of a random kind, in the group that the request parser would give it.
query::Filter RandomFilter(std::mt19937_64* random,
                           const std::vector<schema::JobPosting>& postings);

}  // namespace kyujin::search

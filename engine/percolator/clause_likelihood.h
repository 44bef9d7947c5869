// Clause likelihood: how many postings a clause holds for, where no sample of postings tells.
// Private to engine/percolator.
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include "engine/percolator/clause.h"

namespace kyujin::percolator {

// Returns a guess of how many of all postings `clause` holds for, from 0 to 1: by its kind alone.
double LikelihoodByKind(const Clause& clause);

}  // namespace kyujin::percolator

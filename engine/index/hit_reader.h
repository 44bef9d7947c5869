// Hit reader: what a hit shows of a posting, from hits.bin and the columns, without unpacking the
// whole posting.
#pragma once

#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/snapshot.h"
#include "engine/schema/job_posting.h"

namespace kyujin::index {

// Returns the posting with those members alone that a hit shows (API.md 2): of the feed's texts the
// title, the employer, the place of work and the beginning of 仕事の内容; of the stations the one
// that is shown, by name only. Requires: doc < documents(). Errors: kCorruption. Cost: a small
// block is unpacked.
Result<schema::JobPosting> ReadHit(const Segment& segment, DocId doc);

}  // namespace kyujin::index

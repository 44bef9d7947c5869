// Card codec: a whole JobPosting as bytes and back, in two parts: the hit, which has the texts that
// a hit shows, and the card, which has every derived value and all other texts. Together they are
// what a job page or a dump needs (FORMAT.md 4).
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/schema/job_posting.h"

namespace kyujin::index {

// A posting as it is stored. Thread rule: Thread-compatible.
struct StoredPosting {
  std::string hit;   // in hits.bin
  std::string card;  // in cards.bin
  friend bool operator==(const StoredPosting&, const StoredPosting&) = default;
};

// Replaces `out` by the bytes of `posting`.
void EncodePosting(const schema::JobPosting& posting, StoredPosting* out);
// Errors: kCorruption when the bytes are none of ours. Any bytes are safe to give.
Result<schema::JobPosting> DecodePosting(std::string_view hit, std::string_view card);

// Reads what a hit has and the columns do not: the feed's texts, 仕事の内容 as far as its summary
// goes; the station shown; fixed overtime; conditions from text. All else is as in a new posting.
// Errors: as DecodePosting.
Result<schema::JobPosting> DecodeHit(std::string_view hit);

}  // namespace kyujin::index

// PostingDeriver: FeedRecord → JobPosting. The one place where the feed's text becomes typed
// values; the same for XML, JSON Lines and changes.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "engine/schema/job_posting.h"
#include "engine/schema/place_resolver.h"
#include "engine/schema/position.h"

namespace kyujin::schema {

// Raised with every change of what is derived from the same feed text: an index of other rules is
// refused.
inline constexpr uint32_t kDerivationVersion = 2;

// Why a record cannot become a posting; goes to rejects.jsonl.
struct Rejection {
  std::string number;  // as given, may be empty
  std::string field;   // the tag at fault
  std::string reason;  // English, names the value
};

// Thread rule: Immutable. Holds a reference to the resolver, which must outlive it.
class PostingDeriver {
 public:
  // `positions` are those of --places; the prefectures' seats are known without.
  explicit PostingDeriver(const PlaceResolver& places, PositionTable positions = {})
      : places_(places), positions_(std::move(positions)) {}

  // Derives every value of `feed` into `posting` (cleared first; its buffers are reused). Returns
  // false and fills `rejection` when the number is missing or malformed or a date is not a date;
  // anything else that cannot be read becomes "not given".
  bool Derive(FeedRecord feed, JobPosting* posting, Rejection* rejection) const;

 private:
  void DerivePlace(JobPosting* posting) const;

  void DerivePosition(JobPosting* posting) const;

  const PlaceResolver& places_;
  PositionTable positions_;
};

}  // namespace kyujin::schema

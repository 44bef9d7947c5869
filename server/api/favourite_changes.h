// FavouriteChanges: what became of a posting since somebody kept it, and its JSON.
//
// Thread rule: **Immutable.**
#pragma once

#include <optional>

#include "engine/base/date.h"
#include "engine/base/json.h"
#include "engine/schema/job_posting.h"
#include "server/store/store_rows.h"

namespace kyujin::api {

// Returns what to keep of a posting; `kept` is the store's to set.
store::Favourite FavouriteOf(const schema::JobPosting& posting);

// A posting as it is now.
struct PostingNow {
  const schema::JobPosting* posting = nullptr;  // nullptr: the index does not have it
  std::optional<Date> gone;  // the day on which it ended; may be unknown of one that is not there
  Date today;

  [[nodiscard]] bool is_gone() const { return posting == nullptr || gone.has_value(); }
};

// A deadline at most so many days away is worth a note.
inline constexpr int kDeadlineNoteDays = 3;

// Writes the object of one favourite: what it was, `changes` since then, and a note when its
// deadline is near.
void WriteFavourite(const store::Favourite& kept, const PostingNow& now, JsonWriter* json);

}  // namespace kyujin::api

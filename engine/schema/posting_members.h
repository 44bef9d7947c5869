// The members of a posting object that a hit does not have, and the pieces that both are written
// with. Part of posting_writer.h.
//
// Thread rule: **Immutable.**
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/json.h"
#include "engine/schema/job_posting.h"
#include "engine/schema/posting_choices.h"

namespace kyujin::schema {

template <class T>
void WriteOptional(std::string_view name, const std::optional<T>& value, JsonWriter* json) {
  if (value) {
    json->MemberUint(name, *value);
  }
}

// Writes the code of `value` unless no choice means it (0, kUnknown).
template <class T>
void WriteCode(std::string_view name, std::span<const Choice> choices, T value, JsonWriter* json) {
  if (const Choice* choice = FindChoice(choices, static_cast<uint32_t>(value))) {
    json->Member(name, choice->code);
  }
}

// Whether the posting has the condition `new` on `today`.
bool IsNew(const JobPosting& posting, Date today);

// Writes the codes of `conditions`, and `new` when it holds.
void WriteConditionList(std::string_view name,
                        ConditionMask conditions,
                        bool is_new,
                        JsonWriter* json);

// Writes every derived value that is not a member of a hit.
void WriteDerivedMembers(const JobPosting& posting, JsonWriter* json);

// Writes `feed`: {tag: text}, unknown tags too.
void WriteFeed(const FeedRecord& feed, JsonWriter* json);

}  // namespace kyujin::schema

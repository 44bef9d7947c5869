// SavedQueryCodec: saved queries from the JSON that clients send, and to the JSON that they see.
//
// Thread rule: **Immutable.**
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/json.h"
#include "engine/query/parameter_error.h"
#include "server/http/http_message.h"
#include "server/store/store_rows.h"

namespace kyujin::api {

// What a saved query finds when it is made.
struct SavedQueryCounts {
  uint64_t total = 0;     // now
  uint64_t received = 0;  // of these, received in the last kPreviewDays days
};
inline constexpr uint32_t kPreviewDays = 30;

// Writes the object of one saved query. `unknown`: what of it the tables do not know any more;
// `counts`: only right after it was made.
void WriteSavedQuery(const store::SavedQuery& saved,
                     const std::vector<query::ParameterError>& unknown,
                     const SavedQueryCounts* counts,
                     JsonWriter* json);

// The members `name`, `notify` and `paused` of a body, or the refusal (400; 422 for another word of
// `notify`).
std::variant<store::SavedQueryChange, http::HttpResponse> ReadSavedQueryMembers(
    const JsonValue& body);

}  // namespace kyujin::api

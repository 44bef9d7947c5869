// SearchCodec: from what a search found to the body of its answer (API.md 2), and to its entity tag
// (API.md 1). Takes plain values: knows no index and no socket.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/query/search_request.h"
#include "engine/schema/hit_field.h"
#include "engine/schema/job_posting.h"
#include "engine/search/highlighter.h"
#include "engine/search/search_result.h"

namespace kyujin::api {

// Another query that finds something, for one that finds nothing.
struct Correction {
  std::string text;
  uint64_t total = 0;
};

struct SearchAnswer {
  search::SearchResult result;
  std::vector<schema::JobPosting> postings;  // one for each of result.hits
  // One for each of result.hits, or none when the request asks for none.
  std::vector<std::vector<search::FieldHighlight>> highlights;
  std::vector<Correction> corrections;  // only of an empty result
  uint64_t generation = 0;
  std::string index_as_of;
  Date today;
};

// Returns the JSON body. `elapsed_us` is asked once, when all else is written, for `took_us`.
std::string EncodeSearchAnswer(const query::SearchRequest& request,
                               const SearchAnswer& answer,
                               const std::function<uint64_t()>& elapsed_us);

// What an answer depends on besides the request.
struct IndexState {
  uint64_t index_id = 0;
  uint64_t generation = 0;
  Date today;
};

// Returns the body without its time, which comes last: what a result cache keeps.
std::string_view WithoutTime(std::string_view body);
// Returns such a body with a time.
std::string WithTime(std::string_view body, uint64_t elapsed_us);

// Returns bytes that are equal for requests of one answer: what result caches and entity tags are
// keyed by.
std::string AnswerKey(const query::SearchRequest& request, const IndexState& state);

// Returns the weak entity tag of the answer to `request`.
std::string SearchTag(const query::SearchRequest& request, const IndexState& state);

// Returns the members of a hit that `names` asks for; all when there are none.
schema::HitFieldMask HitFieldMaskOf(const std::vector<std::string>& names);

}  // namespace kyujin::api

#include "server/api/search_codec.h"

#include <fmt/format.h>

#include "engine/base/json.h"
#include "server/api/content_negotiation.h"
#include "server/api/posting_writer.h"

namespace kyujin::api {
namespace {

void WriteHits(const query::SearchRequest& request, const SearchAnswer& answer, JsonWriter* json) {
  HitOptions options;
  options.today = answer.today;
  options.fields = HitFieldMaskOf(request.fields);
  if (request.highlights) {
    // Asked for by name: the mask need not repeat it.
    options.fields |= query::HitFieldBit(query::HitField::kHighlight);
  }
  json->Key("hits");
  json->StartArray();
  for (size_t i = 0; i < answer.postings.size(); ++i) {
    if (request.sort == query::Sort::kRelevance) {
      options.score = answer.result.hits[i].score;
    }
    if (!answer.highlights.empty()) {
      options.highlights = answer.highlights[i];
    }
    WriteHit(answer.postings[i], options, json);
  }
  json->EndArray();
}

void WriteFacets(const std::vector<search::FacetResult>& facets, JsonWriter* json) {
  json->Key("facets");
  json->StartObject();
  for (const search::FacetResult& facet : facets) {
    json->Key(schema::GetFacet(facet.facet).name);
    json->StartArray();
    for (const search::FacetCount& value : facet.counts) {
      json->StartObject();
      json->Member("code", value.code);
      json->Member("label", value.label);
      json->MemberUint("count", value.count);
      json->MemberBool("selected", value.selected);
      if (value.excluded) {
        json->MemberBool("excluded", true);
      }
      json->EndObject();
    }
    json->EndArray();
  }
  json->EndObject();
}

// Interpretation and partial matching find nothing yet.
void WriteEmptyList(std::string_view name, JsonWriter* json) {
  json->Key(name);
  json->StartArray();
  json->EndArray();
}

}  // namespace

std::string EncodeSearchAnswer(const query::SearchRequest& request,
                               const SearchAnswer& answer,
                               const std::function<uint64_t()>& elapsed_us) {
  const search::SearchResult& result = answer.result;
  KYUJIN_CHECK(answer.postings.size() == result.hits.size());
  JsonWriter json;
  json.StartObject();
  json.MemberUint("total", result.total);
  json.MemberUint("total_positions", result.total_positions);
  json.MemberUint("generation", answer.generation);
  json.Member("index_as_of", answer.index_as_of);
  if (result.generation_changed) {
    json.MemberBool("generation_changed", true);
  }
  json.Member("sort", query::SortName(request.sort));
  WriteEmptyList("interpretation", &json);
  WriteEmptyList("partial_words", &json);
  WriteHits(request, answer, &json);
  if (!request.facets.empty()) {
    WriteFacets(result.facets, &json);
  }
  if (result.next) {
    json.Member("next_cursor", query::EncodeCursor(*result.next));
  }
  json.MemberUint("took_us", elapsed_us());
  json.EndObject();
  return std::string(json.view());
}

std::string SearchTag(const query::SearchRequest& request, const IndexState& state) {
  const std::string cursor = request.cursor ? query::EncodeCursor(*request.cursor) : "";
  return WeakTag(fmt::format("{}/{}/{}/{}/{}/{}/{}",
                             state.index_id,
                             state.generation,
                             state.today.days(),
                             request.limit,
                             request.offset,
                             cursor,
                             request.canonical));
}

query::HitFieldMask HitFieldMaskOf(const std::vector<std::string>& names) {
  if (names.empty()) {
    return query::kAllHitFields;
  }
  query::HitFieldMask mask = 0;
  for (const query::Choice& field : query::HitFields()) {
    for (const std::string& name : names) {
      if (name == field.code) {
        mask |= query::HitFieldMask{1} << field.value;
      }
    }
  }
  return mask;
}

}  // namespace kyujin::api

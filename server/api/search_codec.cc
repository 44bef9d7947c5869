#include "server/api/search_codec.h"

#include <fmt/format.h>

#include "engine/base/json.h"
#include "server/api/content_negotiation.h"
#include "server/api/hit_writer.h"

namespace kyujin::api {
namespace {

// How the last member of an answer begins.
constexpr std::string_view kTimeMember = ",\"took_us\":";

void WriteHits(const query::SearchRequest& request, const SearchAnswer& answer, JsonWriter* json) {
  HitOptions options;
  options.today = answer.today;
  options.fields = HitFieldMaskOf(request.fields);
  if (request.highlights) {
    // Asked for by name: the mask need not repeat it.
    options.fields |= schema::HitFieldBit(schema::HitField::kHighlight);
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
    options.partial = answer.result.hits[i].partial;
    if (!answer.result.explanations.empty()) {
      options.explanation = &answer.result.explanations[i];
    }
    options.distance_km = answer.result.hits[i].distance_km;
    WriteHit(answer.postings[i], options, json);
  }
  json->EndArray();
}

void WriteValue(const query::InterpretedValue& value, JsonWriter* json) {
  json->Member("parameter", value.parameter);
  json->Member("value", value.value);
  json->Member("label", value.label);
}

void WriteInterpretation(const std::vector<query::InterpretationChip>& chips, JsonWriter* json) {
  json->Key("interpretation");
  json->StartArray();
  for (const query::InterpretationChip& chip : chips) {
    json->StartObject();
    json->Member("text", chip.text);
    WriteValue(chip.meaning, json);
    json->MemberBool("applied", chip.is_applied);
    if (!chip.alternatives.empty()) {
      json->Key("alternatives");
      json->StartArray();
      for (const query::InterpretedValue& alternative : chip.alternatives) {
        json->StartObject();
        WriteValue(alternative, json);
        json->EndObject();
      }
      json->EndArray();
    }
    json->EndObject();
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

void WritePartialWords(const std::vector<std::string>& words, JsonWriter* json) {
  json->Key("partial_words");
  json->StartArray();
  for (const std::string& word : words) {
    json->String(word);
  }
  json->EndArray();
}

void WriteCorrections(const std::vector<Correction>& corrections, JsonWriter* json) {
  json->Key("did_you_mean");
  json->StartArray();
  for (const Correction& correction : corrections) {
    json->StartObject();
    json->Member("text", correction.text);
    json->MemberUint("total", correction.total);
    json->EndObject();
  }
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
  WriteInterpretation(request.interpretation, &json);
  WritePartialWords(result.partial_words, &json);
  if (!answer.corrections.empty()) {
    WriteCorrections(answer.corrections, &json);
  }
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

std::string_view WithoutTime(std::string_view body) {
  const size_t time = body.rfind(kTimeMember);
  KYUJIN_CHECK(time != std::string_view::npos);
  return body.substr(0, time);
}

std::string WithTime(std::string_view body, uint64_t elapsed_us) {
  return fmt::format("{}{}{}}}", body, kTimeMember, elapsed_us);
}

std::string AnswerKey(const query::SearchRequest& request, const IndexState& state) {
  const std::string cursor = request.cursor ? query::EncodeCursor(*request.cursor) : "";
  // What was typed shows in the answer, what it was read as decides what is found.
  return fmt::format("{}/{}/{}/{}/{}/{}/{}/{}",
                     state.index_id,
                     state.generation,
                     state.today.days(),
                     request.limit,
                     request.offset,
                     cursor,
                     request.canonical,
                     request.as_parameters);
}

std::string SearchTag(const query::SearchRequest& request, const IndexState& state) {
  return WeakTag(AnswerKey(request, state));
}

schema::HitFieldMask HitFieldMaskOf(const std::vector<std::string>& names) {
  if (names.empty()) {
    return schema::kAllHitFields;
  }
  schema::HitFieldMask mask = 0;
  for (const schema::Choice& field : schema::HitFields()) {
    for (const std::string& name : names) {
      if (name == field.code) {
        mask |= schema::HitFieldMask{1} << field.value;
      }
    }
  }
  return mask;
}

}  // namespace kyujin::api

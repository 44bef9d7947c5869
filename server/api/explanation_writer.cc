#include "server/api/explanation_writer.h"

#include <array>

#include "engine/schema/feed_field.h"

namespace kyujin::api {
namespace {

constexpr double kScoreUnit = 65536.0;

// In the order of MatchKind.
constexpr std::array<std::string_view, 5> kMatchNames{
    "word", "part", "reading", "synonym", "partial"};

void WriteField(const search::FieldContribution& field, JsonWriter* json) {
  json->StartObject();
  json->Member("field", schema::SearchFields()[static_cast<size_t>(field.field)].name);
  json->Member("form", field.form);
  json->Member("match", kMatchNames[static_cast<size_t>(field.kind)]);
  json->MemberUint("frequency", field.frequency);
  WriteScoreMember("score", field.score, json);
  json->EndObject();
}

uint64_t ScoreOf(const search::WordContributions& word) {
  uint64_t score = 0;
  for (const search::FieldContribution& field : word.fields) {
    score += field.score;
  }
  return score;
}

}  // namespace

void WriteScoreMember(std::string_view name, uint64_t score, JsonWriter* json) {
  json->MemberDouble(name, static_cast<double>(score) / kScoreUnit);
}

void WriteExplanation(const search::HitExplanation& explanation, JsonWriter* json) {
  uint64_t score = explanation.recency;
  json->StartObject();
  json->Key("words");
  json->StartArray();
  for (const search::WordContributions& word : explanation.words) {
    score += ScoreOf(word);
    json->StartObject();
    json->Member("word", word.word);
    WriteScoreMember("score", ScoreOf(word), json);
    json->Key("fields");
    json->StartArray();
    for (const search::FieldContribution& field : word.fields) {
      WriteField(field, json);
    }
    json->EndArray();
    json->EndObject();
  }
  json->EndArray();
  WriteScoreMember("recency", explanation.recency, json);
  WriteScoreMember("score", score, json);
  json->EndObject();
}

}  // namespace kyujin::api

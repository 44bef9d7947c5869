#include "server/api/hit_writer.h"

#include <cmath>

#include "engine/schema/posting_writer.h"
#include "server/api/explanation_writer.h"

namespace kyujin::api {
namespace {

using schema::HitField;

constexpr double kScoreUnit = 65'536.0;

// Metres are more than a municipality's position deserves.
void WriteDistance(const HitOptions& options, JsonWriter* json) {
  constexpr double kMetres = 1'000.0;
  if (options.distance_km) {
    json->MemberDouble("distance_km", std::round(*options.distance_km * kMetres) / kMetres);
  }
}

void WritePartial(const HitOptions& options, JsonWriter* json) {
  json->MemberBool("partial", options.partial);
}

void WriteScore(const HitOptions& options, JsonWriter* json) {
  if (options.score) {
    json->MemberDouble("score", static_cast<double>(*options.score) / kScoreUnit);
  }
}

void WriteHighlight(const HitOptions& options, JsonWriter* json) {
  if (options.highlights.empty()) {
    return;
  }
  json->Key("highlight");
  json->StartObject();
  for (const search::FieldHighlight& highlight : options.highlights) {
    json->Member(schema::SearchFields()[static_cast<size_t>(highlight.field)].name, highlight.html);
  }
  json->EndObject();
}

void WriteMember(const schema::JobPosting& posting,
                 HitField field,
                 const HitOptions& options,
                 JsonWriter* json) {
  switch (field) {
    case HitField::kDistanceKm:
      return WriteDistance(options, json);
    case HitField::kPartial:
      return WritePartial(options, json);
    case HitField::kScore:
      return WriteScore(options, json);
    case HitField::kHighlight:
      return WriteHighlight(options, json);
    default:
      return schema::WriteMember(posting, field, options.today, json);
  }
}

}  // namespace

void WriteHit(const schema::JobPosting& posting, const HitOptions& options, JsonWriter* json) {
  json->StartObject();
  for (size_t i = 0; i < schema::kHitFieldCount; ++i) {
    const auto field = static_cast<HitField>(i);
    if ((options.fields & schema::HitFieldBit(field)) != 0) {
      WriteMember(posting, field, options, json);
    }
  }
  if (options.explanation != nullptr) {
    json->Key("explain");
    WriteExplanation(*options.explanation, json);
  }
  json->EndObject();
}

}  // namespace kyujin::api

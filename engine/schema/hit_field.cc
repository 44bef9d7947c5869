#include "engine/schema/hit_field.h"

#include <array>

namespace kyujin::schema {
namespace {

constexpr Choice Row(HitField field, std::string_view name, std::string_view label) {
  return {name, label, static_cast<uint32_t>(field)};
}

constexpr std::array<Choice, kHitFieldCount> kHitFields = {{
    Row(HitField::kNumber, "number", "求人番号"),
    Row(HitField::kTitle, "title", "職種"),
    Row(HitField::kEmployer, "employer", "事業所名"),
    Row(HitField::kSummary, "summary", "仕事の内容（冒頭）"),
    Row(HitField::kWorkplace, "workplace", "就業場所"),
    Row(HitField::kPref, "pref", "都道府県コード"),
    Row(HitField::kPrefLabel, "pref_label", "都道府県"),
    Row(HitField::kCity, "city", "市区町村コード"),
    Row(HitField::kCityLabel, "city_label", "市区町村"),
    Row(HitField::kStation, "station", "最寄り駅"),
    Row(HitField::kWalkMinutes, "walk_minutes", "駅からの徒歩分数"),
    Row(HitField::kDistanceKm, "distance_km", "中心からの距離（km）"),
    Row(HitField::kOccupation, "occupation", "職業分類"),
    Row(HitField::kEmployment, "employment", "雇用形態コード"),
    Row(HitField::kEmploymentLabel, "employment_label", "雇用形態"),
    Row(HitField::kFullPart, "full_part", "フルタイム・パート"),
    Row(HitField::kWage, "wage", "賃金"),
    Row(HitField::kHours, "hours", "就業時間"),
    Row(HitField::kOvertime, "overtime", "月平均時間外労働時間"),
    Row(HitField::kHolidays, "holidays", "年間休日数"),
    Row(HitField::kAgeMax, "age_max", "年齢の上限"),
    Row(HitField::kReceived, "received", "受付年月日"),
    Row(HitField::kDeadline, "deadline", "紹介期限日"),
    Row(HitField::kPositions, "positions", "採用人数"),
    Row(HitField::kConditions, "conditions", "こだわり条件"),
    Row(HitField::kConditionsFromText, "conditions_from_text", "本文から読み取った条件"),
    Row(HitField::kPartial, "partial", "部分一致"),
    Row(HitField::kScore, "score", "関連度"),
    Row(HitField::kHighlight, "highlight", "一致した箇所"),
}};

}  // namespace

std::span<const Choice> HitFields() {
  return kHitFields;
}

}  // namespace kyujin::schema

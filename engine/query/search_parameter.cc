#include "engine/query/search_parameter.h"

#include <array>

#include "engine/query/filter_builder.h"
#include "engine/query/parameter_choices.h"
#include "engine/schema/hit_field.h"
#include "engine/schema/posting_choices.h"

namespace kyujin::query {
namespace {

using schema::Column;
using schema::FilterGroup;
using enum Cardinality;
using enum ValueKind;

constexpr uint32_t kMaxCodePoints = 200;
constexpr uint32_t kMaxYen = 99'999'999;
// Lists of words hold each word once or twice (with `-`), lists of codes at most their table.
constexpr uint32_t kMaxWordsInList = 100;
constexpr uint32_t kMaxCodesInList = 2'000;
constexpr uint32_t kMaxNumbers = 400;
// Half the Earth's girth.
constexpr uint32_t kMaxRadiusKm = 20'038;
constexpr uint32_t kMaxExcludedNumbers = 10'000;

constexpr SearchParameter Single(std::string_view name,
                                 std::string_view label,
                                 std::span<const Choice> (*choices)(),
                                 std::string_view default_value,
                                 void (*apply)(ParameterValues, RequestDraft*)) {
  return {.name = name,
          .label = label,
          .kind = kChoice,
          .choices = choices,
          .default_value = default_value,
          .apply = apply};
}

constexpr SearchParameter Choices(std::string_view name,
                                  std::string_view label,
                                  std::span<const Choice> (*choices)(),
                                  void (*apply)(ParameterValues, RequestDraft*),
                                  Cardinality cardinality = kList) {
  return {.name = name,
          .label = label,
          .kind = kChoice,
          .cardinality = cardinality,
          .max = kMaxWordsInList,
          .choices = choices,
          .apply = apply};
}

constexpr SearchParameter Codes(std::string_view name,
                                std::string_view label,
                                std::optional<std::string> (*resolve)(std::string_view),
                                void (*apply)(ParameterValues, RequestDraft*)) {
  return {.name = name,
          .label = label,
          .kind = kCode,
          .cardinality = kList,
          .max = kMaxCodesInList,
          .table = name,
          .resolve = resolve,
          .apply = apply};
}

constexpr SearchParameter Number(std::string_view name,
                                 std::string_view label,
                                 uint32_t max,
                                 void (*apply)(ParameterValues, RequestDraft*)) {
  return {.name = name, .label = label, .kind = kNumber, .max = max, .apply = apply};
}

constexpr SearchParameter Names(std::string_view name,
                                std::string_view label,
                                std::string (*key)(std::string_view),
                                void (*apply)(ParameterValues, RequestDraft*)) {
  return {.name = name,
          .label = label,
          .kind = kName,
          .cardinality = kList,
          .max = kMaxWordsInList,
          .table = name,
          .key = key,
          .apply = apply};
}

constexpr SearchParameter Time(std::string_view name,
                               std::string_view label,
                               void (*apply)(ParameterValues, RequestDraft*)) {
  return {.name = name, .label = label, .kind = kTime, .apply = apply};
}

constexpr SearchParameter Long(std::string_view name,
                               std::string_view label,
                               ValueKind kind,
                               void (*apply)(ParameterValues, RequestDraft*)) {
  return {.name = name,
          .label = label,
          .kind = kind,
          .cardinality = kList,
          .max = kMaxExcludedNumbers,
          .apply = apply};
}

constexpr SearchParameter Page(SearchParameter parameter) {
  parameter.is_page = true;
  return parameter;
}

constexpr SearchParameter Display(SearchParameter parameter) {
  parameter.is_display = true;
  return parameter;
}

constexpr std::array kParameters = {
    SearchParameter{.name = "q",
                    .label = "キーワード",
                    .kind = kWords,
                    .max = kMaxCodePoints,
                    .apply = ApplyWords},
    Single("q_mode", "キーワードの組み合わせ", WordModeChoices, "and", ApplyWordMode),
    SearchParameter{.name = "q_not",
                    .label = "除くキーワード",
                    .kind = kExcludedWords,
                    .max = kMaxCodePoints,
                    .apply = ApplyExcludedWords},
    Choices("q_in", "キーワードを探す欄", SearchFieldChoices, ApplySearchFields),
    Single("interpret", "キーワードの読み取り", InterpretChoices, "on", nullptr),
    Single("partial", "部分一致", PartialChoices, "auto", ApplyPartial),
    Choices("kind", "求人区分", schema::KindChoices, ApplyCodes<Column::kKind>),
    Choices("full_part",
            "フルタイム・パート",
            schema::FullPartChoices,
            ApplyCodes<Column::kFullPart, FilterGroup::kFullPart>),
    Choices("employment",
            "雇用形態",
            schema::EmploymentChoices,
            ApplyCodes<Column::kEmployment, FilterGroup::kEmployment>),
    Choices("dispatch", "派遣・請負", schema::DispatchChoices, ApplyCodes<Column::kDispatch>),
    Codes("pref", "都道府県", ResolvePrefecture, ApplyPrefectures),
    Codes("city", "市区町村", ResolveMunicipality, ApplyMunicipalities),
    Names("place", "場所（都道府県・市区町村・駅のいずれか）", PlaceKeyOf, ApplyPlaces),
    Codes("occupation", "職業分類", ResolveOccupation, ApplyOccupation),
    Codes("industry", "産業分類", ResolveIndustry, ApplyIndustry),
    Number("age", "年齢", 120, ApplyAge),
    Choices("wage_type",
            "賃金形態",
            schema::WageTypeChoices,
            ApplyCodes<Column::kWageType, FilterGroup::kWageType>),
    Single("wage_basis", "賃金の見方", WageBasisChoices, "fixed_allowances", ApplyWageBasis),
    Number("monthly_min", "月給の下限（円）", kMaxYen, ApplyMonthlyMin),
    Number("hourly_min", "時給の下限（円）", kMaxYen, ApplyHourlyMin),
    Number("holidays_min",
           "年間休日数の下限",
           366,
           ApplyMinimum<Column::kAnnualHolidays, FilterGroup::kHolidays>),
    Number("overtime_max", "月平均時間外労働時間の上限", 999, ApplyMaximum<Column::kOvertimeHours>),
    Number("employees_min", "従業員数の下限", kMaxYen, ApplyMinimum<Column::kEmployees>),
    Names("station", "最寄り駅", StationKeyOf, ApplyStations),
    Number("walk_max", "駅からの徒歩分数の上限", 999, ApplyWalkMax),
    SearchParameter{
        .name = "near", .label = "中心の緯度・経度", .kind = kPoint, .apply = ApplyNear},
    SearchParameter{.name = "radius_km",
                    .label = "中心からの距離（km）",
                    .kind = kDecimal,
                    .max = kMaxRadiusKm,
                    .apply = ApplyRadius},
    Choices("holiday_weekdays",
            "休みの曜日",
            schema::HolidayWeekdayChoices,
            ApplyAllBits<Column::kHolidayWeekdays>),
    Choices("work_system",
            "就業時間の制度",
            schema::WorkSystemChoices,
            ApplyWorkSystem,
            kNegatableList),
    Time("start_from", "始業時刻の下限", ApplyStartFrom),
    Time("end_by", "終業時刻の上限", ApplyEndBy),
    Names("licence", "免許・資格", LicenceKeyOf, ApplyLicences),
    Choices("licence_need",
            "免許・資格の要否",
            schema::LicenceNeedChoices,
            ApplyCodes<Column::kLicenceNeed>),
    Choices("insurance", "加入保険", schema::InsuranceChoices, ApplyAllBits<Column::kInsurances>),
    Choices("renewal", "契約更新", schema::RenewalChoices, ApplyCodes<Column::kRenewal>),
    SearchParameter{.name = "received_from",
                    .label = "受付年月日の下限",
                    .kind = kDate,
                    .apply = ApplyReceivedFrom},
    Number("received_within_days", "受付からの日数", 9'999, ApplyReceivedWithinDays),
    Choices("conditions", "こだわり条件", ConditionChoices, ApplyConditions, kNegatableList),
    SearchParameter{.name = "number",
                    .label = "求人番号",
                    .kind = kPostingNumber,
                    .cardinality = kList,
                    .max = kMaxNumbers,
                    .apply = ApplyNumbers},
    Long("exclude_number", "除く求人番号", kPostingNumber, ApplyExcludedNumbers),
    Long("employer_number", "事業所番号", kEmployerNumber, ApplyEmployers),
    Long("exclude_employer", "除く事業所", kEmployer, ApplyExcludedEmployers),
    Display(Single("sort", "並べ替え", SortChoices, "", ApplySort)),
    Display(Choices("facets", "件数を数える項目", FacetChoices, ApplyFacets)),
    Display(Choices("fields", "求人ごとに返す項目", schema::HitFields, ApplyHitFields)),
    Display(Single("highlight", "一致した語の印", HighlightChoices, "off", ApplyHighlight)),
    Display(Single("explain", "点数の内訳", ExplainChoices, "off", ApplyExplain)),
    Page(Number("limit", "件数", kMaxLimit, ApplyLimit)),
    Page(Number("offset", "飛ばす件数", kMaxOffset, ApplyOffset)),
    Page({.name = "cursor", .label = "続きの位置", .kind = kCursor, .apply = ApplyCursor}),
};

}  // namespace

std::span<const SearchParameter> SearchParameters() {
  return kParameters;
}

const SearchParameter* FindSearchParameter(std::string_view name) {
  for (const SearchParameter& parameter : kParameters) {
    if (parameter.name == name) {
      return &parameter;
    }
  }
  return nullptr;
}

}  // namespace kyujin::query

#include "tests/testing/random_values.h"

#include <fmt/format.h>

#include <string>

#include "engine/schema/code_table.h"
#include "engine/schema/municipality.h"

namespace kyujin::test {
namespace {

// Adds one of `texts` with a chance of `percent`.
void Maybe(RandomRecord* record,
           std::string_view tag,
           unsigned percent,
           std::initializer_list<std::string_view> texts,
           RandomSource* random) {
  if (random->Percent(percent)) {
    record->Add(tag, random->Pick(texts));
  }
}

// A code that a third of all postings share, or any of the table's with `digits` digits.
std::string RandomCode(const schema::CodeTable& table, size_t digits, RandomSource* random) {
  std::vector<std::string_view> codes;
  for (const schema::Code& code : table.codes) {
    if (code.code.size() == digits) {
      codes.push_back(code.code);
    }
  }
  return std::string(codes[random->Below(random->Percent(70) ? 8 : codes.size())]);
}

void AddClassifications(RandomRecord* record, RandomSource* random) {
  if (random->Percent(85)) {
    const std::string middle = RandomCode(schema::OccupationTable(), 3, random);
    const std::string minor = fmt::format("{}-{:02}", middle, random->Between(1, 4));
    record->Add("skgybrui1_c", random->Percent(70) ? minor : middle);
  } else if (random->Percent(60)) {
    record->Add("skgybruicode1_dai_c", RandomCode(schema::OccupationTable(), 2, random));
  }
  if (random->Percent(70)) {
    record->Add("sngbrui_c",
                RandomCode(schema::IndustryTable(), random->Percent(50) ? 2 : 3, random));
  } else {
    Maybe(record, "sngbrui_n", 70, {"病院", "一般診療所", "老人福祉・介護事業"}, random);
  }
}

std::string PrefectureName(std::string_view code) {
  const schema::Code* prefecture = schema::PrefectureTable().Find(code);
  return prefecture == nullptr ? std::string() : std::string(prefecture->label);
}

// An address down to the municipality, a bare designated city or a bare prefecture.
std::string RandomAddress(RandomSource* random) {
  const auto municipalities = schema::Municipalities();
  const schema::Municipality* place = &municipalities[random->Below(municipalities.size())];
  if (random->Percent(90)) {
    const auto prefecture = static_cast<uint8_t>(std::stoi(random->Pick(FeedPrefectures())));
    // The first few of a prefecture: the city of wards itself among them.
    const auto first = std::find_if(municipalities.begin(),
                                    municipalities.end(),
                                    [&](const auto& m) { return m.prefecture == prefecture; });
    place = &*(first + random->Between(0, 7));
  }
  std::string prefecture = PrefectureName(fmt::format("{:02}", place->prefecture));
  if (random->Percent(4)) {
    return prefecture;
  }
  const schema::Municipality* city =
      place->city == 0 ? nullptr : schema::FindMunicipality(place->city);
  return fmt::format(
      "{}{}{}{}", prefecture, city == nullptr ? "" : city->name, place->county, place->name);
}

// The way from a station: minutes on foot on the edges of the facet, or by car.
std::string RandomAccess(RandomSource* random) {
  const int minutes = random->Pick({1, 4, 5, 6, 10, 11, 15, 16, 20, 21, 30, 31, 45, 90});
  const std::string_view means = random->Percent(85) ? "徒歩" : "車";
  const std::string_view station =
      random->Pick({"ＪＲ東駅", "地下鉄西", "ＪＲ南駅　又は　地下鉄西", "北線ＪＲ北"});
  const std::string amount = std::to_string(minutes);
  return fmt::format(
      "{}　から　{}{}分", station, means, random->Percent(40) ? ToFullWidth(amount) : amount);
}

// Yen around the edges of the histogram of a wage type.
struct WageEdges {
  std::string_view type;
  int first;
  int step;
  int last;
};
constexpr std::array<WageEdges, 5> kWageEdges{{{"月給", 100'000, 10'000, 600'000},
                                               {"時給", 900, 50, 3'000},
                                               {"日給", 5'000, 1'000, 30'000},
                                               {"年俸制", 1'500'000, 500'000, 10'000'000},
                                               {"その他", 1'000, 1'000, 900'000}}};

int RandomYen(const WageEdges& edges, RandomSource* random) {
  if (random->Percent(8)) {
    return random->Pick(
        {1, edges.first - 1, edges.last - 1, edges.last, edges.last + 1, 99'999'999});
  }
  const int steps = (edges.last - edges.first) / edges.step;
  const int edge = edges.first + edges.step * random->Between(0, random->Percent(80) ? 12 : steps);
  return edge + random->Pick({0, 0, 0, -1, 1});
}

std::string YenText(int amount, RandomSource* random) {
  const std::string plain = std::to_string(amount);
  return random->Percent(20) ? ToFullWidth(plain) : plain;
}

void AddBounds(RandomRecord* record,
               std::pair<std::string_view, std::string_view> tags,
               std::pair<int, int> yen,
               RandomSource* random) {
  // A missing bound equals the other.
  const bool has_lower = random->Percent(92);
  if (has_lower) {
    record->Add(tags.first, YenText(yen.first, random));
  }
  if (!has_lower || random->Percent(90)) {
    record->Add(tags.second, YenText(yen.second, random));
  }
}

}  // namespace

void AddKind(RandomRecord* record, RandomSource* random) {
  if (random->Percent(80)) {
    const uint64_t serial = random->Below(40);
    record->Add("jgshno",
                fmt::format("{}-{:06}-{}", random->Pick({1301, 101}), serial, serial % 10));
  }
  Maybe(record, "kjkbn1_n", 80, {"一般", "一般", "新卒・既卒", "季節", "出稼ぎ", "障害者"}, random);
  Maybe(record, "kjkbn2_n", 92, {"フルタイム", "フルタイム", "パート", "ﾊﾟｰﾄ"}, random);
  Maybe(record,
        "koyokeitai_n",
        93,
        {"正社員",
         "正社員",
         "正社員以外",
         "有期雇用派遣労働者",
         "無期雇用派遣労働者",
         "パート労働者",
         "有期雇用派遣パート",
         "無期雇用派遣パート"},
        random);
  Maybe(record, "koyokikan_sadame_n", 60, {"雇用期間の定めなし", "雇用期間の定めあり"}, random);
  Maybe(record,
        "koyokikan",
        50,
        {"契約更新の可能性あり（原則更新）",
         "契約更新の可能性あり（条件付きで更新あり）",
         "契約更新の可能性なし"},
        random);
  AddClassifications(record, random);
  Maybe(record,
        "jgis_kigyozentai_n",
        85,
        {"1人", "9人", "10人", "９９人", "100人", "1,000人"},
        random);
  Maybe(record, "saiyoninzu_n", 70, {"1人", "2人", "３人", "10人", "0人"}, random);
}

void AddPlace(RandomRecord* record, RandomSource* random) {
  const std::string address = RandomAddress(random);
  const unsigned form = static_cast<unsigned>(random->Below(100));
  if (form < 60) {
    record->Add("shgbsjusho1_n", address);
  }
  if (form >= 40 && form < 85) {
    record->Add("shgbsjusho", address + "１丁目２番地");
  }
  // The employer's address counts only where the workplace is not told.
  if (form >= 80 && form < 97) {
    record->Add("jgshszci", form >= 85 ? address + "３－４" : RandomAddress(random));
  }
  if (random->Percent(80)) {
    record->Add("shgbs_myre", RandomAccess(random));
  }
  // No feed has them yet; both are needed.
  if (random->Percent(15)) {
    record->Add("latitude", fmt::format("35.{:02}", random->Below(100)));
    if (random->Percent(90)) {
      record->Add("longitude", fmt::format("139.{}", random->Below(10)));
    }
  }
}

void AddWage(RandomRecord* record, RandomSource* random) {
  const WageEdges& edges = random->Pick(kWageEdges);
  if (random->Percent(95)) {
    record->Add("chgnkeitai_n", edges.type);
  }
  const int base = RandomYen(edges, random);
  if (random->Percent(93)) {
    AddBounds(record,
              {"khkykagen", "khkyjgn"},
              {base, random->Percent(70) ? base + edges.step : RandomYen(edges, random)},
              random);
  }
  if (random->Percent(25)) {
    AddBounds(record,
              {"sikg_aplusbkagen", "sikg_aplusbjgn"},
              {base + edges.step, base + 3 * edges.step},
              random);
  } else if (random->Percent(35)) {
    AddBounds(record, {"tgktat1_kagen", "tgktat1_jgn"}, {edges.step / 2, edges.step}, random);
    Maybe(record, "tgktat1_mei", 80, {"職務手当", "資格手当"}, random);
  }
  if (random->Percent(20)) {
    AddBounds(record, {"ktizangydi_kagen", "ktizangydi_jgn"}, {edges.step, 2 * edges.step}, random);
  } else {
    Maybe(record, "ktizangydi", 30, {"なし"}, random);
  }
}

void AddHours(RandomRecord* record, RandomSource* random) {
  Maybe(record,
        "shgjn",
        60,
        {"交替制（シフト制）",
         "変形労働時間制（1か月単位）",
         "フレックスタイム制",
         "裁量労働制",
         "変形労働時間制（1年単位）"},
        random);
  Maybe(record,
        "shgjn1_open_close",
        85,
        {"(1)8時30分～17時30分",
         "(1)9時00分～18時00分",
         "(1)22時00分～7時00分",
         "（１）５時００分～１３時００分"},
        random);
  Maybe(record, "shgjn2_open_close", 25, {"(2)16時30分～9時30分", "(2)13時00分～22時00分"}, random);
  Maybe(record, "jkgi_umu_n", 80, {"あり", "あり", "なし"}, random);
  Maybe(record,
        "jkgi_thkinjn_ji_n",
        75,
        {"月平均1時間", "月平均5時間", "月平均１０時間", "月平均45時間"},
        random);
  Maybe(record,
        "kyjs",
        85,
        {"土日祝日", "日祝日その他", "土日", "その他", "月火", "水", "日"},
        random);
  Maybe(record, "sk2sei_n", 80, {"毎週", "毎週", "その他", "なし"}, random);
  Maybe(record,
        "nenkankjsu_n",
        85,
        {"60日",
         "89日",
         "90日",
         "94日",
         "95日",
         "１０４日",
         "105日",
         "110日",
         "119日",
         "120日",
         "125日",
         "129日",
         "130日",
         "150日"},
        random);
}

void AddRequirements(RandomRecord* record, RandomSource* random) {
  if (random->Percent(30)) {
    Maybe(record, "nenreisegnari_kagen", 50, {"18歳", "18", "不問"}, random);
    Maybe(record, "nenreisegnari_jgn", 80, {"59歳", "64", "３５歳", "不問"}, random);
  }
  Maybe(record, "grki", 70, {"不問", "高校以上", "大学以上"}, random);
  Maybe(record, "hynakiknt", 75, {"不問", "経験者優遇", "看護師　経験３年以上"}, random);
  Maybe(record,
        "menkyo_skku1_n",
        60,
        {"看護師", "准看護師", "普通自動車運転免許", "介護福祉士"},
        random);
  Maybe(record, "menkyo_skkuyohi1_n", 75, {"必須", "あれば尚可", "未選択"}, random);
  Maybe(record, "menkyo_skkuyohi2_n", 20, {"必須", "あれば尚可", "未選択"}, random);
  Maybe(record,
        "knyhkn",
        85,
        {"雇用　労災　健康　厚生",
         "雇用　労災　健康　厚生　財形",
         "雇用　労災",
         "労災",
         "雇用　健康"},
        random);
}

void AddConditions(RandomRecord* record, RandomSource* random) {
  Maybe(record, "uijturnkange_n", 40, {"ＵＩＪターン歓迎", "あり", "なし"}, random);
  Maybe(record, "ztkkimmu_n", 40, {"あり", "なし", "不可"}, random);
  Maybe(record, "mycartsknkahi_n", 80, {"可", "不可"}, random);
  Maybe(record, "tenkin_knsi_n", 70, {"なし", "あり"}, random);
  Maybe(record, "shgbs_okni_jdktentisk_n", 70, {"屋内禁煙", "喫煙室設置"}, random);
  Maybe(record, "shoyoumu_n", 80, {"あり", "なし"}, random);
  Maybe(record, "ssintoyo_umu_n", 50, {"あり", "なし"}, random);
  Maybe(record, "tskntat", 75, {"実費支給（上限あり）", "実費支給（上限なし）", "なし"}, random);
  Maybe(record, "tiskkin_seido", 70, {"あり", "なし"}, random);
  Maybe(record, "snkhoho", 60, {"面接", "面接　書類選考", "書類選考"}, random);
}

}  // namespace kyujin::test

#include "bench/corpus/places.h"

#include "bench/corpus/japanese_text.h"

namespace kyujin::corpus {
namespace {

constexpr std::string_view kQuarters =
    "本町|中央|栄町|旭町|緑町|東町|大手町|駅前|昭和町|新町|若葉町|元町|幸町|日の出町|港町|桜町|"
    "泉町|"
    "宮前|高砂|末広町|錦町|富士見町|松原|北町|南町|西町|上町|城東|住吉町|天神町";
constexpr std::string_view kQuarterStarts =
    "青|赤|朝日|池|石|磯|市|稲|岩|上|梅|大|岡|荻|奥|小|加茂|柏|金|上野|川|神|菊|北|木|桐|楠|熊|栗|"
    "黒|"
    "桑|光|幸|駒|桜|笹|佐|沢|下|塩|篠|島|白|新|杉|鈴|砂|芹|高|滝|竹|立|田|玉|千|月|津|鶴|寺|戸|徳|"
    "富|"
    "鳥|中|永|夏|西|野|萩|橋|羽|浜|林|原|東|日|平|広|深|福|藤|船|古|堀|前|牧|松|丸|三|水|緑|南|宮|"
    "村|"
    "元|森|柳|山|吉|米|若|和";
constexpr std::string_view kQuarterEnds =
    "野|田|原|沢|川|島|崎|浜|山|谷|町|台|丘|ケ丘|が丘|森|林|木|井|池|橋|塚|坂|峰|根|尾|瀬|津|江|岡|"
    "倉|"
    "屋敷|新田|台町|野町|田町|沢町|之内|が原|木町|井町|代|里|山町|口|場|平|見|出|堂";
constexpr std::string_view kBuildings =
    "第一ビル|駅前ビル|中央ビル|第二ビル|センタービル|産業会館|テクノプラザ|ハイツ|マンション|"
    "コーポ|ビルディング|スクエア|プラザ|本館|別館|メディカルビル";

void AppendShares(std::vector<uint32_t>& weights, size_t count, uint32_t total, size_t flatness) {
  // Falls with the rank as 1/(rank + flatness): few large municipalities, many small ones.
  uint64_t sum = 0;
  for (size_t i = 0; i < count; ++i) {
    sum += 1'000'000 / (i + flatness);
  }
  for (size_t i = 0; i < count; ++i) {
    weights.push_back(static_cast<uint32_t>(uint64_t{total} * (1'000'000 / (i + flatness)) / sum));
  }
}

void AppendAll(std::vector<std::string_view>& out, const WordList& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    out.push_back(words[i]);
  }
}

AliasTable ReceivedTable(WorkGroup group) {
  std::vector<uint32_t> weights;
  for (const Prefecture& prefecture : Prefectures()) {
    weights.push_back(prefecture.share[static_cast<size_t>(group)]);
  }
  return AliasTable(weights);
}

AliasTable ElsewhereTable() {
  std::vector<uint32_t> weights;
  for (const Prefecture& prefecture : Prefectures()) {
    // Workplaces of postings received elsewhere lie mostly outside the capital.
    weights.push_back(prefecture.name == "東京都" ? 300 : prefecture.share[2]);
  }
  return AliasTable(weights);
}

}  // namespace

PlaceCatalogue::PlaceCatalogue()
    : received_{ReceivedTable(WorkGroup::kOffice),
                ReceivedTable(WorkGroup::kField),
                ReceivedTable(WorkGroup::kOther)},
      elsewhere_(ElsewhereTable()),
      quarter_starts_(kQuarterStarts),
      quarter_ends_(kQuarterEnds),
      quarters_(kQuarters),
      buildings_(kBuildings) {
  for (size_t i = 0; i < kPrefectureCount; ++i) {
    areas_.push_back(MakeArea(i));
  }
}

PlaceCatalogue::Area PlaceCatalogue::MakeArea(size_t prefecture) {
  const MunicipalityNames& names = Municipalities()[prefecture];
  const WordList wards(names.wards);
  const WordList cities(names.cities);
  const WordList towns(names.towns);
  const bool capital = Prefectures()[prefecture].name == "東京都";
  const uint32_t ward_share = wards.empty() ? 0 : capital ? 76'000 : 50'000;
  const uint32_t town_share = capital ? 500 : 7'000;
  std::vector<uint32_t> weights;
  AppendShares(weights, wards.size(), ward_share, 12);
  AppendShares(weights, cities.size(), 100'000 - ward_share - town_share, 2);
  AppendShares(weights, towns.size(), town_share, 3);
  Area area{{}, AliasTable(weights), {}};
  AppendAll(area.municipalities, wards);
  AppendAll(area.municipalities, cities);
  AppendAll(area.municipalities, towns);
  const WordList lines(Stations()[prefecture], ';');
  for (size_t i = 0; i < lines.size(); ++i) {
    const size_t colon = lines[i].find(':');
    const WordList stations(lines[i].substr(colon + 1), ',');
    for (size_t k = 0; k < stations.size(); ++k) {
      area.stations.push_back({lines[i].substr(0, colon), stations[k]});
    }
  }
  return area;
}

size_t PlaceCatalogue::PickPrefecture(Random& random, WorkGroup group) const {
  return received_[static_cast<size_t>(group)].Pick(random);
}

size_t PlaceCatalogue::PickWorkPrefecture(Random& random, size_t received) const {
  return random.Permille(Prefectures()[received].elsewhere) ? elsewhere_.Pick(random) : received;
}

Place PlaceCatalogue::PickPlace(Random& random, size_t prefecture) const {
  return {prefecture, areas_[prefecture].weights.Pick(random)};
}

std::string_view PlaceCatalogue::MunicipalityName(Place place) const {
  return areas_[place.prefecture].municipalities[place.municipality];
}

void PlaceCatalogue::AppendQuarter(std::string& out, Random& random) const {
  out += quarter_starts_.Pick(random);
  out += quarter_ends_.Pick(random);
}

void PlaceCatalogue::AppendHouseNumber(std::string& out, Random& random) const {
  const uint32_t style = random.Below(100);
  if (style < 40) {
    AppendWideNumber(out, random.Between(1, 6));
    out += "丁目";
    AppendWideNumber(out, random.Between(1, 30));
    out += "番";
    AppendWideNumber(out, random.Between(1, 40));
    out += "号";
  } else if (style < 70) {
    AppendWideNumber(out, random.Between(1, 6));
    out += "－";
    AppendWideNumber(out, random.Between(1, 30));
    out += "－";
    AppendWideNumber(out, random.Between(1, 40));
  } else if (style < 85) {
    AppendWideNumber(out, random.Between(1, 3000));
    out += "番地";
  } else {
    AppendWideNumber(out, random.Between(1, 2000));
    out += "－";
    AppendWideNumber(out, random.Between(1, 20));
  }
}

void PlaceCatalogue::AppendAddress(std::string& out, Place place, Random& random) const {
  out += Prefectures()[place.prefecture].name;
  out += MunicipalityName(place);
  if (random.Permille(250)) {
    out += quarters_.Pick(random);
  } else {
    if (random.Permille(100)) {
      out += "大字";
    }
    AppendQuarter(out, random);
  }
  AppendHouseNumber(out, random);
  if (random.Permille(180)) {
    out += kWideSpace;
    AppendQuarter(out, random);
    out += buildings_.Pick(random);
    if (random.Permille(600)) {
      AppendWideNumber(out, random.Between(1, 12));
      out += random.Permille(700) ? "階" : "Ｆ";
    }
  }
}

void PlaceCatalogue::AppendStation(std::string& out, size_t prefecture, Random& random) const {
  const std::vector<Station>& stations = areas_[prefecture].stations;
  const Station& station = stations[random.Below(static_cast<uint32_t>(stations.size()))];
  const uint32_t style = random.Below(100);
  if (style < 60) {
    out += station.line;
    out += kWideSpace;
  } else if (style < 70) {
    out += station.line;
  } else if (style < 80 && station.line.starts_with("ＪＲ")) {
    out += "ＪＲ";
  } else if (style < 84) {
    out += station.line;
    out += "「";
    out += station.name;
    out += "」";
    return;
  }
  out += station.name;
}

}  // namespace kyujin::corpus

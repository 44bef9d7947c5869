#include "engine/schema/station_parser.h"

#include <algorithm>
#include <array>

#include "engine/schema/name_key.h"
#include "engine/schema/value_reader.h"

namespace kyujin::schema {
namespace {

using namespace std::string_view_literals;

constexpr uint64_t kMaxMinutes = 240;
constexpr size_t kMaxStations = 16;
constexpr uint64_t kMinutesPerHour = 60;
// Names whose ・ parts nothing.
constexpr std::array kDottedNames{"元町・中華街"sv,
                                  "三宮・花時計前"sv,
                                  "逗子・葉山"sv,
                                  "大森・金城学院前"sv,
                                  "熊本城・市役所前"sv,
                                  "第1・第2ターミナル"sv,
                                  "日暮里・舎人ライナー"sv,
                                  "ごめん・なはり線"sv};
constexpr std::array kOr{
    "または"sv, "もしくは"sv, "若しくは"sv, "或いは"sv, "あるいは"sv, "及び"sv, "および"sv};
// Where one way ends and a quite different one begins.
constexpr std::array kStrongMarks{"/"sv, "、"sv, ","sv, "。"sv, ";"sv};
// After 駅 these go on with the name (新潟駅前, 駅家); anything else begins a new one.
constexpr std::u32string_view kAfterStation = U"前行口東西南北中通家部周構改ビ";

// Reads one line of access; the way through it is in Read().
class AccessReader {
 public:
  explicit AccessReader(std::string_view text) : reader_(text) {}

  Access Read() {
    while (!reader_.AtEnd()) {
      if (!TakeWalk() && !TakeRide() && !TakeMark() && !TakeStop() && !TakeBus() &&
          !TakeBrackets()) {
        AddToName();
      }
    }
    EndName();
    return std::move(access_);
  }

 private:
  // Leaves the brackets around a name or a number away, and an aside with its content.
  bool TakeBrackets() {
    if (reader_.Take(")") || reader_.Take(">")) {
      return true;
    }
    ValueReader ahead = reader_;
    const bool is_angle = ahead.Take("<");
    if (!is_angle && !ahead.Take("(")) {
      return false;
    }
    const std::string_view content = ahead.rest();
    while (!ahead.AtEnd() && ahead.Peek() != U')' && ahead.Peek() != U'>') {
      ahead.Next();
    }
    const std::string_view inside = content.substr(0, content.size() - ahead.rest().size());
    ahead.Next();
    reader_.Next();
    if (is_angle || !IsTold(inside, ahead.Take("駅"))) {
      reader_ = ValueReader(content.substr(inside.size()));
    }
    return true;
  }

  // Whether brackets hold a stop and no aside: `（渋谷駅）`, `近鉄橿原線（筒井）駅`, but not
  // `横川（北口）駅`.
  [[nodiscard]] bool IsTold(std::string_view inside, bool before_station) const {
    if (Contains(inside, "送迎")) {
      return false;
    }
    const std::string_view before = TrimValue(name_);
    return Contains(inside, "駅") || Contains(inside, "停") || Contains(inside, "徒歩") ||
           (before_station && (before.empty() || before.ends_with("線")));
  }

  // `徒歩8分`, `徒歩約（５）分`, `徒歩1時間10分`.
  bool TakeWalk() {
    ValueReader ahead = reader_;
    if (!ahead.Take("徒歩") && !ahead.Take("歩いて")) {
      return false;
    }
    const auto minutes = TakeMinutes(&ahead);
    reader_ = ahead;
    EndName();
    if (minutes) {
      EndWay(minutes);
      is_bus_ = false;
    }
    return true;
  }

  // `車7分`, `バスで10分`, and minutes of which nobody says by what means.
  bool TakeRide() {
    ValueReader ahead = reader_;
    const bool is_bus = ahead.Take("バス");
    if (!is_bus && !ahead.Take("自転車") && !ahead.Take("自動車") && !ahead.Take("タクシー")) {
      ahead.Take("車");
    }
    ahead.Take("で");
    if (!TakeMinutes(&ahead)) {
      return false;
    }
    reader_ = ahead;
    EndName();
    EndWay(std::nullopt);
    is_bus_ = is_bus;
    return true;
  }

  static std::optional<uint64_t> TakeMinutes(ValueReader* reader) {
    const auto skip = [reader] {
      reader->SkipSpaces();
      while (reader->Take("約") || reader->Take("(") || reader->Take(")")) {
        reader->SkipSpaces();
      }
    };
    skip();
    auto minutes = reader->TakeNumber();
    // Of `5～8分` the longer time is the sure one.
    if (minutes && (reader->Take("~") || reader->Take("-"))) {
      minutes = reader->TakeNumber();
    }
    skip();
    if (minutes && *minutes < kMinutesPerHour && reader->Take("時間")) {
      minutes = *minutes * kMinutesPerHour + reader->TakeNumber().value_or(0);
      reader->Take("分");
      return minutes;
    }
    return minutes && reader->Take("分") ? minutes : std::nullopt;
  }

  bool TakeMark() {
    for (const std::string_view name : kDottedNames) {
      ValueReader ahead = reader_;
      if (ahead.Take(name)) {
        name_ += reader_.rest().substr(0, reader_.rest().size() - ahead.rest().size());
        reader_ = ahead;
        return true;
      }
    }
    if (TakeAny(kStrongMarks)) {
      EndName();
      is_bus_ = false;
      return true;
    }
    if (TakeOr() || reader_.Take("から") || reader_.Take("~") || reader_.Take("・") ||
        reader_.Take(":") || reader_.Take("→") ||
        (!name_.ends_with("も") && reader_.Take("より"))) {
      EndName();
      return true;
    }
    return false;
  }

  bool TakeOr() {
    ValueReader ahead = reader_;
    if (ahead.Take("又")) {
      ahead.SkipSpaces();
      if (ahead.Take("は")) {
        reader_ = ahead;
        return true;
      }
    }
    return TakeAny(kOr);
  }

  // What ends a name.
  bool TakeStop() {
    if (reader_.Take("駅")) {
      const bool goes_on = kAfterStation.find(reader_.Peek()) != std::u32string_view::npos;
      if (name_.ends_with("道の") || (goes_on && !TakeExit())) {
        name_ += "駅";
        return true;
      }
      if (!TrimValue(name_).empty()) {
        name_ += "駅";
      }
      if (reader_.Peek() == U'」' || reader_.Peek() == U'』') {
        AddToName();
      }
      EndName();
      return true;
    }
    if (reader_.Take("バス停") || reader_.Take("停留所")) {
      is_bus_ = true;
      EndName();
      return true;
    }
    if (reader_.Take("下車")) {
      EndName();
      return true;
    }
    return false;
  }

  // 西口, 中央口 …
  bool TakeExit() {
    constexpr std::u32string_view kSides = U"東西南北中央";
    ValueReader ahead = reader_;
    while (!ahead.AtEnd() && kSides.find(ahead.Peek()) != std::u32string_view::npos) {
      ahead.Next();
    }
    if (!ahead.Take("口")) {
      return false;
    }
    reader_ = ahead;
    return true;
  }

  bool TakeBus() {
    ValueReader ahead = reader_;
    if (!ahead.Take("バス") || ahead.Take("ターミナル") || ahead.Take("センター前")) {
      return false;
    }
    // Whoever takes a bus from a station does not walk from it.
    EndWay(std::nullopt);
    AddToName();
    AddToName();
    is_bus_ = true;
    return true;
  }

  template <size_t kSize>
  bool TakeAny(const std::array<std::string_view, kSize>& words) {
    return std::any_of(
        words.begin(), words.end(), [this](std::string_view word) { return reader_.Take(word); });
  }

  void AddToName() {
    const std::string_view before = reader_.rest();
    reader_.Next();
    name_ += before.substr(0, before.size() - reader_.rest().size());
  }

  void EndName() {
    const std::string_view name = TrimValue(name_);
    if (!name.empty() && !Contains(name, "送迎") && access_.stations.size() < kMaxStations) {
      std::string key = StationKey(name);
      if (!key.empty()) {
        const bool is_bus_stop = is_bus_ || Contains(name, "バスターミナル");
        access_.stations.push_back({std::string(name), std::move(key), std::nullopt, is_bus_stop});
      }
    }
    name_.clear();
  }

  // The way just read holds for every stop since the way before it.
  void EndWay(std::optional<uint64_t> walk_minutes) {
    if (walk_minutes && *walk_minutes <= kMaxMinutes) {
      const auto minutes = static_cast<uint8_t>(*walk_minutes);
      for (size_t i = way_begin_; i < access_.stations.size(); ++i) {
        access_.stations[i].walk_minutes = minutes;
      }
      access_.walk_minutes = std::min(access_.walk_minutes.value_or(minutes), minutes);
    }
    way_begin_ = access_.stations.size();
  }

  ValueReader reader_;
  Access access_;
  std::string name_;      // of the stop being read
  size_t way_begin_ = 0;  // the first station whose way is not known yet
  bool is_bus_ = false;   // what is named is a bus stop
};

}  // namespace

Access ParseAccess(std::string_view text) {
  return AccessReader(text).Read();
}

Access ParseAccess(const FeedRecord& feed) {
  Access access = ParseAccess(feed.Get(Tag::kShgbsMyre));
  if (access.stations.empty()) {
    Access names = ParseAccess(feed.Get(Tag::kShgbsMyremjr));
    access.stations = std::move(names.stations);
    if (!access.walk_minutes) {
      access.walk_minutes = names.walk_minutes;
    }
  }
  const auto minutes = FirstNumber(feed.Get(Tag::kShgbsJgshmadeShoyojn), kMaxMinutes);
  if (minutes && !access.walk_minutes &&
      Contains(feed.Get(Tag::kShgbsJgshmadeKotsushudanN), "徒歩")) {
    access.walk_minutes = static_cast<uint8_t>(*minutes);
    if (!access.stations.empty()) {
      access.stations.back().walk_minutes = access.walk_minutes;
    }
  }
  return access;
}

}  // namespace kyujin::schema

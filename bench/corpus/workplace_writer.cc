#include "bench/corpus/workplace_writer.h"

#include "bench/corpus/japanese_text.h"

namespace kyujin::corpus {

void WorkplaceWriter::Write(const PostingPlan& plan, Random& local, FeedRecord& record) {
  const bool at_office = plan.workplace.prefecture == plan.employer.place.prefecture &&
                         plan.workplace.municipality == plan.employer.place.municipality &&
                         local.Permille(720);
  if (at_office) {
    // The feed leaves the short form out where the work is at the employer's own address.
    if (!local.Permille(100)) {
      record.Add("shgbsjusho", plan.employer.address);
    }
  } else {
    text_ = Prefectures()[plan.workplace.prefecture].name;
    text_ += places_.MunicipalityName(plan.workplace);
    record.Add("shgbsjusho1_n", text_);
    text_.clear();
    places_.AppendAddress(text_, plan.workplace, local);
    if (local.Permille(150)) {
      text_ += "　「";
      text_ += plan.employer.coined;
      text_ += "」";
    }
    record.Add("shgbsjusho", text_);
  }
  WriteStation(plan, local, record);
}

void WorkplaceWriter::WriteStation(const PostingPlan& plan, Random& local, FeedRecord& record) {
  const size_t prefecture = plan.workplace.prefecture;
  const uint32_t near = Prefectures()[prefecture].near_station;
  const uint32_t far = 180;
  const uint32_t by_car = near > 550 ? 70 : near > 400 ? 150 : 300;
  const uint32_t draw = local.Below(1000);
  if (draw >= near + far + by_car) {
    if (local.Permille(60)) {
      record.AddEmpty("shgbs_myre");
    }
    return;
  }
  MakeStationName(prefecture, local);
  record.Add("shgbs_myremjr", station_);
  station_ += "駅";
  if (!local.Permille(15)) {
    const bool on_foot = draw < near + far;
    const int minutes = draw < near ? local.Between(1, 10)
                        : on_foot   ? local.Between(11, 35)
                                    : local.Between(1, 8) * 5;
    station_ += on_foot ? "　から　徒歩" : "　から　車";
    AppendNumber(station_, minutes);
    station_ += "分";
  }
  record.Add("shgbs_myre", station_);
}

void WorkplaceWriter::MakeStationName(size_t prefecture, Random& local) {
  station_.clear();
  const uint32_t style = local.Below(1000);
  if (style < 10) {
    places_.AppendQuarter(station_, local);
    station_ += "バス停";
  } else if (style < 22) {
    // Bus stops stand where the form asks for a station.
    places_.AppendStation(station_, prefecture, local);
    station_ += "駅よりバス「";
    places_.AppendQuarter(station_, local);
    station_ += local.Permille(500) ? "」バス停下車" : "」下車";
  } else {
    places_.AppendStation(station_, prefecture, local);
    if (style < 45) {
      station_ += style < 34 ? "駅　又は　" : "　又は";
      places_.AppendStation(station_, prefecture, local);
    }
  }
}

}  // namespace kyujin::corpus

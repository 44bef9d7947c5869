#include "engine/index/hit_reader.h"

#include <optional>
#include <string>

#include "engine/index/card_codec.h"

namespace kyujin::index {
namespace {

using schema::Column;
using schema::JobPosting;

// The columns of one document as members of a posting.
class MemberReader {
 public:
  MemberReader(const SegmentColumns& columns, DocId doc) : columns_(columns), doc_(doc) {}

  [[nodiscard]] uint32_t Number(Column column) const { return columns_.Value(column, doc_); }

  template <class T>
  std::optional<T> Optional(Column column) {
    const uint32_t value = Number(column);
    const uint32_t missing = schema::GetColumn(column).missing;
    is_cut_ |= value == missing - 1;
    return value == missing ? std::nullopt : std::optional(static_cast<T>(value));
  }

  [[nodiscard]] std::optional<Date> Day(Column column) const {
    const auto value = static_cast<uint16_t>(Number(column));
    return value == schema::GetColumn(column).missing ? std::nullopt
                                                      : std::optional(Date::FromDays(value));
  }

  std::optional<schema::YenRange> Yen(Column min, Column max) {
    const auto least = Optional<uint32_t>(min);
    const auto most = Optional<uint32_t>(max);
    return least && most ? std::optional(schema::YenRange{*least, *most}) : std::nullopt;
  }

  // Whether a value is as large as the column can say: it may have been larger.
  [[nodiscard]] bool is_cut() const { return is_cut_; }

 private:
  const SegmentColumns& columns_;
  DocId doc_;
  bool is_cut_ = false;
};

void FillPlace(const MemberReader& from, JobPosting* posting) {
  posting->prefecture = static_cast<uint8_t>(from.Number(Column::kPrefecture));
  posting->municipality = static_cast<uint16_t>(from.Number(Column::kMunicipality));
}

void FillJob(const MemberReader& from, JobPosting* posting) {
  const uint32_t occupation = from.Number(Column::kOccupation);
  if (occupation < schema::kMajorOnly) {
    posting->occupation.middle = static_cast<uint8_t>(occupation / 100);
    posting->occupation.minor = static_cast<uint8_t>(occupation % 100);
  }
  posting->employment = static_cast<uint8_t>(from.Number(Column::kEmployment));
  posting->full_part = static_cast<schema::FullPart>(from.Number(Column::kFullPart));
  posting->received = from.Day(Column::kReceived);
  posting->deadline = from.Day(Column::kDeadline);
  posting->conditions_yes = from.Number(Column::kConditionsYes);
}

void FillWage(MemberReader* from, JobPosting* posting) {
  schema::Wage& wage = posting->wage;
  wage.type = static_cast<schema::WageType>(from->Number(Column::kWageType));
  wage.base = from->Yen(Column::kBaseMin, Column::kBaseMax);
  wage.fixed_allowances = from->Yen(Column::kAllowancesMin, Column::kAllowancesMax);
}

void FillCounts(MemberReader* from, JobPosting* posting) {
  posting->walk_minutes = from->Optional<uint8_t>(Column::kWalkMinutes);
  posting->overtime_hours = from->Optional<uint16_t>(Column::kOvertimeHours);
  posting->annual_holidays = from->Optional<uint16_t>(Column::kAnnualHolidays);
  posting->age_max = from->Optional<uint8_t>(Column::kAgeMax);
  posting->positions = from->Optional<uint16_t>(Column::kPositions);
}

}  // namespace

Result<JobPosting> ReadHit(const Segment& segment, DocId doc) {
  const SegmentColumns& columns = segment.columns();
  MemberReader members(columns, doc);
  KYUJIN_ASSIGN_OR_RETURN(const std::string hit, segment.hits().Read(doc));
  KYUJIN_ASSIGN_OR_RETURN(JobPosting posting, DecodeHit(hit));
  posting.number = schema::PostingNumber::FromValue(columns.numbers()[doc]);
  FillPlace(members, &posting);
  FillJob(members, &posting);
  FillWage(&members, &posting);
  FillCounts(&members, &posting);
  for (const uint32_t shift : columns.shifts()[doc]) {
    posting.shifts.push_back(
        {static_cast<uint16_t>(shift >> 16), static_cast<uint16_t>(shift & UINT16_MAX)});
  }
  return members.is_cut() ? segment.ReadPosting(doc) : posting;
}

}  // namespace kyujin::index

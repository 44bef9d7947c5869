#include "engine/index/card_codec.h"

#include <limits>
#include <type_traits>
#include <utility>

#include "engine/base/coding.h"
#include "engine/schema/hit_text.h"
#include "engine/schema/value_reader.h"

namespace kyujin::index {
namespace {

using schema::FeedRecord;
using schema::JobPosting;
using schema::Tag;

// Writer and reader share one description of the card, VisitPosting, so that they cannot drift
// apart.
class CardWriter {
 public:
  explicit CardWriter(std::string* out) : out_(out) {}

  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void Value(const T& value) {
    AppendVarint(out_, static_cast<uint64_t>(value));
  }
  void Value(const std::string& text) { AppendBytes(out_, text); }
  void Value(const Date& date) { AppendVarint(out_, date.days()); }
  void Value(const schema::PostingNumber& number) { AppendVarint(out_, number.value()); }
  void Value(const schema::YenRange& range) {
    Value(range.min);
    Value(range.max);
  }
  void Value(const schema::Shift& shift) {
    Value(shift.start);
    Value(shift.end);
  }
  void Value(const schema::Position& position) {
    Value(position.latitude);
    Value(position.longitude);
  }
  void Value(const schema::StationAccess& station) {
    Value(station.name);
    Value(station.key);
    Value(station.is_bus_stop);
    Value(station.walk_minutes);
  }
  // An optional is one byte more: whether it is there.
  template <class T>
  void Value(const std::optional<T>& value) {
    out_->push_back(value ? '\1' : '\0');
    if (value) {
      Value(*value);
    }
  }
  template <class T>
  void Value(const std::vector<T>& values) {
    AppendVarint(out_, values.size());
    for (const T& value : values) {
      Value(value);
    }
  }

 private:
  std::string* out_;
};

class CardReader {
 public:
  explicit CardReader(std::string_view bytes) : reader_(bytes) {}

  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void Value(T& value) {
    value = static_cast<T>(Number(Largest<T>()));
  }
  void Value(std::string& text) {
    const auto bytes = reader_.Bytes();
    ok_ = ok_ && bytes.has_value();
    text.assign(bytes.value_or(std::string_view()));
  }
  void Value(Date& date) { date = Date::FromDays(static_cast<uint16_t>(Number(UINT16_MAX))); }
  void Value(schema::PostingNumber& number) {
    number = schema::PostingNumber::FromValue(Number(9'999'999'999'999));
  }
  void Value(schema::YenRange& range) {
    Value(range.min);
    Value(range.max);
  }
  void Value(schema::Shift& shift) {
    Value(shift.start);
    Value(shift.end);
  }
  void Value(schema::Position& position) {
    Value(position.latitude);
    Value(position.longitude);
  }
  void Value(schema::StationAccess& station) {
    Value(station.name);
    Value(station.key);
    Value(station.is_bus_stop);
    Value(station.walk_minutes);
  }
  template <class T>
  void Value(std::optional<T>& value) {
    if (Number(1) != 0) {
      Value(value.emplace());
    }
  }
  template <class T>
  void Value(std::vector<T>& values) {
    // Every element takes a byte at least, so a count beyond the rest is a lie that must not
    // allocate.
    const uint64_t count = Number(reader_.remaining());
    for (uint64_t i = 0; i < count && ok_; ++i) {
      Value(values.emplace_back());
    }
  }

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return reader_.empty(); }

 private:
  template <class T>
  static constexpr uint64_t Largest() {
    if constexpr (std::is_enum_v<T>) {
      return std::numeric_limits<std::underlying_type_t<T>>::max();
    } else {
      return static_cast<uint64_t>(std::numeric_limits<T>::max());
    }
  }
  uint64_t Number(uint64_t largest) {
    const auto number = reader_.Varint();
    ok_ = ok_ && number.has_value() && *number <= largest;
    return ok_ ? *number : 0;
  }

  ByteReader reader_;
  bool ok_ = true;
};

template <class Archive, class Posting>
void VisitWage(Archive& archive, Posting& posting) {
  archive.Value(posting.wage.type);
  archive.Value(posting.wage.base);
  archive.Value(posting.wage.fixed_allowances);
  archive.Value(posting.wage.with_fixed_overtime);
  archive.Value(posting.wage.fixed_overtime);
  archive.Value(posting.wage.fixed_overtime_hours);
}

// The card's derived part, value by value in this order.
template <class Archive, class Posting>
void VisitPosting(Archive& archive, Posting& posting) {
  archive.Value(posting.number);
  archive.Value(posting.content_hash);
  archive.Value(posting.received);
  archive.Value(posting.deadline);
  archive.Value(posting.kind);
  archive.Value(posting.employment);
  archive.Value(posting.full_part);
  archive.Value(posting.dispatch);
  archive.Value(posting.renewal);
  archive.Value(posting.disclosure);
  archive.Value(posting.prefecture);
  archive.Value(posting.municipality);
  archive.Value(posting.position);
  archive.Value(posting.stations);
  archive.Value(posting.walk_minutes);
  archive.Value(posting.occupation.major);
  archive.Value(posting.occupation.middle);
  archive.Value(posting.occupation.minor);
  archive.Value(posting.industry);
  archive.Value(posting.employer_key);
  archive.Value(posting.employer_number);
  archive.Value(posting.employees);
  VisitWage(archive, posting);
  archive.Value(posting.shifts);
  archive.Value(posting.work_systems);
  archive.Value(posting.overtime_hours);
  archive.Value(posting.annual_holidays);
  archive.Value(posting.holiday_weekdays);
  archive.Value(posting.two_day_week);
  archive.Value(posting.age_limit);
  archive.Value(posting.age_min);
  archive.Value(posting.age_max);
  archive.Value(posting.licences);
  archive.Value(posting.licence_need);
  archive.Value(posting.insurances);
  archive.Value(posting.positions);
  archive.Value(posting.conditions_yes);
  archive.Value(posting.conditions_no);
  archive.Value(posting.conditions_from_text);
}

template <class Archive, class Posting>
void VisitHitValues(Archive& archive, Posting& posting) {
  archive.Value(posting.conditions_from_text);
  archive.Value(posting.wage.fixed_overtime);
  archive.Value(posting.wage.fixed_overtime_hours);
}

// How many bytes of each text stand in the hit.
size_t BytesInHit(const FeedRecord& feed, const FeedRecord::Value& value) {
  if (value.tag == Tag::kSksu || value.tag == Tag::kJgshmei ||
      value.tag == schema::WorkplaceTag(feed)) {
    return value.text.size();
  }
  if (value.tag != Tag::kShigotoNy) {
    return 0;
  }
  // A blank beginning would not be a text of its own.
  const size_t bytes = schema::SummaryBytes(value.text);
  const bool is_blank = schema::TrimValue(std::string_view(value.text).substr(0, bytes)).empty();
  return is_blank ? value.text.size() : bytes;
}

// The texts of the hit, or those of the card, as a list of tag and text.
class TextWriter {
 public:
  void Add(Tag tag, std::string_view text) {
    if (!text.empty()) {
      AppendVarint(&texts_, static_cast<uint64_t>(tag));
      AppendBytes(&texts_, text);
      ++count_;
    }
  }
  void AppendTo(std::string* out) const {
    AppendVarint(out, count_);
    *out += texts_;
  }

 private:
  std::string texts_;
  uint64_t count_ = 0;
};

// Adds the texts to those that the posting has; one that is there already is continued.
Status ReadTexts(CardReader* reader, FeedRecord* feed) {
  uint16_t count = 0;
  std::string text;
  reader->Value(count);
  for (uint16_t i = 0; i < count && reader->ok(); ++i) {
    uint16_t number = 0;
    reader->Value(number);
    reader->Value(text);
    if (number >= schema::FeedFields().size()) {
      return Corruption("card names a tag that the schema does not have");
    }
    const auto tag = static_cast<Tag>(number);
    const std::string_view begin = feed->Get(tag);
    feed->Set(tag, begin.empty() ? text : std::string(begin) + text);
  }
  return {};
}

Status ReadHit(std::string_view hit, JobPosting* posting) {
  CardReader reader(hit);
  VisitHitValues(reader, *posting);
  std::string station;
  reader.Value(station);
  if (!station.empty()) {
    posting->stations.emplace_back().name = std::move(station);
  }
  KYUJIN_RETURN_IF_ERROR(ReadTexts(&reader, &posting->feed));
  return reader.ok() && reader.at_end() ? Status() : Corruption("hit cannot be read");
}

}  // namespace

void EncodePosting(const JobPosting& posting, StoredPosting* out) {
  TextWriter shown;
  TextWriter others;
  for (const FeedRecord::Value& value : posting.feed.values()) {
    const std::string_view text = value.text;
    const size_t bytes = BytesInHit(posting.feed, value);
    shown.Add(value.tag, text.substr(0, bytes));
    others.Add(value.tag, text.substr(bytes));
  }
  out->hit.clear();
  CardWriter hit(&out->hit);
  VisitHitValues(hit, posting);
  const schema::StationAccess* station = schema::ShownStation(posting);
  hit.Value(station == nullptr ? std::string() : station->name);
  shown.AppendTo(&out->hit);

  out->card.clear();
  CardWriter card(&out->card);
  VisitPosting(card, posting);
  others.AppendTo(&out->card);
  AppendVarint(&out->card, posting.feed.unknown().size());
  for (const FeedRecord::UnknownValue& value : posting.feed.unknown()) {
    card.Value(value.tag);
    card.Value(value.text);
  }
}

Result<JobPosting> DecodeHit(std::string_view hit) {
  JobPosting posting;
  KYUJIN_RETURN_IF_ERROR(ReadHit(hit, &posting));
  return posting;
}

Result<JobPosting> DecodePosting(std::string_view hit, std::string_view card) {
  KYUJIN_ASSIGN_OR_RETURN(JobPosting shown, DecodeHit(hit));
  JobPosting posting;
  posting.feed = std::move(shown.feed);
  CardReader reader(card);
  VisitPosting(reader, posting);
  KYUJIN_RETURN_IF_ERROR(ReadTexts(&reader, &posting.feed));
  uint16_t count = 0;
  std::string name;
  std::string text;
  reader.Value(count);
  for (uint16_t i = 0; i < count && reader.ok(); ++i) {
    reader.Value(name);
    reader.Value(text);
    posting.feed.Set(name, text);
  }
  if (!reader.ok() || !reader.at_end()) {
    return Corruption("card cannot be read");
  }
  return posting;
}

}  // namespace kyujin::index

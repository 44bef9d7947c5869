#include "engine/index/column_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>

#include "engine/base/bitmap.h"
#include "engine/index/column_file.h"
#include "engine/index/facet_column.h"
#include "engine/index/field_length.h"
#include "engine/index/format.h"
#include "engine/index/inverted_list.h"
#include "engine/index/sort_key.h"
#include "engine/schema/condition.h"
#include "engine/schema/posting_version.h"
#include "engine/schema/sort_order.h"

namespace kyujin::index {

uint32_t NameCollector::Add(const std::string& name) {
  const auto [at, added] = ids_.try_emplace(name, static_cast<uint32_t>(names_.size()));
  if (added) {
    names_.push_back(name);
  }
  return at->second;
}

void ShardColumns::Add(const schema::JobPosting& posting, const FieldLengths& field_lengths) {
  numbers.push_back(posting.number.value());
  content_hashes.push_back(posting.content_hash);
  versions.push_back(schema::PostingVersion(posting.feed));
  employer_numbers.push_back(posting.employer_number);
  for (const schema::ColumnSpec& spec : schema::Columns()) {
    columns[static_cast<size_t>(spec.id)].push_back(spec.value(posting));
  }
  for (size_t field = 0; field < field_lengths.size(); ++field) {
    lengths[field].push_back(EncodeLength(field_lengths[field]));
    length_sums[field] += field_lengths[field];
    documents_with[field] += field_lengths[field] > 0 ? 1 : 0;
  }
  for (const schema::Shift& shift : posting.shifts) {
    shifts.values.push_back(uint32_t{shift.start} << 16 | shift.end);
  }
  shifts.EndDocument();
  for (const schema::StationAccess& station : posting.stations) {
    stations.values.push_back(station_names.Add(station.key) << 8 |
                              station.walk_minutes.value_or(kNoWalkMinutes));
  }
  stations.EndDocument();
  for (const std::string& licence : posting.licences) {
    licences.values.push_back(licence_names.Add(licence));
  }
  licences.EndDocument();
  employers.push_back(employer_names.Add(posting.employer_key));
  positions.push_back(posting.position
                          ? uint64_t{posting.position->latitude} << 32 | posting.position->longitude
                          : kNoPosition);
}

namespace {

using schema::Column;

// All shards seen as one run of documents, and the sections made of it.
class SectionWriter {
 public:
  SectionWriter(const std::vector<const ShardColumns*>& shards, ColumnFileWriter* file)
      : shards_(shards), file_(file) {
    for (const ShardColumns* shard : shards_) {
      documents_ += shard->documents();
    }
  }

  Status WriteAll() {
    KYUJIN_RETURN_IF_ERROR(file_->AddValues<uint64_t>("number", Joined(&ShardColumns::numbers)));
    KYUJIN_RETURN_IF_ERROR(
        file_->AddValues<uint64_t>("content_hash", Joined(&ShardColumns::content_hashes)));
    KYUJIN_RETURN_IF_ERROR(file_->AddValues<uint64_t>("version", Joined(&ShardColumns::versions)));
    KYUJIN_RETURN_IF_ERROR(
        file_->AddValues<uint64_t>("employer_number", Joined(&ShardColumns::employer_numbers)));
    KYUJIN_RETURN_IF_ERROR(WriteColumns());
    KYUJIN_RETURN_IF_ERROR(WriteFacets());
    KYUJIN_RETURN_IF_ERROR(WriteConditions());
    KYUJIN_RETURN_IF_ERROR(WriteOrders());
    KYUJIN_RETURN_IF_ERROR(WriteLengths());
    KYUJIN_RETURN_IF_ERROR(WritePositions());
    KYUJIN_RETURN_IF_ERROR(WriteLists());
    return file_->Finish(documents_);
  }

 private:
  template <class T>
  [[nodiscard]] std::vector<T> Joined(std::vector<T> ShardColumns::*member) const {
    std::vector<T> all;
    all.reserve(documents_);
    for (const ShardColumns* shard : shards_) {
      all.insert(all.end(), (shard->*member).begin(), (shard->*member).end());
    }
    return all;
  }

  template <class T>
  [[nodiscard]] std::vector<T> JoinedColumn(Column column) const {
    std::vector<T> all;
    all.reserve(documents_);
    for (const ShardColumns* shard : shards_) {
      for (const uint32_t value : shard->columns[static_cast<size_t>(column)]) {
        all.push_back(static_cast<T>(value));
      }
    }
    return all;
  }

  template <class T>
  Status WriteColumn(const schema::ColumnSpec& spec) {
    return file_->AddValues<T>(fmt::format("column.{}", spec.name), JoinedColumn<T>(spec.id));
  }

  Status WriteColumns() {
    for (const schema::ColumnSpec& spec : schema::Columns()) {
      Status status = spec.width == schema::ColumnWidth::k8    ? WriteColumn<uint8_t>(spec)
                      : spec.width == schema::ColumnWidth::k16 ? WriteColumn<uint16_t>(spec)
                                                               : WriteColumn<uint32_t>(spec);
      KYUJIN_RETURN_IF_ERROR(status);
    }
    return {};
  }

  Status WriteFacets() {
    const std::vector<uint8_t> wage_types = JoinedColumn<uint8_t>(Column::kWageType);
    for (const FacetColumnSpec& spec : FacetColumns()) {
      const std::vector<uint32_t> source = JoinedColumn<uint32_t>(spec.source);
      const uint32_t missing = schema::GetColumn(spec.source).missing;
      std::vector<schema::FacetValue> values(documents_);
      const size_t words = BitmapWords(documents_);
      std::vector<uint64_t> bits(words * schema::FacetValueCount(spec.facet));
      for (DocId doc = 0; doc < documents_; ++doc) {
        const auto given = source[doc] == missing ? std::nullopt : std::optional(source[doc]);
        values[doc] = FacetValueOf(spec, given, static_cast<schema::WageType>(wage_types[doc]));
        bits[values[doc] * words + doc / 64] |= uint64_t{1} << (doc % 64);
      }
      KYUJIN_RETURN_IF_ERROR(file_->AddValues<uint8_t>(fmt::format("facet.{}", spec.name), values));
      KYUJIN_RETURN_IF_ERROR(
          file_->AddValues<uint64_t>(fmt::format("facet.{}.bits", spec.name), bits));
    }
    return {};
  }

  Status WriteConditions() {
    const std::vector<uint32_t> masks = JoinedColumn<uint32_t>(Column::kConditionsYes);
    const size_t words = BitmapWords(documents_);
    std::vector<uint64_t> bits(words * schema::kStoredConditionCount);
    for (DocId doc = 0; doc < documents_; ++doc) {
      for (size_t i = 0; i < schema::kStoredConditionCount; ++i) {
        bits[i * words + doc / 64] |= uint64_t{masks[doc] >> i & 1} << (doc % 64);
      }
    }
    return file_->AddValues<uint64_t>("conditions.bits", bits);
  }

  Status WriteOrders() {
    const std::vector<uint8_t> wage_types = JoinedColumn<uint8_t>(Column::kWageType);
    std::vector<DocId> order(documents_);
    for (const schema::SortOrderSpec& spec : schema::SortOrders()) {
      const bool wage = spec.kind == schema::SortKeyKind::kWage;
      const auto yen = wage ? JoinedColumn<uint32_t>(spec.column) : std::vector<uint32_t>();
      const auto halves = wage ? std::vector<uint16_t>() : JoinedColumn<uint16_t>(spec.column);
      const SortKey key =
          wage ? SortKey::OfWage(wage_types, yen) : SortKey::OfHalf(spec.kind, halves);
      std::iota(order.begin(), order.end(), 0);
      std::stable_sort(
          order.begin(), order.end(), [&](DocId a, DocId b) { return key(a) < key(b); });
      KYUJIN_RETURN_IF_ERROR(file_->AddValues<uint32_t>(fmt::format("order.{}", spec.name), order));
    }
    return {};
  }

  Status WriteLengths() {
    std::vector<uint64_t> totals;
    for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
      const auto place = static_cast<size_t>(field.id);
      std::vector<uint8_t> lengths;
      uint64_t sum = 0;
      uint64_t with = 0;
      for (const ShardColumns* shard : shards_) {
        lengths.insert(lengths.end(), shard->lengths[place].begin(), shard->lengths[place].end());
        sum += shard->length_sums[place];
        with += shard->documents_with[place];
      }
      totals.push_back(sum);
      totals.push_back(with);
      KYUJIN_RETURN_IF_ERROR(
          file_->AddValues<uint8_t>(fmt::format("length.{}", field.name), lengths));
    }
    return file_->AddValues<uint64_t>("length.totals", totals);
  }

  // Sorts the names of all shards into one table and says, for each shard, which number each of its
  // names got.
  std::vector<std::vector<uint32_t>> JoinNames(NameCollector ShardColumns::*member,
                                               std::vector<std::string>* table) const {
    for (const ShardColumns* shard : shards_) {
      table->insert(table->end(), (shard->*member).names().begin(), (shard->*member).names().end());
    }
    std::sort(table->begin(), table->end());
    table->erase(std::unique(table->begin(), table->end()), table->end());
    std::vector<std::vector<uint32_t>> renumbered;
    for (const ShardColumns* shard : shards_) {
      std::vector<uint32_t>& ids = renumbered.emplace_back();
      for (const std::string& name : (shard->*member).names()) {
        ids.push_back(static_cast<uint32_t>(std::lower_bound(table->begin(), table->end(), name) -
                                            table->begin()));
      }
    }
    return renumbered;
  }

  Status WriteNames(std::string_view name, const std::vector<std::string>& table) {
    std::vector<uint32_t> ends;
    std::string bytes;
    for (const std::string& text : table) {
      bytes += text;
      ends.push_back(static_cast<uint32_t>(bytes.size()));
    }
    KYUJIN_RETURN_IF_ERROR(file_->AddValues<uint32_t>(fmt::format("names.{}.ends", name), ends));
    return file_->AddSection(fmt::format("names.{}", name), bytes);
  }

  // Each position once, ascending, and which of them every document has.
  Status WritePositions() {
    std::vector<uint64_t> packed = Joined(&ShardColumns::positions);
    std::vector<uint64_t> table = packed;
    std::sort(table.begin(), table.end());
    table.erase(std::unique(table.begin(), table.end()), table.end());
    std::vector<uint32_t> places;
    places.reserve(documents_);
    for (const uint64_t position : packed) {
      const auto found = std::lower_bound(table.begin(), table.end(), position);
      places.push_back(position == kNoPosition ? kNoPlace
                                               : static_cast<uint32_t>(found - table.begin()));
    }
    if (!table.empty() && table.back() == kNoPosition) {
      table.pop_back();
    }
    KYUJIN_RETURN_IF_ERROR(file_->AddValues<uint32_t>("position", places));
    return file_->AddValues<uint64_t>("positions", table);
  }

  // `renumber(shard, value)` turns a shard's own value into the segment's. Leaves ends and values
  // in `joined`.
  template <class Renumber>
  Status WriteList(std::string_view name,
                   ListColumn ShardColumns::*member,
                   Renumber&& renumber,
                   ListColumn* joined) {
    std::vector<uint32_t>& ends = joined->ends;
    std::vector<uint32_t>& values = joined->values;
    *joined = {};
    ends.reserve(documents_);
    for (size_t i = 0; i < shards_.size(); ++i) {
      const ListColumn& list = shards_[i]->*member;
      const auto base = static_cast<uint32_t>(values.size());
      for (const uint32_t end : list.ends) {
        ends.push_back(base + end);
      }
      for (const uint32_t value : list.values) {
        values.push_back(renumber(i, value));
      }
    }
    KYUJIN_RETURN_IF_ERROR(file_->AddValues<uint32_t>(fmt::format("list.{}.ends", name), ends));
    return file_->AddValues<uint32_t>(fmt::format("list.{}", name), values);
  }

  // The list of each document and, the other way round, the documents of each name.
  Status WriteNamedList(std::string_view name,
                        NameCollector ShardColumns::*collector,
                        ListColumn ShardColumns::*member,
                        unsigned detail_bits) {
    std::vector<std::string> names;
    ListColumn joined;
    const auto ids = JoinNames(collector, &names);
    const uint32_t details = (uint32_t{1} << detail_bits) - 1;
    KYUJIN_RETURN_IF_ERROR(WriteNames(name, names));
    KYUJIN_RETURN_IF_ERROR(WriteList(
        name,
        member,
        [&](size_t shard, uint32_t value) {
          return ids[shard][value >> detail_bits] << detail_bits | (value & details);
        },
        &joined));
    return WriteInvertedList(
        name, Invert(joined.ends, joined.values, names.size(), detail_bits), file_);
  }

  Status WriteLists() {
    ListColumn joined;
    KYUJIN_RETURN_IF_ERROR(WriteList(
        "shifts", &ShardColumns::shifts, [](size_t, uint32_t value) { return value; }, &joined));
    KYUJIN_RETURN_IF_ERROR(WriteNamedList(
        "stations", &ShardColumns::station_names, &ShardColumns::stations, kWalkBits));
    KYUJIN_RETURN_IF_ERROR(
        WriteNamedList("licences", &ShardColumns::licence_names, &ShardColumns::licences, 0));
    return WriteEmployers();
  }

  Status WriteEmployers() {
    std::vector<std::string> names;
    const auto ids = JoinNames(&ShardColumns::employer_names, &names);
    KYUJIN_RETURN_IF_ERROR(WriteNames("employers", names));
    ListColumn one_each;
    for (size_t i = 0; i < shards_.size(); ++i) {
      for (const uint32_t id : shards_[i]->employers) {
        one_each.values.push_back(ids[i][id]);
        one_each.EndDocument();
      }
    }
    KYUJIN_RETURN_IF_ERROR(file_->AddValues<uint32_t>("employer", one_each.values));
    KYUJIN_RETURN_IF_ERROR(WriteInvertedList(
        "employers", Invert(one_each.ends, one_each.values, names.size(), 0), file_));
    return file_->AddValues<DocId>("docs.employer_number",
                                   OrderBy(Joined(&ShardColumns::employer_numbers)));
  }

  const std::vector<const ShardColumns*>& shards_;
  ColumnFileWriter* file_;
  uint32_t documents_ = 0;
};

}  // namespace

Result<WrittenFile> WriteColumnFile(const std::filesystem::path& path,
                                    const std::vector<const ShardColumns*>& shards) {
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<ColumnFileWriter> file,
                          ColumnFileWriter::Create(path));
  KYUJIN_RETURN_IF_ERROR(SectionWriter(shards, file.get()).WriteAll());
  return WrittenFile{file->size(), file->checksum()};
}

}  // namespace kyujin::index

#include "engine/index/segment_columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace kyujin::index {

std::optional<uint32_t> NameTable::Find(std::string_view name) const {
  size_t low = 0;
  size_t high = size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if ((*this)[middle] < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < size() && (*this)[low] == name ? std::optional(static_cast<uint32_t>(low))
                                              : std::nullopt;
}

Result<std::unique_ptr<const SegmentColumns>> SegmentColumns::Open(
    const std::filesystem::path& path) {
  KYUJIN_ASSIGN_OR_RETURN(std::unique_ptr<const ColumnFile> file, ColumnFile::Open(path));
  std::unique_ptr<SegmentColumns> columns(new SegmentColumns(std::move(file)));
  KYUJIN_RETURN_IF_ERROR(columns->BindColumns());
  KYUJIN_RETURN_IF_ERROR(columns->BindFacetsAndOrders());
  KYUJIN_RETURN_IF_ERROR(columns->BindLengths());
  KYUJIN_RETURN_IF_ERROR(columns->BindLists());
  KYUJIN_RETURN_IF_ERROR(columns->BindInverted());
  KYUJIN_RETURN_IF_ERROR(columns->BindPositions());
  return std::unique_ptr<const SegmentColumns>(std::move(columns));
}

Status SegmentColumns::BindColumns() {
  KYUJIN_ASSIGN_OR_RETURN(numbers_, file_->Values<uint64_t>("number", documents()));
  KYUJIN_ASSIGN_OR_RETURN(content_hashes_, file_->Values<uint64_t>("content_hash", documents()));
  KYUJIN_ASSIGN_OR_RETURN(versions_, file_->Values<uint64_t>("version", documents()));
  KYUJIN_ASSIGN_OR_RETURN(employer_numbers_,
                          file_->Values<uint64_t>("employer_number", documents()));
  KYUJIN_ASSIGN_OR_RETURN(employers_, file_->Values<uint32_t>("employer", documents()));
  for (const schema::ColumnSpec& spec : schema::Columns()) {
    const size_t bytes = size_t{documents()} * static_cast<size_t>(spec.width);
    KYUJIN_ASSIGN_OR_RETURN(const std::span<const char> values,
                            file_->Values<char>(fmt::format("column.{}", spec.name), bytes));
    columns_[static_cast<size_t>(spec.id)] = values.data();
  }
  return {};
}

Status SegmentColumns::BindFacetsAndOrders() {
  const size_t words = BitmapWords(documents());
  for (const FacetColumnSpec& spec : FacetColumns()) {
    const auto place = static_cast<size_t>(spec.id);
    KYUJIN_ASSIGN_OR_RETURN(
        facet_values_[place],
        file_->Values<schema::FacetValue>(fmt::format("facet.{}", spec.name), documents()));
    KYUJIN_ASSIGN_OR_RETURN(facet_bits_[place],
                            file_->Values<uint64_t>(fmt::format("facet.{}.bits", spec.name),
                                                    words * schema::FacetValueCount(spec.facet)));
  }
  KYUJIN_ASSIGN_OR_RETURN(
      condition_bits_,
      file_->Values<uint64_t>("conditions.bits", words * schema::kStoredConditionCount));
  for (const schema::SortOrderSpec& spec : schema::SortOrders()) {
    KYUJIN_ASSIGN_OR_RETURN(orders_[static_cast<size_t>(spec.id)],
                            file_->Values<DocId>(fmt::format("order.{}", spec.name), documents()));
  }
  return {};
}

Status SegmentColumns::BindLengths() {
  for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
    KYUJIN_ASSIGN_OR_RETURN(
        lengths_[static_cast<size_t>(field.id)],
        file_->Values<uint8_t>(fmt::format("length.{}", field.name), documents()));
  }
  KYUJIN_ASSIGN_OR_RETURN(length_totals_,
                          file_->Values<uint64_t>("length.totals", 2 * schema::kSearchFieldCount));
  return {};
}

Status SegmentColumns::BindLists() {
  KYUJIN_RETURN_IF_ERROR(BindList("shifts", &shifts_));
  KYUJIN_RETURN_IF_ERROR(BindList("stations", &stations_));
  KYUJIN_RETURN_IF_ERROR(BindList("licences", &licences_));
  KYUJIN_RETURN_IF_ERROR(BindNames("stations", &station_names_));
  KYUJIN_RETURN_IF_ERROR(BindNames("licences", &licence_names_));
  return BindNames("employers", &employer_names_);
}

// With ends that ascend and the last one checked, no list and no name reaches past its section.
Status SegmentColumns::CheckEnds(std::string_view section, std::span<const uint32_t> ends) const {
  return std::is_sorted(ends.begin(), ends.end()) ? Status() : file_->Disordered(section);
}

Status SegmentColumns::BindList(std::string_view name, ListView* list) const {
  KYUJIN_ASSIGN_OR_RETURN(list->ends,
                          file_->Values<uint32_t>(fmt::format("list.{}.ends", name), documents()));
  KYUJIN_RETURN_IF_ERROR(CheckEnds(fmt::format("list.{}.ends", name), list->ends));
  const size_t count = list->ends.empty() ? 0 : list->ends.back();
  KYUJIN_ASSIGN_OR_RETURN(list->values,
                          file_->Values<uint32_t>(fmt::format("list.{}", name), count));
  return {};
}

Status SegmentColumns::BindNames(std::string_view name, NameTable* table) const {
  KYUJIN_ASSIGN_OR_RETURN(const std::string_view ends,
                          file_->Section(fmt::format("names.{}.ends", name)));
  KYUJIN_ASSIGN_OR_RETURN(
      table->ends,
      file_->Values<uint32_t>(fmt::format("names.{}.ends", name), ends.size() / sizeof(uint32_t)));
  KYUJIN_RETURN_IF_ERROR(CheckEnds(fmt::format("names.{}.ends", name), table->ends));
  const size_t bytes = table->ends.empty() ? 0 : table->ends.back();
  KYUJIN_ASSIGN_OR_RETURN(const std::span<const char> text,
                          file_->Values<char>(fmt::format("names.{}", name), bytes));
  table->bytes = {text.data(), text.size()};
  return {};
}

Status SegmentColumns::BindInverted() {
  KYUJIN_RETURN_IF_ERROR(BindInvertedList("stations", station_names_, &station_documents_));
  KYUJIN_ASSIGN_OR_RETURN(
      station_documents_.minutes,
      file_->Values<uint8_t>("docs.stations.minutes", station_documents_.documents.size()));
  KYUJIN_RETURN_IF_ERROR(BindInvertedList("licences", licence_names_, &licence_documents_));
  KYUJIN_RETURN_IF_ERROR(BindInvertedList("employers", employer_names_, &employer_documents_));
  KYUJIN_ASSIGN_OR_RETURN(by_employer_number_,
                          file_->Values<DocId>("docs.employer_number", documents()));
  return {};
}

Status SegmentColumns::BindInvertedList(std::string_view name,
                                        const NameTable& names,
                                        InvertedView* list) const {
  const std::string section = fmt::format("docs.{}", name);
  KYUJIN_ASSIGN_OR_RETURN(list->ends, file_->Values<uint32_t>(section + ".ends", names.size()));
  KYUJIN_RETURN_IF_ERROR(CheckEnds(section + ".ends", list->ends));
  const size_t count = list->ends.empty() ? 0 : list->ends.back();
  KYUJIN_ASSIGN_OR_RETURN(list->documents, file_->Values<DocId>(section, count));
  return {};
}

Status SegmentColumns::BindPositions() {
  KYUJIN_ASSIGN_OR_RETURN(const std::string_view bytes, file_->Section("positions"));
  KYUJIN_ASSIGN_OR_RETURN(positions_,
                          file_->Values<uint64_t>("positions", bytes.size() / sizeof(uint64_t)));
  KYUJIN_ASSIGN_OR_RETURN(places_, file_->Values<uint32_t>("position", documents()));
  return {};
}

std::span<const DocId> SegmentColumns::EmployerNumberDocuments(uint64_t number) const {
  const auto key = [this](DocId doc) { return employer_numbers_[doc]; };
  const auto begin =
      std::lower_bound(by_employer_number_.begin(),
                       by_employer_number_.end(),
                       number,
                       [&](DocId doc, uint64_t wanted) { return key(doc) < wanted; });
  const auto end =
      std::upper_bound(begin, by_employer_number_.end(), number, [&](uint64_t wanted, DocId doc) {
        return wanted < key(doc);
      });
  return {begin, end};
}

std::optional<DocId> SegmentColumns::Find(uint64_t number) const {
  const auto found = std::lower_bound(numbers_.begin(), numbers_.end(), number);
  return found != numbers_.end() && *found == number
             ? std::optional(static_cast<DocId>(found - numbers_.begin()))
             : std::nullopt;
}

uint32_t SegmentColumns::Value(schema::Column column, DocId doc) const {
  switch (schema::GetColumn(column).width) {
    case schema::ColumnWidth::k8:
      return Values<uint8_t>(column)[doc];
    case schema::ColumnWidth::k16:
      return Values<uint16_t>(column)[doc];
    case schema::ColumnWidth::k32:
      return Values<uint32_t>(column)[doc];
  }
  return 0;
}

BitmapView SegmentColumns::FacetBits(FacetColumn column, schema::FacetValue value) const {
  const size_t words = BitmapWords(documents());
  return BitmapView(facet_bits_[static_cast<size_t>(column)].subspan(value * words, words));
}

BitmapView SegmentColumns::ConditionBits(schema::Condition condition) const {
  const size_t words = BitmapWords(documents());
  return BitmapView(condition_bits_.subspan(static_cast<size_t>(condition) * words, words));
}

SortKey SegmentColumns::KeyOf(schema::SortOrder order) const {
  const schema::SortOrderSpec& spec = schema::GetSortOrder(order);
  return spec.kind == schema::SortKeyKind::kWage
             ? SortKey::OfWage(Values<uint8_t>(schema::Column::kWageType),
                               Values<uint32_t>(spec.column))
             : SortKey::OfHalf(spec.kind, Values<uint16_t>(spec.column));
}

}  // namespace kyujin::index

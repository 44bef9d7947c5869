// SegmentColumns: columns.bin as typed arrays. What filters, facets and orders of engine/search run
// on.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "engine/base/bitmap.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/column_file.h"
#include "engine/index/facet_column.h"
#include "engine/index/sort_key.h"
#include "engine/schema/column.h"
#include "engine/schema/condition.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"
#include "engine/schema/sort_order.h"

namespace kyujin::index {

// Lists of numbers, one list a document. Thread rule: Immutable.
struct ListView {
  std::span<const uint32_t> ends;
  std::span<const uint32_t> values;

  [[nodiscard]] std::span<const uint32_t> operator[](DocId doc) const {
    const uint32_t begin = doc == 0 ? 0 : ends[doc - 1];
    return values.subspan(begin, ends[doc] - begin);
  }
};

// The documents of each name of a table, ascending. Thread rule: Immutable.
struct InvertedView {
  std::span<const uint32_t> ends;
  std::span<const DocId> documents;
  std::span<const uint8_t> minutes;  // stations only: minutes on foot, kNoWalkMinutes = not given

  [[nodiscard]] std::span<const DocId> operator[](uint32_t name) const {
    const uint32_t begin = name == 0 ? 0 : ends[name - 1];
    return documents.subspan(begin, ends[name] - begin);
  }
  [[nodiscard]] std::span<const uint8_t> Minutes(uint32_t name) const {
    const uint32_t begin = name == 0 ? 0 : ends[name - 1];
    return minutes.subspan(begin, ends[name] - begin);
  }
};

// Sorted names. Thread rule: Immutable.
struct NameTable {
  std::span<const uint32_t> ends;
  std::string_view bytes;

  [[nodiscard]] size_t size() const { return ends.size(); }
  [[nodiscard]] std::string_view operator[](size_t id) const {
    const uint32_t begin = id == 0 ? 0 : ends[id - 1];
    return bytes.substr(begin, ends[id] - begin);
  }
  // O(log n).
  [[nodiscard]] std::optional<uint32_t> Find(std::string_view name) const;
};

// Thread rule: Immutable.
class SegmentColumns {
 public:
  // Checks that every section is there in its size and that the ends of lists and names ascend.
  // Cost: one pass over the ends. Errors: kCorruption, kUnavailable, kNotFound.
  static Result<std::unique_ptr<const SegmentColumns>> Open(const std::filesystem::path& path);

  [[nodiscard]] uint32_t documents() const { return file_->documents(); }
  // Posting numbers, ascending.
  [[nodiscard]] std::span<const uint64_t> numbers() const { return numbers_; }
  [[nodiscard]] std::optional<DocId> Find(uint64_t number) const;
  // schema::ContentHash and schema::PostingVersion of each posting.
  [[nodiscard]] std::span<const uint64_t> content_hashes() const { return content_hashes_; }
  [[nodiscard]] std::span<const uint64_t> versions() const { return versions_; }

  // Requires: T is the width of `column`.
  template <class T>
  [[nodiscard]] std::span<const T> Values(schema::Column column) const {
    return {reinterpret_cast<const T*>(columns_[static_cast<size_t>(column)]), documents()};
  }
  // One value, whatever the width; the column's `missing` when not given.
  [[nodiscard]] uint32_t Value(schema::Column column, DocId doc) const;

  [[nodiscard]] std::span<const schema::FacetValue> FacetValues(FacetColumn column) const {
    return facet_values_[static_cast<size_t>(column)];
  }
  [[nodiscard]] BitmapView FacetBits(FacetColumn column, schema::FacetValue value) const;
  // Requires: not kNew.
  [[nodiscard]] BitmapView ConditionBits(schema::Condition condition) const;

  // All documents in that order.
  [[nodiscard]] std::span<const DocId> Order(schema::SortOrder order) const {
    return orders_[static_cast<size_t>(order)];
  }
  [[nodiscard]] SortKey KeyOf(schema::SortOrder order) const;

  // Encoded lengths (field_length.h), the exact sum of them, and how many documents have the field
  // at all.
  [[nodiscard]] std::span<const uint8_t> Lengths(schema::SearchField field) const {
    return lengths_[static_cast<size_t>(field)];
  }
  [[nodiscard]] uint64_t LengthSum(schema::SearchField field) const {
    return length_totals_[static_cast<size_t>(field) * 2];
  }
  [[nodiscard]] uint64_t DocumentsWith(schema::SearchField field) const {
    return length_totals_[static_cast<size_t>(field) * 2 + 1];
  }

  // start << 16 | end in minutes; station name << 8 | walk minutes; licence name.
  [[nodiscard]] const ListView& shifts() const { return shifts_; }
  [[nodiscard]] const ListView& stations() const { return stations_; }
  [[nodiscard]] const ListView& licences() const { return licences_; }
  [[nodiscard]] const NameTable& station_names() const { return station_names_; }
  [[nodiscard]] const NameTable& licence_names() const { return licence_names_; }
  [[nodiscard]] const NameTable& employer_names() const { return employer_names_; }
  [[nodiscard]] std::span<const uint32_t> employers() const { return employers_; }
  [[nodiscard]] std::span<const uint64_t> employer_numbers() const { return employer_numbers_; }

  // The other way round: the documents of a station, a licence, an employer.
  [[nodiscard]] const InvertedView& station_documents() const { return station_documents_; }
  [[nodiscard]] const InvertedView& licence_documents() const { return licence_documents_; }
  [[nodiscard]] const InvertedView& employer_documents() const { return employer_documents_; }
  // The documents of an employer's number, ascending.
  [[nodiscard]] std::span<const DocId> EmployerNumberDocuments(uint64_t number) const;

  // All positions that documents have, and which of them each has; kNoPlace without.
  [[nodiscard]] size_t position_count() const { return positions_.size(); }
  [[nodiscard]] schema::Position PositionAt(size_t place) const {
    return {static_cast<uint32_t>(positions_[place] >> 32),
            static_cast<uint32_t>(positions_[place])};
  }
  [[nodiscard]] std::span<const uint32_t> places() const { return places_; }

  [[nodiscard]] const ColumnFile& file() const { return *file_; }

 private:
  explicit SegmentColumns(std::unique_ptr<const ColumnFile> file) : file_(std::move(file)) {}
  Status BindColumns();
  Status BindFacetsAndOrders();
  Status BindLengths();
  Status BindLists();
  [[nodiscard]] Status CheckEnds(std::string_view section, std::span<const uint32_t> ends) const;
  Status BindList(std::string_view name, ListView* list) const;
  Status BindNames(std::string_view name, NameTable* table) const;
  Status BindInverted();
  Status BindInvertedList(std::string_view name, const NameTable& names, InvertedView* list) const;
  Status BindPositions();

  std::unique_ptr<const ColumnFile> file_;
  std::span<const uint64_t> numbers_;
  std::span<const uint64_t> content_hashes_;
  std::span<const uint64_t> versions_;
  std::span<const uint64_t> employer_numbers_;
  std::span<const uint32_t> employers_;
  std::array<const char*, schema::kColumnCount> columns_{};
  std::array<std::span<const schema::FacetValue>, kFacetColumnCount> facet_values_;
  std::array<std::span<const uint64_t>, kFacetColumnCount> facet_bits_;
  std::span<const uint64_t> condition_bits_;
  std::array<std::span<const DocId>, schema::kSortOrderCount> orders_;
  std::array<std::span<const uint8_t>, schema::kSearchFieldCount> lengths_;
  std::span<const uint64_t> length_totals_;
  ListView shifts_;
  ListView stations_;
  ListView licences_;
  NameTable station_names_;
  NameTable licence_names_;
  NameTable employer_names_;
  InvertedView station_documents_;
  InvertedView licence_documents_;
  InvertedView employer_documents_;
  std::span<const DocId> by_employer_number_;
  std::span<const uint64_t> positions_;
  std::span<const uint32_t> places_;
};

}  // namespace kyujin::index

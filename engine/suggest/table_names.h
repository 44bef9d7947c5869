// TableNames: the names that dict/ knows: occupations and what people call them, places, licences.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/suggest/suggestion.h"
#include "engine/suggest/typed_name.h"

namespace kyujin::suggest {

// One name, ready to be suggested. The views live as long as the program.
struct TableName {
  NameKind kind;
  std::string text;
  std::string_view parameter;
  std::string_view value;
  std::string_view label;
  uint32_t number;  // the value as the columns hold it

  [[nodiscard]] bool is_municipality() const {
    return kind == NameKind::kPlace && parameter != "pref";
  }
};

// Thread rule: Immutable.
class TableNames {
 public:
  TableNames();

  // The ids of index() are places here.
  [[nodiscard]] const std::vector<TableName>& names() const { return names_; }
  [[nodiscard]] const NameIndex& index() const { return index_; }

 private:
  void AddOccupations();
  void AddPlaces();
  void AddLicences();
  void Add(TableName name, std::string_view reading);

  std::vector<TableName> names_;
  NameIndex index_;
};

}  // namespace kyujin::suggest

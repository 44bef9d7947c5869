#include "engine/suggest/table_names.h"

#include <charconv>
#include <set>

#include "engine/schema/code_table.h"
#include "engine/schema/municipality.h"

namespace kyujin::suggest {
namespace {

uint32_t NumberOf(std::string_view code) {
  uint32_t number = 0;
  std::from_chars(code.data(), code.data() + code.size(), number);
  return number;
}

// The names that a label of the classification lists: 看護師、准看護師.
std::vector<std::string_view> PiecesOf(std::string_view label) {
  constexpr std::string_view kComma = "、";
  std::vector<std::string_view> pieces;
  if (label.find("（") != std::string_view::npos) {
    return {label};
  }
  while (true) {
    const size_t comma = label.find(kComma);
    pieces.push_back(label.substr(0, comma));
    if (comma == std::string_view::npos) {
      return pieces;
    }
    label.remove_prefix(comma + kComma.size());
  }
}

}  // namespace

TableNames::TableNames() {
  AddOccupations();
  AddPlaces();
  AddLicences();
  index_.Finish();
}

void TableNames::Add(TableName name, std::string_view reading) {
  index_.Add(name.text, reading, static_cast<uint32_t>(names_.size()));
  names_.push_back(std::move(name));
}

void TableNames::AddOccupations() {
  std::set<std::string_view> named;
  for (const schema::OccupationName& name : schema::OccupationNames()) {
    const schema::Code* code = schema::OccupationTable().Find(name.code);
    named.insert(name.name);
    Add({NameKind::kOccupation,
         std::string(name.name),
         "occupation",
         name.code,
         code->label,
         NumberOf(name.code)},
        name.reading);
  }
  for (const schema::Code& code : schema::OccupationTable().codes) {
    for (const std::string_view piece : PiecesOf(code.label)) {
      if (!named.contains(piece)) {
        Add({NameKind::kOccupation,
             std::string(piece),
             "occupation",
             code.code,
             code.label,
             NumberOf(code.code)},
            {});
      }
    }
  }
}

void TableNames::AddPlaces() {
  for (const schema::Code& code : schema::PrefectureTable().codes) {
    Add({NameKind::kPlace,
         std::string(code.label),
         "pref",
         code.code,
         code.label,
         NumberOf(code.code)},
        code.reading);
  }
  for (const schema::Code& code : schema::MunicipalityTable().codes) {
    const schema::Municipality* place =
        schema::FindMunicipality(static_cast<uint16_t>(NumberOf(code.code)));
    const auto id = static_cast<uint32_t>(names_.size());
    Add({NameKind::kPlace,
         std::string(code.label),
         "city",
         code.code,
         code.label,
         NumberOf(code.code)},
        code.reading);
    // A ward is known without its city too.
    if (place != nullptr && place->city != 0) {
      const schema::Code* city =
          schema::MunicipalityTable().Find(std::to_string(100'000 + place->city).substr(1));
      const size_t of_city = city != nullptr ? city->reading.size() : 0;
      index_.Add(place->name, code.reading.substr(of_city), id);
    }
  }
}

void TableNames::AddLicences() {
  for (const schema::Code& code : schema::LicenceTable().codes) {
    Add({NameKind::kLicence, std::string(code.label), "licence", code.code, code.label, 0},
        code.reading);
  }
}

}  // namespace kyujin::suggest

// The code tables of dict/, compiled into the binary: what a code means, which codes there are, and
// how the feed writes them. The request validator, the deriver, facet labels and /v1/codes all read
// these tables.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kyujin::schema {

// One value of a table. Every view lives as long as the program. Places:
// engine/schema/municipality.h knows more.
struct Code {
  std::string_view code;  // "13113", "P", "no_night_work"
  std::string_view label;  // 渋谷区; a ward of a designated city carries its city: 札幌市中央区
  std::string_view parent;   // code of the value above: of the prefecture, of the city, of the
                             // 大分類; may be empty
  std::string_view reading;  // hiragana; empty where the table has none
  std::string_view feed;  // values of the feed that mean this code, `|` between them; may be empty
};

// A table under its public name: that of the API parameter it belongs to, where there is one.
struct CodeTable {
  std::string_view name;              // "pref", "city", "work_system"
  std::string_view label;             // 都道府県
  std::span<const Code> codes;        // in the order in which they are shown
  std::span<const uint16_t> by_code;  // places in `codes`, ordered by the bytes of the code

  // Returns the value with exactly this code, or nullptr. Cost: O(log n).
  [[nodiscard]] const Code* Find(std::string_view code) const;
  // Returns the value that the feed writes as exactly `value` (`1か月` and other digits as the feed
  // has them), or nullptr. Cost: O(n), meant for the enumerations.
  [[nodiscard]] const Code* FindFeedValue(std::string_view value) const;
  // Returns the only value with exactly this label, or nullptr when there is none or more than one.
  // Cost: O(n).
  [[nodiscard]] const Code* FindLabel(std::string_view label) const;
};

// All tables, in a fixed order: pref city industry occupation licence conditions, then the
// enumerations.
std::span<const CodeTable> CodeTables();
// Returns the table with this name, or nullptr.
const CodeTable* FindCodeTable(std::string_view name);

// The tables that code asks for by name.
const CodeTable& PrefectureTable();
const CodeTable& MunicipalityTable();
const CodeTable& IndustryTable();
const CodeTable& OccupationTable();
const CodeTable& LicenceTable();
const CodeTable& ConditionTable();

// A name by which people call an occupation, and the 中分類 of 職業分類 2022 it belongs to.
struct OccupationName {
  std::string_view name;     // 看護師
  std::string_view reading;  // hiragana
  std::string_view code;     // "023"
};
std::span<const OccupationName> OccupationNames();

// Says whether `code` is a code of 職業分類 2022: a known `12` or `067`, or `067-01` below a known
// 中分類 (the numbers of the 小分類 are taken as they come: no free list of them exists).
bool IsOccupationCode(std::string_view code);

// Returns the industry that `name` stands for as the feed's sngbrui_n writes it (full width, `，`
// for `、`, cut at 30 characters, head offices as
// `管理，補助的経済活動を行う事業所（８３医療業）`), or nullptr. The finest level that the name
// settles. Cost: O(n).
const Code* FindIndustryOfFeed(std::string_view name);

}  // namespace kyujin::schema

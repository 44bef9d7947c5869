// The identity of the schema tables. An index made with other tables is refused, because its
// columns and cards would be read wrongly.
//
// Thread rule: Immutable.
#pragma once

#include <string>

namespace kyujin::schema {

// Returns 16 hexadecimal digits that change with every change of the field, column, condition,
// facet or order tables.
std::string SchemaVersion();

}  // namespace kyujin::schema

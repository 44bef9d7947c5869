#include "engine/schema/schema_version.h"

#include "engine/base/hash.h"
#include "engine/schema/column.h"
#include "engine/schema/condition.h"
#include "engine/schema/condition_pattern.h"
#include "engine/schema/facet.h"
#include "engine/schema/facet_value.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/posting_deriver.h"
#include "engine/schema/sort_order.h"

namespace kyujin::schema {
namespace {

void AddRow(StreamHash64* hash, std::string_view name, uint32_t number) {
  hash->Update(name);
  hash->Update(std::to_string(number));
  hash->Update("\n");
}

}  // namespace

std::string SchemaVersion() {
  StreamHash64 hash;
  AddRow(&hash, "derivation", kDerivationVersion);
  for (const FeedField& field : FeedFields()) {
    AddRow(&hash, field.tag, static_cast<uint32_t>(field.search_field));
  }
  for (const SearchFieldSpec& field : SearchFields()) {
    AddRow(&hash, field.name, static_cast<uint32_t>(field.term_prefix));
  }
  for (const ColumnSpec& column : Columns()) {
    AddRow(&hash, column.name, static_cast<uint32_t>(column.width));
  }
  for (const ConditionSpec& condition : Conditions()) {
    AddRow(&hash, condition.code, static_cast<uint32_t>(condition.id));
  }
  hash.Update(ConditionPatternsVersion());
  for (const FacetSpec& facet : Facets()) {
    const bool stored = facet.id != Facet::kCity && facet.id != Facet::kConditions;
    AddRow(&hash, facet.name, stored ? static_cast<uint32_t>(FacetValueCount(facet.id)) : 0);
  }
  for (const SortOrderSpec& order : SortOrders()) {
    AddRow(&hash, order.name, static_cast<uint32_t>(order.column));
  }
  return ToHex(hash.Digest());
}

}  // namespace kyujin::schema

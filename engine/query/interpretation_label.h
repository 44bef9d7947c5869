// Labels of interpreted values for people: 時給1,200円以上, 東京都渋谷区. Private to engine/query.
//
// Thread rule: **Immutable.**
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kyujin::query {

// Returns the Japanese label of `parameter` with `values`, which are valid ones.
std::string LabelOfValues(std::string_view parameter, const std::vector<std::string>& values);

}  // namespace kyujin::query

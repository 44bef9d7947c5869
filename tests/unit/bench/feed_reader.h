// Reads generated feed pages back, strictly, so that tests can look at every record.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::corpus {

using Record = std::map<std::string, std::string>;

// Returns the records of `page`; an empty list when it is not well-formed or not a feed page.
std::vector<Record> ReadPage(std::string_view page);

}  // namespace kyujin::corpus

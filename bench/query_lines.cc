#include "bench/query_lines.h"

#include <algorithm>
#include <string>

#include "engine/base/file.h"

namespace kyujin::bench {

Result<std::vector<mix::QueryLine>> ReadQueryLines(const std::filesystem::path& path) {
  constexpr uint64_t kMaxBytes = uint64_t{1} << 32;
  KYUJIN_ASSIGN_OR_RETURN(const std::string text, ReadFile(path, kMaxBytes));
  std::vector<mix::QueryLine> queries;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (auto query = mix::ParseQueryLine(std::string_view(text).substr(begin, end - begin))) {
      queries.push_back(*std::move(query));
    }
    begin = end + 1;
  }
  if (queries.empty()) {
    return InvalidArgument("no request targets in " + path.string());
  }
  return queries;
}

}  // namespace kyujin::bench

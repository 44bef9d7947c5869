#include "engine/suggest/suggestion.h"

namespace kyujin::suggest {

std::string_view NameOf(NameKind kind) {
  constexpr std::array<std::string_view, kNameKindCount> kNames = {
      "occupation", "place", "station", "licence", "employer"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace kyujin::suggest

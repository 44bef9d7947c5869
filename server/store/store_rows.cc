#include "server/store/store_rows.h"

#include <algorithm>

namespace kyujin::store {
namespace {

constexpr std::array<std::string_view, 3> kRoles = {"user", "service", "admin"};
constexpr std::array<std::string_view, 3> kNotifies = {"off", "instant", "daily"};

template <class Value>
std::optional<Value> ValueOf(const std::array<std::string_view, 3>& names, std::string_view name) {
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    return std::nullopt;
  }
  return static_cast<Value>(found - names.begin());
}

}  // namespace

std::string_view RoleName(Role role) {
  return kRoles.at(static_cast<size_t>(role));
}

std::optional<Role> RoleOf(std::string_view name) {
  return ValueOf<Role>(kRoles, name);
}

std::string_view NotifyName(Notify notify) {
  return kNotifies.at(static_cast<size_t>(notify));
}

std::optional<Notify> NotifyOf(std::string_view name) {
  return ValueOf<Notify>(kNotifies, name);
}

}  // namespace kyujin::store

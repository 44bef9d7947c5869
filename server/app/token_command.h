// `kyujin-server token`: makes, lists and revokes tokens. Works beside a running server, which sees
// every change at once.
//
// Thread rule: **Confined to one thread.**
#pragma once

#include <string>
#include <variant>

#include "server/app/server_config.h"
#include "server/store/store.h"

namespace kyujin::app {

struct TokenCommand {
  enum class Action { kCreate, kList, kRevoke };

  Action action = Action::kList;
  std::string store;  // as OpenStore takes it
  std::string user;
  store::Role role = store::Role::kUser;
  int64_t id = 0;
};

// Reads what follows `kyujin-server`; the first argument is `token`.
std::variant<TokenCommand, ExitStatus> ParseTokenCommand(int argc, const char* const* argv);

// Does it; a new token goes to stdout, alone, and is nowhere kept.
ExitStatus RunTokenCommand(const TokenCommand& command);

}  // namespace kyujin::app

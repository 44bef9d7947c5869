#include "server/app/token_command.h"

#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>

#include "engine/base/clock.h"
#include "engine/base/date.h"
#include "server/api/access.h"
#include "server/store/open_store.h"
#include "server/store/token_text.h"

namespace kyujin::app {
namespace {

constexpr ExitStatus kFailed = 1;
constexpr ExitStatus kWrongUsage = 2;

std::string CheckUser(const std::string& user) {
  return api::IsUserId(user) ? "" : "an id has 1 to 128 of the characters A-Z a-z 0-9 . _ : @ -";
}

Result<std::string> Create(store::Store* store, const TokenCommand& command) {
  KYUJIN_ASSIGN_OR_RETURN(std::string text, store::NewTokenText());
  KYUJIN_RETURN_IF_ERROR(store->AddToken(store::DigestOf(text), command.user, command.role));
  return text + "\n";
}

Result<std::string> List(store::Store* store) {
  KYUJIN_ASSIGN_OR_RETURN(const std::vector<store::Token> tokens, store->Tokens());
  std::string lines = "ID\tROLE\tUSER\tCREATED\tREVOKED\n";
  for (const store::Token& token : tokens) {
    lines += std::to_string(token.id) + "\t" + std::string(store::RoleName(token.role)) + "\t" +
             token.user + "\t" + FormatTimeInJapan(token.created) + "\t" +
             (token.revoked ? FormatTimeInJapan(*token.revoked) : "-") + "\n";
  }
  return lines;
}

Result<std::string> Run(const TokenCommand& command) {
  const SystemClock clock;
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> store,
                          store::OpenStore(command.store, clock));
  switch (command.action) {
    case TokenCommand::Action::kCreate:
      return Create(store.get(), command);
    case TokenCommand::Action::kList:
      return List(store.get());
    case TokenCommand::Action::kRevoke:
      break;
  }
  KYUJIN_RETURN_IF_ERROR(store->RevokeToken(command.id));
  return std::string();
}

}  // namespace

std::variant<TokenCommand, ExitStatus> ParseTokenCommand(int argc, const char* const* argv) {
  TokenCommand command;
  std::string index;
  std::string role = "user";
  CLI::App app{"Serves searches over an index of job postings.", "kyujin-server"};
  CLI::App* token = app.add_subcommand("token", "Makes, lists and revokes tokens");
  auto* store = token->add_option(
      "--store", command.store, "sqlite:PATH or postgresql://…, as the server has it");
  token->add_option("--index", index, "Index directory: the store beside it")->excludes(store);
  token->require_subcommand(1);
  CLI::App* create = token->add_subcommand("create", "Prints a new token, once");
  create->add_option("--user", command.user, "Whose it is")->required()->check(CheckUser);
  create->add_option("--role", role, "What it may do")
      ->check(CLI::IsMember({"user", "service", "admin"}))
      ->capture_default_str();
  create->fallthrough();
  CLI::App* list = token->add_subcommand("list", "Lists all tokens, without their text");
  list->fallthrough();
  CLI::App* revoke = token->add_subcommand("revoke", "Ends a token at once");
  revoke->fallthrough();
  revoke->add_option("ID", command.id, "Its id, as list shows it")->required();
  try {
    app.parse(argc, argv);
    if (command.store.empty() && index.empty()) {
      throw CLI::RequiredError("--store or --index");
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitStatus{0} : kWrongUsage;
  }
  command.role = *store::RoleOf(role);
  command.action = create->parsed() ? TokenCommand::Action::kCreate
                   : list->parsed() ? TokenCommand::Action::kList
                                    : TokenCommand::Action::kRevoke;
  if (command.store.empty()) {
    command.store = store::DefaultStore(index);
  }
  return command;
}

ExitStatus RunTokenCommand(const TokenCommand& command) {
  const Result<std::string> said = Run(command);
  if (!said.has_value()) {
    std::fprintf(stderr, "kyujin-server: %s\n", said.error().message.c_str());
    return said.error().code == ErrorCode::kInvalidArgument ? kWrongUsage : kFailed;
  }
  // A token that could not be written to its end is of no use to anybody.
  const bool is_written = std::fputs(said->c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  return is_written ? 0 : kFailed;
}

}  // namespace kyujin::app

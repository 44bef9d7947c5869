// The commands of kyujin-bench. Each adds itself to the command line and runs when it was named.
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

namespace kyujin::bench {

// Exit statuses shared by all commands of the project.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2;

// What to run after parsing; returns the exit status. Nothing until a command was named.
using Command = std::function<int()>;

// Each sets `chosen` when its subcommand is on the command line.
void AddCorpusCommand(CLI::App* app, Command* chosen);
void AddQueriesCommand(CLI::App* app, Command* chosen);
void AddLoadCommand(CLI::App* app, Command* chosen);
void AddEngineCommand(CLI::App* app, Command* chosen);
void AddMicroCommand(CLI::App* app, Command* chosen);
void AddExportCommand(CLI::App* app, Command* chosen);
void AddPassesCommand(CLI::App* app, Command* chosen);
void AddPercolateCommand(CLI::App* app, Command* chosen);
void AddSuggestCommand(CLI::App* app, Command* chosen);

}  // namespace kyujin::bench

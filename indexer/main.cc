// kyujin-index: wiring only. Exit status 0 done, 1 failed, 2 wrong usage.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "engine/base/allocator.h"
#include "engine/base/date.h"
#include "engine/base/result.h"
#include "indexer/feed_fetcher.h"
#include "indexer/memory_size.h"
#include "indexer/reading_commands.h"
#include "indexer/update_commands.h"

namespace kyujin::indexer {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
constexpr unsigned kMaxThreads = 256;

// Makes a check for CLI11 from one of our parsers, so that a bad value is wrong usage.
template <class Parse>
CLI::Validator Check(Parse parse, const std::string& form) {
  return {[parse](const std::string& text) {
            const auto value = parse(text);
            return value.has_value() ? std::string() : value.error().message;
          },
          form};
}

// Adds what all commands that write an index take.
void AddWriting(CLI::App* command, UpdateArguments* arguments, const std::string& index_help) {
  command->add_option("--index", arguments->index, index_help)->required()->type_name("DIR");
  command->add_option("--threads", arguments->threads, "Threads of analysis (default: all cores)")
      ->check(CLI::Range(1U, kMaxThreads))
      ->type_name("N");
  command->add_option("--memory", arguments->memory, "Memory to use, e.g. 4G")
      ->check(Check(&ParseMemorySize, "SIZE"))
      ->capture_default_str();
}

void AddAsOf(CLI::App* command, UpdateArguments* arguments, const std::string& help) {
  command->add_option("--as-of", arguments->as_of, help)->check(Check(&ParseTime, "TIME"));
}

void AddMaxRejects(CLI::App* command, UpdateArguments* arguments) {
  command
      ->add_option("--max-rejects",
                   arguments->max_rejects,
                   "Publish nothing when more than this percentage of records is rejected")
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("PERCENT")
      ->capture_default_str();
}

void AddFeed(CLI::App* command, UpdateArguments* arguments) {
  command
      ->add_option("--input",
                   arguments->inputs,
                   "Feed pages (.xml) or JSON Lines (.jsonl .ndjson .json), each also .gz or .zst; "
                   "files or folders")
      ->required()
      ->type_name("PATH");
  AddWriting(command, arguments, "Folder of the index; made if it is missing");
  AddAsOf(command, arguments, "Time of the feed, RFC 3339 (default: now)");
  AddMaxRejects(command, arguments);
}

void AddBuild(CLI::App* app, UpdateArguments* arguments) {
  CLI::App* const build =
      app->add_subcommand("build", "Build an index from feed files and publish it");
  AddFeed(build, arguments);
  build
      ->add_option(
          "--places", arguments->places, "CSV code,lat,lon with positions of municipalities")
      ->type_name("FILE");
}

void AddSync(CLI::App* app, UpdateArguments* arguments) {
  CLI::App* const sync = app->add_subcommand(
      "sync", "Bring an index to the state of a whole feed; only what changed is indexed");
  AddFeed(sync, arguments);
  sync->add_option("--max-removals",
                   arguments->max_removals,
                   "Publish nothing when more than this percentage of postings is gone")
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("PERCENT")
      ->capture_default_str();
}

void AddApply(CLI::App* app, UpdateArguments* arguments) {
  CLI::App* const apply =
      app->add_subcommand("apply", "Apply a file of changes, one JSON object a line");
  apply
      ->add_option("--changes",
                   arguments->changes,
                   R"({"op":"upsert","posting":{…}} or {"op":"delete","number":"…"} a line; - is )"
                   "standard input")
      ->required()
      ->type_name("FILE");
  AddWriting(apply, arguments, "Folder of the index");
  AddAsOf(apply, arguments, "Time of the changes, RFC 3339 (default: now)");
  AddMaxRejects(apply, arguments);
}

void AddMerge(CLI::App* app, UpdateArguments* arguments) {
  CLI::App* const merge =
      app->add_subcommand("merge", "Fold all segments into one and drop the dead");
  AddWriting(merge, arguments, "Folder of the index");
}

CLI::App* AddReading(CLI::App* app,
                     ReadingArguments* arguments,
                     const std::string& name,
                     const std::string& help) {
  CLI::App* const command = app->add_subcommand(name, help);
  command->add_option("--index", arguments->index, "Folder of the index")
      ->required()
      ->type_name("DIR");
  return command;
}

void AddFetch(CLI::App* app, ReadingArguments* arguments) {
  CLI::App* const fetch =
      app->add_subcommand("fetch", "Fetch a whole data set from the feed's API as pages");
  fetch->add_option("--base-url", arguments->base_url, "As in https://HOST/teikyo/api/2.0")
      ->required()
      ->type_name("URL");
  fetch
      ->add_option("--id-file",
                   arguments->id_file,
                   "File of two lines, id and pass; without it KYUJIN_FEED_ID and KYUJIN_FEED_PASS")
      ->type_name("FILE");
  fetch
      ->add_option("--data",
                   arguments->data,
                   "M100: the whole country; M101 to M147: one prefecture. Its pages are written "
                   "to a folder of this name")
      ->check(Check(&ParseDataName, "NAME"))
      ->capture_default_str();
  fetch->add_flag("--any-time",
                  arguments->any_time,
                  "Ask at all hours (default: wait while the feed is closed, 0:00 to 6:00 in Japan "
                  "and from 21:30 at the end of a month)");
  fetch->add_option("--output", arguments->output, "Folder in which that folder is")
      ->required()
      ->type_name("DIR");
}

struct Arguments {
  UpdateArguments of_feed;
  UpdateArguments of_changes;
  ReadingArguments reading;
};

struct Command {
  std::string_view name;
  Status (*run)(const Arguments& arguments);
};

constexpr std::array kCommands = {
    Command{"build", [](const Arguments& arguments) { return RunBuild(arguments.of_feed); }},
    Command{"sync", [](const Arguments& arguments) { return RunSync(arguments.of_feed); }},
    Command{"apply", [](const Arguments& arguments) { return RunApply(arguments.of_changes); }},
    Command{"merge", [](const Arguments& arguments) { return RunMerge(arguments.of_changes); }},
    Command{"verify", [](const Arguments& arguments) { return RunVerify(arguments.reading); }},
    Command{"stats", [](const Arguments& arguments) { return RunStats(arguments.reading); }},
    Command{"dump", [](const Arguments& arguments) { return RunDump(arguments.reading); }},
    Command{"fetch", [](const Arguments& arguments) { return RunFetch(arguments.reading); }},
};

Status Run(std::string_view name, const Arguments& arguments) {
  const auto* const command = std::find_if(
      kCommands.begin(), kCommands.end(), [&](const Command& row) { return row.name == name; });
  KYUJIN_CHECK(command != kCommands.end());
  return command->run(arguments);
}

int Main(int argc, char** argv) {
  CLI::App app("kyujin-index: makes the search index of kyujin");
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* /*app*/, const CLI::Error& error) {
    return fmt::format("kyujin-index: {}: run with --help to see the usage\n", error.what());
  });
  Arguments arguments;
  // A bad line of a change file takes only itself away.
  arguments.of_changes.max_rejects = 100.0;
  AddBuild(&app, &arguments.of_feed);
  AddSync(&app, &arguments.of_feed);
  AddApply(&app, &arguments.of_changes);
  AddMerge(&app, &arguments.of_changes);
  ReadingArguments& reading = arguments.reading;
  AddReading(&app, &reading, "verify", "Read an index again and check all of it against itself")
      ->add_flag("--all",
                 reading.derive_all,
                 "Derive and analyse every posting anew, not a thousand of each segment");
  AddReading(&app, &reading, "stats", "Count what an index holds")
      ->add_flag("--json", reading.as_json, "One JSON object instead of tables");
  AddReading(&app, &reading, "dump", "Write the postings of an index as JSON Lines");
  AddFetch(&app, &reading);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kWrongUsage;
  }
  const Status status = Run(app.get_subcommands().front()->get_name(), arguments);
  if (!status.has_value()) {
    std::cerr << "kyujin-index: " << status.error().message << '\n';
    return kFailed;
  }
  return kDone;
}

}  // namespace
}  // namespace kyujin::indexer

int main(int argc, char** argv) {
  try {
    kyujin::UseLargePages();
    return kyujin::indexer::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "kyujin-index: " << error.what() << '\n';
    return 1;
  }
}

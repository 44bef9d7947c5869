// kyujin-index: wiring only. Exit status 0 done, 1 failed, 2 wrong usage.
#include <fmt/format.h>

#include <exception>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

#include "engine/base/date.h"
#include "indexer/memory_size.h"
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

CLI::App* AddBuild(CLI::App* app, UpdateArguments* arguments) {
  CLI::App* const build =
      app->add_subcommand("build", "Build an index from feed files and publish it");
  AddFeed(build, arguments);
  build
      ->add_option(
          "--places", arguments->places, "CSV code,lat,lon with positions of municipalities")
      ->type_name("FILE");
  return build;
}

CLI::App* AddSync(CLI::App* app, UpdateArguments* arguments) {
  CLI::App* const sync = app->add_subcommand(
      "sync", "Bring an index to the state of a whole feed; only what changed is indexed");
  AddFeed(sync, arguments);
  sync->add_option("--max-removals",
                   arguments->max_removals,
                   "Publish nothing when more than this percentage of postings is gone")
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("PERCENT")
      ->capture_default_str();
  return sync;
}

CLI::App* AddApply(CLI::App* app, UpdateArguments* arguments) {
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
  return apply;
}

CLI::App* AddMerge(CLI::App* app, UpdateArguments* arguments) {
  CLI::App* const merge =
      app->add_subcommand("merge", "Fold all segments into one and drop the dead");
  AddWriting(merge, arguments, "Folder of the index");
  return merge;
}

int Main(int argc, char** argv) {
  CLI::App app("kyujin-index: makes the search index of kyujin");
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* /*app*/, const CLI::Error& error) {
    return fmt::format("kyujin-index: {}: run with --help to see the usage\n", error.what());
  });
  UpdateArguments of_feed;
  UpdateArguments of_changes;
  // A bad line of a change file takes only itself away.
  of_changes.max_rejects = 100.0;
  const CLI::App* const build = AddBuild(&app, &of_feed);
  const CLI::App* const sync = AddSync(&app, &of_feed);
  const CLI::App* const apply = AddApply(&app, &of_changes);
  AddMerge(&app, &of_changes);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kWrongUsage;
  }
  const Status status = build->parsed()   ? RunBuild(of_feed)
                        : sync->parsed()  ? RunSync(of_feed)
                        : apply->parsed() ? RunApply(of_changes)
                                          : RunMerge(of_changes);
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
    return kyujin::indexer::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "kyujin-index: " << error.what() << '\n';
    return 1;
  }
}

// Reading commands: verify, stats, dump and fetch as the command line asks for them. None of them
// writes to an index.
#pragma once

#include <string>

#include "engine/base/result.h"

namespace kyujin::indexer {

// The options as they were given; each command uses its own. Thread rule: Thread-compatible.
struct ReadingArguments {
  std::string index;        // verify, stats, dump
  bool derive_all = false;  // verify
  bool as_json = false;     // stats
  std::string base_url;     // fetch, like the rest
  std::string id_file;
  std::string data = "M100";
  std::string output;
  bool any_time = false;
};

// Each prints its result. Errors: those of the parts; wrong values of options are kInvalidArgument.
// Requires, for verify: no other thread has been started.
Status RunVerify(const ReadingArguments& arguments);
Status RunStats(const ReadingArguments& arguments);
Status RunDump(const ReadingArguments& arguments);
Status RunFetch(const ReadingArguments& arguments);

}  // namespace kyujin::indexer

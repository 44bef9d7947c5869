// Update commands: build, sync, apply and merge as the command line asks for them, from the strings
// of the options to the lines printed at the end. main.cc reads the options, the pipelines do the
// work.
#pragma once

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::indexer {

// The options as they were given; each command uses its own. Thread rule: Thread-compatible.
struct UpdateArguments {
  std::string index;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::string memory = "4G";
  std::string as_of;
  std::vector<std::string> inputs;  // build, sync
  std::string places;               // build
  std::string changes;              // apply; "-" is standard input
  double max_rejects = 5.0;
  double max_removals = 20.0;  // sync
};

// Each prints its report and what is live then. Errors: those of the pipelines; wrong values of
// options are kInvalidArgument.
Status RunBuild(const UpdateArguments& arguments);
Status RunSync(const UpdateArguments& arguments);
Status RunApply(const UpdateArguments& arguments);
Status RunMerge(const UpdateArguments& arguments);

}  // namespace kyujin::indexer

// RunParallel: the alerts::ParallelRunner of the program, which alone makes threads.
#pragma once

#include <cstddef>
#include <functional>

namespace kyujin::app {

// Runs task(0) … task(tasks − 1), each on a thread of its own, the first on the caller's, and
// returns when all have ended.
void RunParallel(size_t tasks, const std::function<void(size_t)>& task);

}  // namespace kyujin::app

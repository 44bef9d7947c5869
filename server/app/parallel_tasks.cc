#include "server/app/parallel_tasks.h"

#include <thread>
#include <vector>

namespace kyujin::app {

void RunParallel(size_t tasks, const std::function<void(size_t)>& task) {
  std::vector<std::thread> threads;
  for (size_t i = 1; i < tasks; ++i) {
    threads.emplace_back(task, i);
  }
  task(0);
  for (std::thread& thread : threads) {
    thread.join();
  }
}

}  // namespace kyujin::app

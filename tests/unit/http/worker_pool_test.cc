#include "server/http/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <mutex>
#include <set>
#include <vector>

namespace kyujin::http {
namespace {

// Keeps one worker of a pool busy until Release(). Outlives the pool, so that the worker can leave.
class BusyWorker {
 public:
  void Occupy(WorkerPool& pool) {
    ASSERT_TRUE(pool.TrySubmit(
        [this](size_t, TaskFate) {
          started_.count_down();
          release_.wait();
        },
        Deadline::Infinite()));
    started_.wait();
  }
  void Release() { release_.count_down(); }

 private:
  std::latch started_{1};
  std::latch release_{1};
};

TEST(WorkerPoolTest, RunsEveryTaskOnceWithAValidIndex) {
  constexpr int kTasks = 200;
  std::atomic<int> runs = 0;
  std::atomic<bool> is_valid = true;
  std::latch done(kTasks);
  WorkerPool pool({.threads = 3, .max_queued = kTasks});
  for (int i = 0; i < kTasks; ++i) {
    ASSERT_TRUE(pool.TrySubmit(
        [&](size_t worker_index, TaskFate fate) {
          ++runs;
          is_valid = is_valid && worker_index < 3 && fate == TaskFate::kRun;
          done.count_down();
        },
        Deadline::Infinite()));
  }
  done.wait();
  EXPECT_EQ(runs, kTasks);
  EXPECT_TRUE(is_valid);
}

TEST(WorkerPoolTest, WorkersRunAtOnceUnderDifferentIndexes) {
  std::latch all_inside(4);
  std::latch done(4);
  std::mutex mutex;
  std::set<size_t> indexes;
  WorkerPool pool({.threads = 4, .max_queued = 8});
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(pool.TrySubmit(
        [&](size_t worker_index, TaskFate) {
          {
            const std::lock_guard lock(mutex);
            indexes.insert(worker_index);
          }
          all_inside.arrive_and_wait();
          done.count_down();
        },
        Deadline::Infinite()));
  }
  done.wait();
  EXPECT_EQ(indexes.size(), 4U);
}

TEST(WorkerPoolTest, RefusesWhatDoesNotFit) {
  BusyWorker busy;
  std::latch both_ran(2);
  WorkerPool pool({.threads = 1, .max_queued = 2});
  busy.Occupy(pool);
  const auto task = [&](size_t, TaskFate) { both_ran.count_down(); };
  EXPECT_TRUE(pool.TrySubmit(task, Deadline::Infinite()));
  EXPECT_TRUE(pool.TrySubmit(task, Deadline::Infinite()));
  EXPECT_FALSE(pool.TrySubmit(task, Deadline::Infinite()));
  EXPECT_EQ(pool.queued(), 2U);
  busy.Release();
  both_ran.wait();
}

TEST(WorkerPoolTest, RefusesWhenTheOldestHasWaitedTooLong) {
  BusyWorker busy;
  WorkerPool pool({.threads = 1,
                   .max_queued = 100,
                   .wait_exempt = 1,
                   .max_wait = std::chrono::milliseconds(-1)});
  busy.Occupy(pool);
  const auto task = [](size_t, TaskFate) {};
  EXPECT_TRUE(pool.TrySubmit(task, Deadline::Infinite()));
  EXPECT_TRUE(pool.TrySubmit(task, Deadline::Infinite()));
  EXPECT_FALSE(pool.TrySubmit(task, Deadline::Infinite()));
  busy.Release();
}

TEST(WorkerPoolTest, TellsATaskThatItsTimeIsOver) {
  std::latch done(1);
  TaskFate fate = TaskFate::kRun;
  WorkerPool pool({.threads = 1, .max_queued = 4});
  ASSERT_TRUE(pool.TrySubmit(
      [&](size_t, TaskFate actual) {
        fate = actual;
        done.count_down();
      },
      Deadline::After(std::chrono::milliseconds(0))));
  done.wait();
  EXPECT_EQ(fate, TaskFate::kExpired);
}

TEST(WorkerPoolTest, StopEndsRunningAndAbandonsQueuedTasks) {
  std::vector<TaskFate> fates;
  BusyWorker busy;
  WorkerPool pool({.threads = 1, .max_queued = 4});
  busy.Occupy(pool);
  // Runs on the stopping thread, before the running task may end: Stop() cannot have dropped it.
  ASSERT_TRUE(pool.TrySubmit(
      [&](size_t, TaskFate fate) {
        fates.push_back(fate);
        busy.Release();
      },
      Deadline::Infinite()));
  pool.Stop();
  EXPECT_EQ(fates, std::vector{TaskFate::kStopped});
  EXPECT_FALSE(pool.TrySubmit([](size_t, TaskFate) {}, Deadline::Infinite()));
  pool.Stop();
}

}  // namespace
}  // namespace kyujin::http

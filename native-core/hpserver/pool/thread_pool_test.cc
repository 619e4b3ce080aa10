#include "hpserver/pool/thread_pool.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <latch>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/os/thread.h"

namespace hpserver {
namespace {

using namespace std::chrono_literals;

// Tasks that block their threads until the gate opens. Outlives the pool.
struct Gate {
  std::latch open{1};
  std::atomic<int> held{0};

  ThreadPool::Task hold() {
    return [this] {
      ++held;
      open.wait();
    };
  }
  void await_held(int count) const {
    while (held != count) ::usleep(500);
  }
};

TEST(ThreadPool, RunsEveryTask) {
  std::atomic<int> count{0};
  {
    ThreadPool pool{{.initial_threads = 3, .max_threads = 3, .max_queued_tasks = 500}};
    for (int task = 0; task < 500; ++task) EXPECT_TRUE(pool.try_submit([&] { ++count; }));
  }
  EXPECT_EQ(count, 500) << "its end runs what is queued, then joins";
}

// Uses up this user's threads: starts as many as the limit allows, as a user that has no other
// tasks.
class TaskLimit {
 public:
  TaskLimit() {
    const rlimit few{64, 64};
    ::setrlimit(RLIMIT_NPROC, &few);
    // Root has no limit.
    const auto user = kFirstUser + static_cast<uid_t>(::getpid());
    if (::getuid() == 0 && ::setresuid(user, user, user) == -1) ::_exit(1);
    while (auto thread = start_thread("filler", [this] { end_.wait(); })) {
      fillers_.push_back(std::move(*thread));
    }
  }
  void release() {
    end_.count_down();
    for (std::thread& filler : fillers_) filler.join();
    fillers_.clear();
  }

 private:
  static constexpr uid_t kFirstUser = 1'000'000;

  std::latch end_{1};
  std::vector<std::thread> fillers_;
};

bool blocks_signals() {
  sigset_t blocked;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  return ::sigismember(&blocked, SIGTERM) == 1;
}

void serve_with_what_there_is() {
  Gate gate;
  ThreadPool pool{{.initial_threads = 1, .max_threads = 8}};
  EXPECT_TRUE(pool.start().ok());
  TaskLimit limit;
  EXPECT_TRUE(pool.try_submit(gate.hold()));
  for (int task = 0; task < 20; ++task) EXPECT_TRUE(pool.try_submit(gate.hold()));
  gate.await_held(1);
  EXPECT_EQ(pool.statistics().thread_count, 1U);
  EXPECT_GE(pool.statistics().refused_thread_count, 1U);
  EXPECT_FALSE(blocks_signals());
  limit.release();
  while (pool.statistics().thread_count == 1) {
    EXPECT_TRUE(pool.try_submit(gate.hold()));
    ::usleep(10'000);
  }
  gate.open.count_down();
  pool.close();
}

void refuse_without_a_thread() {
  TaskLimit limit;
  ThreadPool pool{{.initial_threads = 4, .max_threads = 8}};
  const auto started = pool.start();
  EXPECT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, EAGAIN);
  EXPECT_FALSE(pool.try_submit([] { FAIL(); }));
  EXPECT_FALSE(blocks_signals());
  limit.release();
}

[[noreturn]] void end() {
  ::_exit(::testing::Test::HasFailure() ? 1 : 0);
}

// C7: at the system's limit of tasks, a pool stops growing and works with the threads it has.
TEST(ThreadPoolDeathTest, GrowsNoFurtherThanTheSystemLets) {
  EXPECT_EXIT(
      {
        serve_with_what_there_is();
        end();
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(ThreadPoolDeathTest, RefusesTasksWithoutAThread) {
  EXPECT_EXIT(
      {
        refuse_without_a_thread();
        end();
      },
      ::testing::ExitedWithCode(0), "");
}

// Checklist 58: with all threads busy and the queue full, a task is refused; never blocks.
TEST(ThreadPool, RefusesWhenExhausted) {
  Gate gate;
  ThreadPool pool{{.initial_threads = 2, .max_threads = 2, .max_queued_tasks = 1}};
  EXPECT_TRUE(pool.try_submit(gate.hold()));
  gate.await_held(1);
  EXPECT_TRUE(pool.try_submit(gate.hold()));
  gate.await_held(2);
  std::atomic<bool> ran{false};
  EXPECT_TRUE(pool.try_submit([&] { ran = true; }));
  EXPECT_FALSE(pool.try_submit([] { FAIL(); }));
  EXPECT_EQ(pool.statistics().refused_count, 1U);
  EXPECT_EQ(pool.statistics().queued_count, 1U);
  gate.open.count_down();
  while (!ran) ::usleep(500);
}

// Checklist 58: grows while no thread is free, to the cap and no further.
TEST(ThreadPool, GrowsToTheCap) {
  Gate gate;
  ThreadPool pool{{.initial_threads = 1, .max_threads = 3}};
  for (int task = 0; task < 3; ++task) EXPECT_TRUE(pool.try_submit(gate.hold()));
  gate.await_held(3);
  EXPECT_TRUE(pool.try_submit(gate.hold()));
  EXPECT_EQ(pool.statistics().thread_count, 3U);
  EXPECT_EQ(pool.statistics().peak_thread_count, 3U);
  gate.open.count_down();
}

// Checklist 58: a free thread is used before another is started.
TEST(ThreadPool, DoesNotGrowWithoutNeed) {
  ThreadPool pool{{.initial_threads = 1, .max_threads = 8}};
  for (int task = 0; task < 50; ++task) {
    EXPECT_TRUE(pool.try_submit([] {}));
    const auto at_rest = [](const ThreadPoolStatistics& now) {
      return now.queued_count == 0 && now.idle_count == now.thread_count;
    };
    while (!at_rest(pool.statistics())) ::usleep(500);
  }
  EXPECT_EQ(pool.statistics().peak_thread_count, 1U);
}

// Checklist 58: threads beyond the initial ones exit when idle, and are started again when needed.
TEST(ThreadPool, ShrinksWhenIdle) {
  std::array<Gate, 2> gates;
  ThreadPool pool{{.initial_threads = 1, .max_threads = 4, .idle_timeout = 1ms}};
  for (Gate& gate : gates) {
    for (int task = 0; task < 4; ++task) EXPECT_TRUE(pool.try_submit(gate.hold()));
    gate.await_held(4);
    gate.open.count_down();
    while (pool.statistics().thread_count > 1) ::usleep(500);
    std::atomic<bool> ran{false};
    EXPECT_TRUE(pool.try_submit([&] { ran = true; }));
    while (!ran) ::usleep(500);
  }
  EXPECT_EQ(pool.statistics().peak_thread_count, 4U);
}

TEST(ThreadPool, RefusesOnceClosed) {
  ThreadPool pool;
  pool.close();
  EXPECT_FALSE(pool.try_submit([] { FAIL(); }));
}

TEST(ThreadPool, StartsWithNoThreadIfToldSo) {
  ThreadPool pool{{.initial_threads = 0, .max_threads = 1}};
  EXPECT_EQ(pool.statistics().thread_count, 0U);
  std::latch done{1};
  EXPECT_TRUE(pool.try_submit([&] { done.count_down(); }));
  done.wait();
}

// What a task has captured is destroyed with it, not with the pool.
TEST(ThreadPool, HoldsNothingOfAFinishedTask) {
  ThreadPool pool;
  auto item = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = item;
  EXPECT_TRUE(pool.try_submit([item = std::move(item)] {}));
  while (!watch.expired()) ::usleep(500);
}

// Checklist 73: only the loop handles signals, so all are blocked in the pool's threads.
TEST(ThreadPool, BlocksSignalsAndNamesThreads) {
  ThreadPool pool{{.name = "a-very-long-name", .initial_threads = 1, .max_threads = 1}};
  std::array<char, 16> name{};
  int blocked = 0;
  std::latch done{1};
  EXPECT_TRUE(pool.try_submit([&] {
    sigset_t mask;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &mask);
    blocked = ::sigismember(&mask, SIGTERM) + ::sigismember(&mask, SIGHUP);
    ::pthread_getname_np(::pthread_self(), name.data(), name.size());
    done.count_down();
  }));
  done.wait();
  EXPECT_EQ(blocked, 2);
  EXPECT_STREQ(name.data(), "a-very-long-n-1");
  sigset_t mask;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  EXPECT_EQ(::sigismember(&mask, SIGQUIT), 0) << "the starter's own mask is as it was";
}

}  // namespace
}  // namespace hpserver

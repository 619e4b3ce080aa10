#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/base/result.h"

namespace hpserver {

struct ThreadPoolOptions {
  // What `top -H` shows, with a number after it; 15 characters in all.
  std::string name = "worker";
  // Started by `start`, and kept.
  std::size_t initial_threads = 1;
  // Grows up to this while tasks wait and nobody is free; equal to the initial ones: fixed.
  std::size_t max_threads = 1;
  // A thread above the initial ones ends after so long without a task.
  std::chrono::milliseconds idle_timeout{10'000};
  // Tasks that may wait; beyond it `try_submit` refuses.
  std::size_t max_queued_tasks = 1024;
};

struct ThreadPoolStatistics {
  std::size_t thread_count = 0;
  std::size_t idle_count = 0;  // of these, those without a task
  std::size_t peak_thread_count = 0;
  std::size_t queued_count = 0;
  std::size_t refused_count = 0;         // tasks
  std::size_t refused_thread_count = 0;  // by the system, as the pool grew
};

// Threads that run tasks, first come, first served. All signals are blocked in them: those belong
// to the loop. Its end runs what is queued, then joins. See: POSA2, Half-Sync/Half-Async.
class ThreadPool {
 public:
  using Task = std::function<void()>;

  // Without a thread; what isn't started beforehand is started as tasks come.
  explicit ThreadPool(ThreadPoolOptions options = {});
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // Starts the initial threads. Call it before the first task. Errors: those of start_thread; the
  // threads that there are by then stay.
  Result<void> start();

  // Any thread, never waits: queues `task`, which must not throw; false when the queue is full, the
  // pool is closed, or it has no thread and the system starts none.
  [[nodiscard]] bool try_submit(Task task);

  // Refuses further tasks; what is queued still runs. Any thread.
  void close();

  // Any thread.
  [[nodiscard]] ThreadPoolStatistics statistics() const;

  // For a task: which of the pool's threads it runs on, below `max_threads`. No two that run at the
  // same time have the same number, so that it can name what each thread has for itself.
  [[nodiscard]] static std::size_t thread_number() noexcept;

 private:
  void grow();
  Result<void> start_one();
  [[nodiscard]] std::size_t free_number() const;
  void run();
  [[nodiscard]] Task next_task();
  [[nodiscard]] bool has_surplus_thread() const noexcept;
  void join_ended();

  const ThreadPoolOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable not_empty_;
  std::deque<Task> tasks_;
  std::vector<std::thread> threads_;
  std::vector<std::thread::id> ended_;  // they have left by time-out and can be joined
  std::vector<bool> numbers_;           // which are taken
  std::size_t idle_count_ = 0;          // threads that wait for a task, or are about to
  std::size_t started_count_ = 0;
  std::chrono::steady_clock::time_point may_grow_at_{};
  ThreadPoolStatistics statistics_;
  bool closed_ = false;
};

}  // namespace hpserver

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
  // Shown by `top -H`, followed by a number; 15 characters in all.
  std::string name = "worker";
  // Started by `start`, and never stopped while idle.
  std::size_t initial_threads = 1;
  // Grows up to this while tasks wait and no thread is free; if equal to initial_threads, the pool
  // never grows.
  std::size_t max_threads = 1;
  // A thread beyond the initial ones exits after this long without a task.
  std::chrono::milliseconds idle_timeout{10'000};
  // Tasks that may wait; beyond that, `try_submit` refuses.
  std::size_t max_queued_tasks = 1024;
};

struct ThreadPoolStatistics {
  std::size_t thread_count = 0;
  std::size_t idle_count = 0;  // threads without a task
  std::size_t peak_thread_count = 0;
  std::size_t queued_count = 0;
  std::size_t refused_count = 0;         // refused tasks
  std::size_t refused_thread_count = 0;  // threads that the system refused to start
};

// Threads that run tasks in the order of submission. All signals are blocked in them, since only
// the loop handles signals. The destructor runs the queued tasks, then joins. See: POSA2,
// Half-Sync/Half-Async.
class ThreadPool {
 public:
  using Task = std::function<void()>;

  // Starts no thread. Unless `start` is called, threads are started as tasks come.
  explicit ThreadPool(ThreadPoolOptions options = {});
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // Starts the initial threads; call it before the first task. If it fails, the threads already
  // started keep running. Errors: those of start_thread.
  Result<void> start();

  // Queues `task`, which must not throw. False if the queue is full, the pool is closed, or it has
  // no thread and the system can't start one. Any thread; never waits.
  [[nodiscard]] bool try_submit(Task task);

  // Refuses further tasks; queued ones still run. Any thread.
  void close();

  // Any thread.
  [[nodiscard]] ThreadPoolStatistics statistics() const;

  // For a task: the number of the pool's thread that runs it, below `max_threads`. No two threads
  // running at the same time share a number, so it can index what each thread owns.
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
  std::vector<std::thread::id> ended_;  // timed-out threads, ready to join
  std::vector<bool> numbers_;           // which thread numbers are taken
  std::size_t idle_count_ = 0;          // threads that wait for a task, or are about to
  std::size_t started_count_ = 0;
  std::chrono::steady_clock::time_point may_grow_at_{};
  ThreadPoolStatistics statistics_;
  bool closed_ = false;
};

}  // namespace hpserver

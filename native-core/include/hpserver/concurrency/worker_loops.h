#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "hpserver/concurrency/loop.h"

namespace hpserver {

// A fixed set of threads, each of which runs one loop. For the main thread.
class WorkerLoops {
 public:
  // Creates `options.workers` loops; no thread runs yet. Errors: those of Loop::create.
  static Result<std::unique_ptr<WorkerLoops>> create(const ServerParts& parts,
                                                     const ServerOptions& options,
                                                     ConnectionBudget& budget);
  // Ends what still runs.
  ~WorkerLoops();

  [[nodiscard]] std::size_t count() const noexcept { return loops_.size(); }
  [[nodiscard]] Loop& operator[](std::size_t index) noexcept { return *loops_[index]; }
  // The loop with the fewest connections; loops take turns where they have the same.
  [[nodiscard]] Loop& least_loaded() noexcept;

  // Starts the threads. `on_all_ended` is called on the last of them. Errors: EAGAIN (threads).
  Result<void> start(std::function<void()> on_all_ended);
  // Has every loop drain; each thread ends when its own is done.
  void drain();
  // Has every loop end its connections at once, and its thread.
  void end();
  // Waits for the threads. Errors: the first one that a loop ended with.
  Result<void> join();

 private:
  WorkerLoops() = default;
  void run(std::size_t index);

  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<std::thread> threads_;
  std::function<void()> on_all_ended_;
  std::atomic<std::size_t> running_count_{0};
  std::size_t next_ = 0;
  std::mutex failure_mutex_;
  std::optional<Error> failure_;
};

}  // namespace hpserver

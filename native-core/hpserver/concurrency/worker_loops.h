#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "hpserver/concurrency/drain_guard.h"
#include "hpserver/concurrency/least_loaded.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/server_signals.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/event/watchdog.h"

namespace hpserver {

// A fixed set of threads, each running one loop, and the main thread's event loop, which handles
// the signals for all of them. For the main thread.
class WorkerLoops {
 public:
  // Blocks the server's signals and creates `options.workers` loops; no thread runs yet.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<WorkerLoops>> create(const ServerParts& parts,
                                                     const ServerOptions& options,
                                                     ConnectionBudget& budget);
  // Ends what is still running.
  ~WorkerLoops();

  [[nodiscard]] std::size_t count() const noexcept { return loops_.size(); }
  [[nodiscard]] Loop& operator[](std::size_t index) noexcept { return *loops_[index]; }
  // Returns the loop with the fewest connections that hasn't ended; equal loops take turns.
  [[nodiscard]] Loop& least_loaded() noexcept;

  // The I/O unit that the main thread waits with.
  [[nodiscard]] IoUnit& main() noexcept { return *main_; }

  // Starts the threads, and runs the main loop until all of them have ended. A signal to stop calls
  // `on_drain`; a second one closes every connection at once. Blocks.
  // Errors: EAGAIN (threads); the first error with which a loop ended.
  Result<void> run(std::function<void()> on_drain, const SignalHub& signals);
  // Any thread: drains every loop; each thread exits when its own is done.
  void drain();
  // Any thread: closes every connection and ends every loop.
  void end();

 private:
  WorkerLoops() = default;
  Result<void> start();
  void run_loop(std::size_t index);
  Result<void> join();

  std::optional<IoUnit> main_;
  bool handle_signals_ = true;
  BeforeDrain before_drain_;
  DrainGuard::Options guard_;
  std::function<void()> on_serving_;
  std::shared_ptr<Watchdog> watchdog_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<std::thread> threads_;
  std::atomic<std::size_t> running_count_{0};
  LeastLoaded chooser_;
  std::mutex failure_mutex_;
  std::optional<Error> failure_;
};

}  // namespace hpserver

#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/process/process_pool.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/connection/connection_budget.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/watch.h"

namespace hpserver {

// What one worker process of a server runs: a loop of its own, which serves the listening sockets
// that it was given and the connections that its parent hands over, until it is told to drain or
// the parent exits. Lives in the worker, on its only thread.
class WorkerProcess final : public EventHandler {
 public:
  // Creates the loop and its service, which don't exist in the parent. All arguments must outlive
  // it. Errors: those of Loop::create and EventLoop::watch.
  static Result<std::unique_ptr<WorkerProcess>> create(WorkerContext& worker,
                                                       const ServerParts& parts,
                                                       const ServerOptions& options);
  ~WorkerProcess() override;

  // Accepts from a socket that its replacement will inherit too. Errors: those of Loop::listen.
  Result<void> listen(Fd listen_fd) { return loop_->listen(std::move(listen_fd)); }

  // Serves until SIGTERM or SIGINT, which start a drain; a second one stops it at once. Blocks.
  // Errors: those of EventLoop::run.
  Result<void> run(const SignalHub& signals);

  // The parent has sent something.
  void on_ready(Ready ready) override;

 private:
  WorkerProcess(WorkerContext& worker, const ServerOptions& options);
  enum class Channel { empty, ended, budget_spent };
  Channel take_handed_over(std::size_t max_count);
  void begin_drain();
  void look_again();

  WorkerContext& worker_;
  ConnectionBudget budget_;
  std::unique_ptr<Loop> loop_;
  std::unique_ptr<Watch> channel_watch_;
  bool draining_ = false;
  std::chrono::milliseconds next_look_;
  Timer look_timer_;
};

}  // namespace hpserver

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "hpserver/concurrency/companion.h"
#include "hpserver/concurrency/process/process_pool.h"
#include "hpserver/concurrency/process/worker_process.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/transport/io_unit.h"

namespace hpserver {

// A server's worker processes, each of which runs one loop, and the parent's own event loop, which
// hears the signals for all of them. The parent's only thread.
class WorkerProcesses {
 public:
  // Runs in every worker, before it serves: closes what the parent alone needs, and gives the
  // worker its listening sockets.
  using Prepare = std::function<Result<void>(const WorkerContext&, WorkerProcess&)>;

  // Blocks the server's signals; no process runs yet.
  // Errors: those of `parts.make_io` and ProcessPool::create.
  static Result<std::unique_ptr<WorkerProcesses>> create(const ServerParts& parts,
                                                         const ServerOptions& options,
                                                         Prepare prepare);

  // What the parent waits with.
  [[nodiscard]] IoUnit& main() noexcept { return *main_; }
  [[nodiscard]] ProcessPool& pool() noexcept { return *pool_; }

  // Who hears that a worker is missing for a while, and that it is about to be started. Before
  // `run`.
  void on_absence(std::function<void(std::size_t)> missing, std::function<void(std::size_t)> start);

  // What is to be abandoned in every worker. Before `run`; outlives it.
  void abandon_in_workers(Companion& companion) noexcept { companion_ = &companion; }

  // Starts the workers, and runs the parent's loop until all of them have ended. A signal to end
  // calls `on_drain`; a second one ends every connection at once. Workers hear of signals as
  // `signals` says, which outlives them. Blocks. Errors: those of ProcessPool::start and
  // EventLoop::run.
  Result<void> run(std::function<void()> on_drain, const SignalHub& signals);
  // Has every worker drain; each ends when it is done.
  void drain();
  // Any thread: ends every connection and every worker.
  void end();

 private:
  WorkerProcesses(const ServerParts& parts, const ServerOptions& options, Prepare prepare)
      : parts_(parts), options_(options), prepare_(std::move(prepare)) {}
  [[nodiscard]] ProcessPoolOptions pool_options();
  [[nodiscard]] Result<void> count_peers();
  int serve(WorkerContext& worker);

  const ServerParts parts_;
  const ServerOptions options_;
  const Prepare prepare_;
  const SignalHub* signals_ = nullptr;  // while it runs
  Companion* companion_ = nullptr;
  std::function<void(std::size_t)> on_missing_;
  std::function<void(std::size_t)> on_start_;
  std::optional<IoUnit> main_;
  std::unique_ptr<ProcessPool> pool_;
};

}  // namespace hpserver

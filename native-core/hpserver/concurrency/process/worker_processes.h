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

// A server's worker processes, each running one loop, and the parent's event loop, which handles
// the signals for all of them. For the parent's only thread.
class WorkerProcesses {
 public:
  // Runs in every worker before it serves: closes what only the parent needs, and gives the worker
  // its listening sockets.
  using Prepare = std::function<Result<void>(const WorkerContext&, WorkerProcess&)>;

  // Blocks the server's signals; no process runs yet.
  // Errors: those of `parts.make_io` and ProcessPool::create.
  static Result<std::unique_ptr<WorkerProcesses>> create(const ServerParts& parts,
                                                         const ServerOptions& options,
                                                         Prepare prepare);

  // The I/O unit that the parent waits with.
  [[nodiscard]] IoUnit& main() noexcept { return *main_; }
  [[nodiscard]] ProcessPool& pool() noexcept { return *pool_; }

  // Called if a worker is missing for a while, and when it is about to be started. Call this before
  // `run`.
  void on_absence(std::function<void(std::size_t)> missing, std::function<void(std::size_t)> start);

  // Sets what to abandon in every worker. Call it before `run`; `companion` must outlive it.
  void abandon_in_workers(Companion& companion) noexcept { companion_ = &companion; }

  // Starts the workers, and runs the parent's loop until all of them have ended. A signal to stop
  // calls `on_drain`; a second one closes every connection at once. `signals`, which must outlive
  // them, says which signals workers get. Blocks. Errors: those of ProcessPool::start and
  // EventLoop::run.
  Result<void> run(std::function<void()> on_drain, const SignalHub& signals);
  // Drains every worker; each exits when it is done.
  void drain();
  // Any thread: closes every connection and ends every worker.
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

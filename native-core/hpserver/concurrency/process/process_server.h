#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "hpserver/concurrency/process/worker_processes.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// The common part of models with worker processes: the parent handles the signals for all of them,
// and ends when the last one has ended. The models differ only in who has which listening socket.
class ProcessServer : public Server {
 public:
  Result<void> run(const SignalHub& signals) override;
  Result<void> accompany(Companion& companion) final;
  void drain() final;
  void end() final;

  // The status of each worker. Any thread.
  [[nodiscard]] std::span<const WorkerStatus> statuses() const noexcept {
    return workers_->pool().statuses();
  }

 protected:
  explicit ProcessServer(const ServerOptions& options) : Server(options.listen_options) {}

  // Blocks the signals and creates the pool; no process runs yet. `prepare` runs in each worker.
  // Errors: those of WorkerProcesses::create.
  Result<void> open(const ServerParts& parts, const ServerOptions& options,
                    WorkerProcesses::Prepare prepare);

  // A drain begins: the parent gives up its listening sockets before the workers are told. On the
  // parent's loop; may be called more than once.
  virtual void close_listeners() = 0;

  [[nodiscard]] WorkerProcesses& workers() noexcept { return *workers_; }

 private:
  void begin_drain();

  std::unique_ptr<WorkerProcesses> workers_;
};

}  // namespace hpserver

#pragma once

#include <memory>
#include <vector>

#include "hpserver/concurrency/process/worker_processes.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"

namespace hpserver {

// The efficient half-sync/half-async with processes: the parent only accepts, and passes every
// connected socket over a UNIX socket (SCM_RIGHTS) to the process that has the fewest connections,
// where a loop of its own waits, reads, processes and writes. A process that dies is started anew;
// its connections alone are lost. See: POSA2, Half-Sync/Half-Async; unix(7).
class HalfSyncHalfAsyncProcesses final : public Server {
 public:
  // Blocks the signals it handles; the process has no other thread.
  // Errors: those of WorkerProcesses::create.
  static Result<std::unique_ptr<HalfSyncHalfAsyncProcesses>> create(const ServerParts& parts,
                                                                    const ServerOptions& options);
  ~HalfSyncHalfAsyncProcesses() override;

  Result<void> listen(const Address& address) override;
  [[nodiscard]] const std::vector<Address>& addresses() const override { return addresses_; }
  Result<void> run(std::function<void()> on_hangup) override;
  void drain() override;
  void end() override;

  // What is known of each worker.
  [[nodiscard]] std::span<const WorkerStatus> statuses() const noexcept {
    return workers_->pool().statuses();
  }

 private:
  explicit HalfSyncHalfAsyncProcesses(const ServerOptions& options)
      : listen_options_(options.listen_options) {}
  void begin_drain();

  ListenOptions listen_options_;
  std::unique_ptr<WorkerProcesses> workers_;
  std::vector<int> listen_fds_;                       // the listeners'
  std::vector<std::unique_ptr<Listener>> listeners_;  // of the parent's loop
  std::vector<Address> addresses_;
};

}  // namespace hpserver

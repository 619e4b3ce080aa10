#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "hpserver/concurrency/process/worker_processes.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Every process is a whole server: its own listening socket (SO_REUSEPORT; the kernel spreads the
// connections), its own loop. The parent makes the sockets and serves nobody: it starts a process
// anew when one dies, whose connections alone are lost. What waits in a dead one's backlog waits
// for its replacement. With blocking I/O this is the preforked server. See: UNP, 30.6; socket(7).
class ShardedProcesses final : public Server {
 public:
  // Blocks the signals it handles; the process has no other thread.
  // Errors: those of WorkerProcesses::create.
  static Result<std::unique_ptr<ShardedProcesses>> create(const ServerParts& parts,
                                                          const ServerOptions& options);
  ~ShardedProcesses() override;

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
  explicit ShardedProcesses(const ServerOptions& options)
      : listen_options_(options.listen_options), shards_(options.workers) {}
  Result<void> give_shard(const WorkerContext& context, WorkerProcess& worker);
  void begin_drain();

  ListenOptions listen_options_;
  std::vector<std::vector<Fd>> shards_;  // per shard, a socket of each address
  std::unique_ptr<WorkerProcesses> workers_;
  std::vector<Address> addresses_;
};

}  // namespace hpserver

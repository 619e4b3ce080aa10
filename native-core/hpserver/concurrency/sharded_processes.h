#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "hpserver/concurrency/process/process_server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/connection/transport.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Every process is a whole server: its own listening socket (SO_REUSEPORT; the kernel spreads the
// connections), its own loop. The parent opens the sockets and serves no clients. It restarts a
// process that dies; only that process's connections are lost. Clients in its backlog wait for the
// replacement; if the replacement is delayed, the parent accepts them and hands them to the others.
// With blocking I/O this is the preforked server. See: UNP, 30.6; socket(7).
class ShardedProcesses final : public ProcessServer {
 public:
  // Blocks the signals that it handles; the process must have no other thread.
  // Errors: those of WorkerProcesses::create.
  static Result<std::unique_ptr<ShardedProcesses>> create(const ServerParts& parts,
                                                          const ServerOptions& options);

 private:
  explicit ShardedProcesses(const ServerOptions& options)
      : ProcessServer(options),
        shards_(options.workers),
        stand_ins_(options.workers),
        stand_in_fds_(options.workers) {}
  [[nodiscard]] std::size_t acceptor_count() const override { return shards_.size(); }
  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) override;
  Result<void> give_shard(const WorkerContext& context, WorkerProcess& worker);
  void close_listeners() override;
  void stand_in(std::size_t index);
  void step_back(std::size_t index);

  std::vector<std::vector<Fd>> shards_;  // per shard, one socket for each address
  // The parent's listeners on the shards of missing workers.
  std::vector<std::vector<std::unique_ptr<Listener>>> stand_ins_;
  std::vector<std::vector<int>> stand_in_fds_;  // of `stand_ins_`; a worker closes them
};

}  // namespace hpserver

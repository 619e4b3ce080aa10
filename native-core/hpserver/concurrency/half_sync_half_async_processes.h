#pragma once

#include <memory>
#include <vector>

#include "hpserver/concurrency/process/process_server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// The efficient half-sync/half-async with processes: the parent only accepts, and passes every
// connected socket over a UNIX socket (SCM_RIGHTS) to the process with the fewest connections,
// whose own loop waits, reads, processes and writes. A process that dies is restarted; only its own
// connections are lost. See: POSA2, Half-Sync/Half-Async; unix(7).
class HalfSyncHalfAsyncProcesses final : public ProcessServer {
 public:
  // Blocks the signals that it handles; the process must have no other thread.
  // Errors: those of WorkerProcesses::create.
  static Result<std::unique_ptr<HalfSyncHalfAsyncProcesses>> create(const ServerParts& parts,
                                                                    const ServerOptions& options);

  Result<void> run(const SignalHub& signals) override;

 private:
  using ProcessServer::ProcessServer;

  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) override;
  void close_listeners() override;

  std::vector<int> listen_fds_;                       // the listeners'
  std::vector<std::unique_ptr<Listener>> listeners_;  // on the parent's loop
};

}  // namespace hpserver

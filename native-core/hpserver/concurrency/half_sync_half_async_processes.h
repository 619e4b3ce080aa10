#pragma once

#include <memory>
#include <vector>

#include "hpserver/concurrency/process/process_server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// The efficient half-sync/half-async with processes: the parent only accepts, and passes every
// connected socket over a UNIX socket (SCM_RIGHTS) to the process that has the fewest connections,
// where a loop of its own waits, reads, processes and writes. A process that dies is started anew;
// its connections alone are lost. See: POSA2, Half-Sync/Half-Async; unix(7).
class HalfSyncHalfAsyncProcesses final : public ProcessServer {
 public:
  // Blocks the signals it handles; the process has no other thread.
  // Errors: those of WorkerProcesses::create.
  static Result<std::unique_ptr<HalfSyncHalfAsyncProcesses>> create(const ServerParts& parts,
                                                                    const ServerOptions& options);

  Result<void> run(const SignalHub& signals) override;

 private:
  using ProcessServer::ProcessServer;

  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) override;
  void close_listeners() override;

  std::vector<int> listen_fds_;                       // the listeners'
  std::vector<std::unique_ptr<Listener>> listeners_;  // of the parent's loop
};

}  // namespace hpserver

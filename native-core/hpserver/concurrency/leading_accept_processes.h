#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "hpserver/concurrency/process/process_server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/os/fd.h"
#include "hpserver/transport/accept_turns.h"

namespace hpserver {

// Preforked processes that share one listening socket and take turns at accept(2): the leader
// sleeps in it; when a client has come, it makes another process the leader and serves its client
// to the end. The lock that represents the leadership survives if its owner dies. The parent serves
// no clients: it restarts a process that dies. See: UNP, 30.8; pthread_mutexattr_setrobust(3).
class LeadingAcceptProcesses final : public ProcessServer {
 public:
  // Creates its own I/O units, since they contain the leadership; `parts.make_io` isn't used.
  // Blocks the signals that it handles; the process must have no other thread.
  // Errors: those of WorkerProcesses::create; ENOMEM (the shared lock).
  static Result<std::unique_ptr<LeadingAcceptProcesses>> create(const ServerParts& parts,
                                                                const ServerOptions& options);

 private:
  LeadingAcceptProcesses(const ServerOptions& options, std::unique_ptr<AcceptTurns> turns)
      : ProcessServer(options), turns_(std::move(turns)) {}
  Result<void> give_sockets(WorkerProcess& worker);
  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) override;
  void close_listeners() override;

  std::unique_ptr<AcceptTurns> turns_;
  std::vector<Fd> listen_fds_;
};

}  // namespace hpserver

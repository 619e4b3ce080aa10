#pragma once

#include <cstddef>
#include <memory>

#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/concurrency/worker_loops.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/os/fd.h"
#include "hpserver/transport/accept_turns.h"

namespace hpserver {

// The common part of models whose threads accept from the same listening sockets and then serve
// their own clients.
class AcceptingThreads : public Server {
 public:
  Result<void> run(const SignalHub& signals) final;
  Result<void> accompany(Companion& companion) final;
  void drain() final { workers_->drain(); }
  void end() final { workers_->end(); }

 protected:
  // `turns` decides who may accept; null if all may at once.
  AcceptingThreads(const ServerOptions& options, std::unique_ptr<AcceptTurns> turns)
      : Server(options.listen_options),
        budget_(options.limits.max_connections),
        turns_(std::move(turns)) {}

  [[nodiscard]] AcceptTurns* turns() noexcept { return turns_.get(); }
  // Creates the threads' loops. Errors: those of WorkerLoops::create.
  Result<void> open(const ServerParts& parts, const ServerOptions& options);

 private:
  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) final;

  ConnectionBudget budget_;
  std::unique_ptr<AcceptTurns> turns_;
  std::unique_ptr<WorkerLoops> workers_;
};

}  // namespace hpserver

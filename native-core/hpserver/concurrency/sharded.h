#pragma once

#include <cstddef>
#include <memory>

#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/concurrency/worker_loops.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// Every thread is a whole server: its own listening socket (SO_REUSEPORT; the kernel spreads the
// connections), its own loop. Nothing is shared or dispatched. The kernel spreads by a hash of the
// client's address and port, so only many connections are spread evenly. See: socket(7).
class Sharded final : public Server {
 public:
  // Blocks the signals that it handles, so call it before starting any thread.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<Sharded>> create(const ServerParts& parts,
                                                 const ServerOptions& options);
  ~Sharded() override;

  Result<void> run(const SignalHub& signals) override;
  Result<void> accompany(Companion& companion) override;
  void drain() override;
  void end() override;

 private:
  explicit Sharded(const ServerOptions& options)
      : Server(options.listen_options), budget_(options.limits.max_connections) {}

  [[nodiscard]] std::size_t acceptor_count() const override { return workers_->count(); }
  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) override;

  ConnectionBudget budget_;
  std::unique_ptr<WorkerLoops> workers_;
};

}  // namespace hpserver

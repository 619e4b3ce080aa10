#pragma once

#include <memory>

#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/concurrency/worker_loops.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// The notes' efficient half-sync/half-async: the calling thread only accepts, and dispatches every
// connected socket through a pipe to one of `workers` threads. Each of them is a loop of its own
// that waits, reads, processes and writes, without a lock or a shared queue. A single worker
// accepts by itself.
// See: POSA2, Half-Sync/Half-Async.
class HalfSyncHalfAsync final : public Server {
 public:
  // Blocks the signals that it handles, so call it before starting any thread.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<HalfSyncHalfAsync>> create(const ServerParts& parts,
                                                           const ServerOptions& options);
  ~HalfSyncHalfAsync() override;

  Result<void> run(const SignalHub& signals) override;
  Result<void> accompany(Companion& companion) override;
  void drain() override;
  void end() override;

 private:
  explicit HalfSyncHalfAsync(const ServerOptions& options)
      : Server(options.listen_options), budget_(options.limits.max_connections) {}
  [[nodiscard]] bool accepts_itself() const noexcept;
  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) override;
  void begin_drain();

  ConnectionBudget budget_;
  std::unique_ptr<WorkerLoops> workers_;
  std::vector<std::unique_ptr<Listener>> listeners_;  // on the main thread's loop
};

}  // namespace hpserver

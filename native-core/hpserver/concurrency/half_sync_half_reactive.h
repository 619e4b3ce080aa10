#pragma once

#include <memory>

#include "hpserver/concurrency/one_loop_server.h"
#include "hpserver/concurrency/thread_crew.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// One loop and a pool of threads, with a bounded request queue between them. The event pattern
// depends on the steps that the loop does itself (ServerOptions::loop_duties). If it does none, it
// is a Reactor; if it reads and writes, a simulated Proactor, or a real one if the kernel does
// that. Two drawbacks: every request takes the queue's lock, and a worker serves one connection at
// a time. See: POSA2, Half-Sync/Half-Async (variant half-sync/half-reactive).
class HalfSyncHalfReactive final : public OneLoopServer {
 public:
  // Blocks the signals that it handles, so call it before starting any thread.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<HalfSyncHalfReactive>> create(const ServerParts& parts,
                                                              const ServerOptions& options);

  // Errors: those of Server::run, and those of ThreadPool::start.
  Result<void> run(const SignalHub& signals) override;

 private:
  using OneLoopServer::OneLoopServer;
  void on_drain() override { crew_->drain(); }

  std::unique_ptr<ThreadCrew> crew_;
};

}  // namespace hpserver

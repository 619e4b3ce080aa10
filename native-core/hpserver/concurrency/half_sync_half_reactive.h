#pragma once

#include <memory>

#include "hpserver/concurrency/one_loop_server.h"
#include "hpserver/concurrency/thread_crew.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// One loop and a pool of threads, with a bounded request queue between them. Which steps the loop
// does itself makes the event pattern (ServerOptions::loop_duties): none of them, a Reactor;
// reading and writing, a simulated Proactor, or a Proactor where the kernel does them. Its two
// drawbacks: the queue's lock is taken for every request, and a worker serves one connection at a
// time. See: POSA2, Half-Sync/Half-Async (variant half-sync/half-reactive).
class HalfSyncHalfReactive final : public OneLoopServer {
 public:
  // Blocks the signals it handles, so call it before any thread is started.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<HalfSyncHalfReactive>> create(const ServerParts& parts,
                                                              const ServerOptions& options);

  // Errors: also those of ThreadPool::start.
  Result<void> run(const SignalHub& signals) override;

 private:
  using OneLoopServer::OneLoopServer;
  void on_drain() override { crew_->drain(); }

  std::unique_ptr<ThreadCrew> crew_;
};

}  // namespace hpserver

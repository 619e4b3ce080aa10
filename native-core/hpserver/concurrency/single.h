#pragma once

#include <memory>

#include "hpserver/concurrency/one_loop_server.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// One loop on the calling thread does all five steps for every connection. The simplest model, and
// the fastest on one core; a handler that computes for long holds everyone up.
class Single final : public OneLoopServer {
 public:
  // Blocks the signals that it handles, so call it before starting any thread.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<Single>> create(const ServerParts& parts,
                                                const ServerOptions& options);

  Result<void> run(const SignalHub& signals) override;

 private:
  using OneLoopServer::OneLoopServer;
};

}  // namespace hpserver

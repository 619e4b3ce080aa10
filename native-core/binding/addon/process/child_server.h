#pragma once

#include <cerrno>
#include <functional>
#include <memory>
#include <vector>

#include "addon/process/inheritance.h"
#include "addon/process/intake.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/connection/connection_budget.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver::binding {

// The native server of a child process: one loop on the calling thread, which accepts from its
// parent's sockets, or takes the connections that the parent passes. It never handles signals.
class ChildServer final : public Server {
 public:
  // Sets what the next server to be created inherits: the process has only one parent.
  static void inherit(Inheritance inheritance);

  // Errors: those of Loop::create, Loop::listen and Intake::create; EINVAL without `inherit`.
  static Result<std::unique_ptr<ChildServer>> create(const ServerParts& parts,
                                                     const ServerOptions& options);

  Result<void> run(const SignalHub& signals) override;
  // The parent runs it instead.
  Result<void> accompany(Companion&) override { return Error{ENOTSUP, "accompany"}; }
  void drain() override;
  void end() override;

 private:
  ChildServer(Inheritance inheritance, const ServerOptions& options)
      : Server(options.listen_options), inheritance_(std::move(inheritance)) {}
  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) override;
  Result<void> open(const ServerParts& parts, const ServerOptions& options);
  void begin_drain();

  Inheritance inheritance_;
  std::unique_ptr<ConnectionBudget> budget_;
  std::unique_ptr<Loop> loop_;
  std::unique_ptr<Intake> intake_;
};

}  // namespace hpserver::binding

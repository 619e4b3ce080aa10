#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "hpserver/concurrency/drain_guard.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/concurrency/server_signals.h"

namespace hpserver {

// What the models with one loop have in common: it listens, hears the signals and drains, whoever
// does the other steps.
class OneLoopServer : public Server {
 public:
  Result<void> listen(const Address& address) final;
  [[nodiscard]] const std::vector<Address>& addresses() const final { return addresses_; }
  void drain() final;
  void end() final;

 protected:
  explicit OneLoopServer(const ServerOptions& options)
      : listen_options_(options.listen_options),
        handle_signals_(options.handle_signals),
        budget_(options.limits.max_connections),
        guard_(guard_of(options, budget_)) {}

  // Blocks the signals and makes the loop. Errors: those of Loop::create.
  Result<void> open(const ServerParts& parts, const ServerOptions& options, Duties duties = {});
  // Runs the loop on the calling thread until it has stopped.
  Result<void> run_loop(std::function<void()> on_hangup);
  // Has the loop hear the signals; null where they are the program's own business.
  Result<std::unique_ptr<ServerSignals>> hear_signals(std::function<void()> on_hangup);

  // A drain begins, and the last connection has ended. On the loop's thread.
  virtual void on_drain() {}
  virtual void on_drained() { loop().event_loop().stop(); }

  [[nodiscard]] Loop& loop() noexcept { return *loop_; }

 private:
  void begin_drain();

  ListenOptions listen_options_;
  bool handle_signals_;
  ConnectionBudget budget_;
  DrainGuard::Options guard_;
  std::unique_ptr<Loop> loop_;
  std::vector<Address> addresses_;
};

}  // namespace hpserver

#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "hpserver/concurrency/drain_guard.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/concurrency/server_signals.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/event/watchdog.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// The common part of models with one loop: it listens, handles signals and drains, no matter which
// executor does the other steps.
class OneLoopServer : public Server {
 public:
  Result<void> accompany(Companion& companion) override;
  void drain() final;
  void end() final;

 protected:
  explicit OneLoopServer(const ServerOptions& options)
      : Server(options.listen_options),
        handle_signals_(options.handle_signals),
        before_drain_(before_drain_of(options)),
        budget_(options.limits.max_connections),
        guard_(guard_of(options, budget_)),
        on_serving_(options.on_serving),
        watchdog_(options.watchdog) {}

  // Blocks the signals and creates the loop. Errors: those of Loop::create.
  Result<void> open(const ServerParts& parts, const ServerOptions& options, Duties duties = {});
  // Runs the loop on the calling thread until it has stopped.
  Result<void> run_loop(const SignalHub& signals);
  // Reports that the executors are running.
  void tell_serving() const;
  // The watchdog watches the loop while the result exists.
  [[nodiscard]] WatchedLoop watch_loop();
  // Makes the loop handle the signals; null if the program handles them itself.
  Result<std::unique_ptr<ServerSignals>> hear_signals(const SignalHub& signals);

  // Called on the loop's thread when a drain begins, and when the last connection has closed.
  virtual void on_drain() {}
  virtual void on_drained() { loop().event_loop().stop(); }

  [[nodiscard]] Loop& loop() noexcept { return *loop_; }

 private:
  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) final;
  void begin_drain();

  bool handle_signals_;
  BeforeDrain before_drain_;
  ConnectionBudget budget_;
  DrainGuard::Options guard_;
  std::function<void()> on_serving_;
  std::shared_ptr<Watchdog> watchdog_;
  std::unique_ptr<Loop> loop_;
};

}  // namespace hpserver

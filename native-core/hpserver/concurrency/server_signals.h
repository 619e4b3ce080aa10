#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "hpserver/concurrency/drain_guard.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/event/timer.h"

namespace hpserver {

// What happens between the signal to stop and the drain.
struct BeforeDrain {
  std::function<void()> on_told = {};  // at once
  std::chrono::milliseconds delay{0};
};

[[nodiscard]] BeforeDrain before_drain_of(const ServerOptions& options);

// A server's signals as events of its main loop: SIGTERM and SIGINT start a drain, perhaps after a
// delay, and a second one stops the server. Listeners are told of each signal first. For the loop's
// thread.
class ServerSignals final : public EventHandler {
 public:
  struct Callbacks {
    std::function<void()> on_drain;
    std::function<void()> on_end;
    BeforeDrain before_drain = {};
    // Passes a signal on to the worker processes, if there are any.
    std::function<void(int)> relay = {};
  };

  // Ignores SIGPIPE. Unless the program handles signals itself, also makes SIGUSR1, SIGUSR2 and
  // SIGALRM harmless, and blocks SIGTERM, SIGINT and SIGHUP in this thread and those that it starts
  // later, so call it before starting the first thread. Errors: those of block_signals.
  static Result<void> block(bool handle_signals = true);

  // `hub` must outlive the result. Errors: those of SignalSource::create and EventLoop::watch.
  static Result<std::unique_ptr<ServerSignals>> create(EventLoop& loop, const SignalHub& hub,
                                                       Callbacks callbacks);
  // Does the same with a DrainGuard, for a process that runs handlers itself and that nothing else
  // would end if a handler doesn't return. Errors: those of SignalSource::create and
  // DrainGuard::create.
  static Result<std::unique_ptr<ServerSignals>> create_guarded(EventLoop& loop,
                                                               const SignalHub& hub,
                                                               Callbacks callbacks,
                                                               DrainGuard::Options guard);
  ~ServerSignals() override;

  void on_ready(Ready ready) override;

 private:
  ServerSignals(EventLoop& loop, const SignalHub& hub, Callbacks callbacks);
  void on_signal(const Signal& signal);
  void begin_drain();

  EventLoop& loop_;
  const SignalHub& hub_;
  std::optional<SignalSource> source_;  // as an event of the loop, if there is no guard
  Callbacks callbacks_;
  Token token_;
  Timer drain_timer_;
  bool told_ = false;
  bool draining_ = false;
  std::unique_ptr<DrainGuard> guard_;
};

}  // namespace hpserver

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

// What lies between the signal to end and the drain.
struct BeforeDrain {
  std::function<void()> on_told = {};  // at once
  std::chrono::milliseconds delay{0};
};

[[nodiscard]] BeforeDrain before_drain_of(const ServerOptions& options);

// The signals of a server as events of its main loop: SIGTERM and SIGINT ask for a drain, which may
// begin some time later, and a second one for the end. Whoever listens hears of each before that.
// For the loop's thread.
class ServerSignals final : public EventHandler {
 public:
  struct Callbacks {
    std::function<void()> on_drain;
    std::function<void()> on_end;
    BeforeDrain before_drain = {};
    // Sends a signal on to the worker processes, where there are any.
    std::function<void(int)> relay = {};
  };

  // Ignores SIGPIPE, SIGUSR1, SIGUSR2 and SIGALRM, and blocks these (unless they are the program's
  // own business) in this thread and those it starts later: call it before the first thread.
  // Errors: those of block_signals.
  static Result<void> block(bool handle_signals = true);

  // `hub` outlives them. Errors: those of SignalSource::create and EventLoop::watch.
  static Result<std::unique_ptr<ServerSignals>> create(EventLoop& loop, const SignalHub& hub,
                                                       Callbacks callbacks);
  // The same where handlers run in this process, and nobody else would end it if one doesn't
  // return. Errors: those of SignalSource::create and DrainGuard::create.
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
  std::optional<SignalSource> source_;  // as an event of the loop, if nobody guards it
  Callbacks callbacks_;
  Token token_;
  Timer drain_timer_;
  bool told_ = false;
  bool draining_ = false;
  std::unique_ptr<DrainGuard> guard_;
};

}  // namespace hpserver

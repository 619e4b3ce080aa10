#pragma once

#include <functional>
#include <memory>

#include "hpserver/event/event_loop.h"
#include "hpserver/event/signal_source.h"

namespace hpserver {

// The signals of a server as events of its main loop: SIGTERM and SIGINT ask for a drain, and a
// second one for the end; SIGHUP is the program's own. For the loop's thread.
class ServerSignals final : public EventHandler {
 public:
  struct Callbacks {
    std::function<void()> on_drain;
    std::function<void()> on_end;
    std::function<void()> on_hangup;
  };

  // Ignores SIGPIPE, and blocks these (unless they are the program's own business) in this thread
  // and those it starts later: call it before the first thread. Errors: those of block_signals.
  static Result<void> block(bool handle_signals = true);

  // Errors: those of SignalSource::create and EventLoop::watch.
  static Result<std::unique_ptr<ServerSignals>> create(EventLoop& loop, Callbacks callbacks);
  ~ServerSignals() override;

  void on_ready(Ready ready) override;

 private:
  ServerSignals(EventLoop& loop, SignalSource source, Callbacks callbacks);
  void on_signal(int number);

  EventLoop& loop_;
  SignalSource source_;
  Callbacks callbacks_;
  Token token_;
  bool draining_ = false;
};

}  // namespace hpserver

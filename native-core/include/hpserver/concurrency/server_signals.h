#pragma once

#include <functional>
#include <memory>

#include "hpserver/event/reactor.h"
#include "hpserver/event/signal_source.h"

namespace hpserver {

// The signals of a server as events of its main loop: SIGTERM and SIGINT ask for a drain, and a
// second one for the end; SIGHUP is the program's own. For the reactor's thread.
class ServerSignals final : public EventHandler {
 public:
  struct Callbacks {
    std::function<void()> on_drain;
    std::function<void()> on_end;
    std::function<void()> on_hangup;
  };

  // Blocks them in this thread and those it starts later, and ignores SIGPIPE: call it before the
  // first thread. Errors: those of block_signals.
  static Result<void> block();

  // Errors: those of SignalSource::create and Reactor::watch.
  static Result<std::unique_ptr<ServerSignals>> create(Reactor& reactor, Callbacks callbacks);
  ~ServerSignals() override;

  void on_ready(Ready ready) override;

 private:
  ServerSignals(Reactor& reactor, SignalSource source, Callbacks callbacks);
  void on_signal(int number);

  Reactor& reactor_;
  SignalSource source_;
  Callbacks callbacks_;
  Token token_;
  bool draining_ = false;
};

}  // namespace hpserver

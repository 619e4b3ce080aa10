#pragma once

#include <functional>
#include <memory>

#include "hpserver/event/reactor.h"
#include "hpserver/event/timer.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Accepts connections from one listening socket and hands them on. When the process is out of
// descriptors it sheds with a spare one and backs off, so that neither the loop spins nor the
// client hangs. For the reactor's thread. See: POSA2, Acceptor; accept(2), ERRORS.
class Acceptor final : public EventHandler {
 public:
  // Takes over a connected socket, non-blocking and close-on-exec.
  using OnAccept = std::function<void(Fd conn_fd)>;

  // Errors: those of Reactor::watch; EMFILE, ENFILE (the spare descriptor).
  static Result<std::unique_ptr<Acceptor>> create(Reactor& reactor, Fd listen_fd, Trigger trigger,
                                                  OnAccept on_accept);
  ~Acceptor() override;

  void on_ready(Ready ready) override;

  // Accepts what the backlog holds, then closes the listening socket: closing first would reset
  // clients that believe they are connected. A UNIX socket's file is removed.
  void close();

 private:
  Acceptor(Reactor& reactor, Fd listen_fd, Fd spare_fd, Trigger trigger, OnAccept on_accept);
  enum class Turn { drained, budget_spent, exhausted };
  Turn accept_some(int max_count);
  void shed_one();
  void back_off();
  void resume();
  void remove_unix_path() const;

  Reactor& reactor_;
  Fd listen_fd_;
  Fd spare_fd_;  // /dev/null, given up to be able to accept and close one more
  Trigger trigger_;
  OnAccept on_accept_;
  Token token_;
  Timer back_off_timer_;
};

}  // namespace hpserver

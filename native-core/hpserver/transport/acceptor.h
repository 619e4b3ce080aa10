#pragma once

#include <memory>

#include "hpserver/connection/transport.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/os/fd.h"
#include "hpserver/transport/accept_relief.h"

namespace hpserver {

// Accepts connections from one listening socket when it is ready, and hands them on, non-blocking.
// If the process is out of descriptors, uses a spare one to shed a connection, and backs off, so
// the loop doesn't spin and the client doesn't hang. For the loop's thread. See: POSA2, Acceptor;
// accept(2), ERRORS.
class Acceptor final : public EventHandler, public Listener {
 public:
  // Errors: those of EventLoop::watch; EMFILE, ENFILE (the spare descriptor).
  static Result<std::unique_ptr<Acceptor>> create(EventLoop& loop, Fd listen_fd, Trigger trigger,
                                                  OnAccept on_accept);
  ~Acceptor() override;

  void on_ready(Ready ready) override;
  void close(Listening after) override;

 private:
  Acceptor(EventLoop& loop, Fd listen_fd, SpareDescriptor spare, Trigger trigger,
           OnAccept on_accept);
  enum class Turn { drained, budget_spent, exhausted };
  Turn accept_some(int max_count);
  [[nodiscard]] int wanted_count() const noexcept;
  void expect_after(Turn turn);
  void want(Interest interest);

  EventLoop& loop_;
  Fd listen_fd_;
  AcceptRelief relief_;
  Trigger trigger_;
  OnAccept on_accept_;
  Token token_;
  // `level`: how many connections a turn is likely to find, and how many turns have found that
  // many.
  int expected_count_ = 1;
  int spent_turns_ = 0;
  int accepted_count_ = 0;  // in this turn
};

}  // namespace hpserver

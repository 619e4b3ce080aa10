#pragma once

#include <chrono>
#include <functional>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/watch.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Opens connections without blocking, one at a time: EINPROGRESS now, writable later, and then
// SO_ERROR tells how it went. For the loop's thread; the loop outlives it. See: connect(2).
class Connector final : private EventHandler, private TimerHandler {
 public:
  // A connected, non-blocking socket (over TCP without delay, and kept alive), or ETIMEDOUT, or why
  // the peer can't be reached. Called by the loop; may start the connector again, or end it.
  using Connected = std::function<void(Result<Fd>)>;

  explicit Connector(EventLoop& loop) : loop_(loop), watch_(loop, *this) {}

  // Begins; what was begun before is given up. Errors: those of start_connect and
  // EventLoop::watch: then nothing is called.
  Result<void> start(const Address& address, std::chrono::milliseconds timeout,
                     Connected connected);
  // Gives up: nothing is called. Harmless when nothing was begun.
  void stop();
  // In a forked child: forgets the socket without touching the parent's loop. See: Watch::abandon.
  void abandon() noexcept { watch_.abandon(); }

 private:
  void on_ready(Ready ready) override;
  void on_timer() override;
  void tell(Result<Fd> result);

  EventLoop& loop_;
  Connected connected_;  // while it connects
  Fd fd_;                // likewise
  Watch watch_;
};

}  // namespace hpserver

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

// Opens connections without blocking, one at a time: EINPROGRESS first, writable later, and then
// SO_ERROR gives the result. For the loop's thread; the loop must outlive it. See: connect(2).
class Connector final : private EventHandler, private TimerHandler {
 public:
  // Receives a connected, non-blocking socket (over TCP with no-delay and keep-alive), ETIMEDOUT,
  // or the reason why the peer can't be reached. Called by the loop; may start the connector again,
  // or destroy it.
  using Connected = std::function<void(Result<Fd>)>;

  explicit Connector(EventLoop& loop) : loop_(loop), watch_(loop, *this) {}

  // Starts connecting and abandons an earlier attempt. Errors: those of start_connect and
  // EventLoop::watch; then `connected` isn't called.
  Result<void> start(const Address& address, std::chrono::milliseconds timeout,
                     Connected connected);
  // Abandons the attempt: `connected` isn't called. Harmless if there is none.
  void stop();
  // In a forked child: drops the socket without touching the parent's loop. See: Watch::abandon.
  void abandon() noexcept { watch_.abandon(); }

 private:
  void on_ready(Ready ready) override;
  void on_timer() override;
  void tell(Result<Fd> result);

  EventLoop& loop_;
  Connected connected_;  // while connecting
  Fd fd_;                // the same
  Watch watch_;
};

}  // namespace hpserver

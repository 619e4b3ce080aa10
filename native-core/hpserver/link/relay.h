#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/watch.h"
#include "hpserver/link/relay_direction.h"
#include "hpserver/link/transit_buffers.h"
#include "hpserver/os/fd.h"

namespace hpserver {

struct RelayOptions {
  // Per event and direction; the rest moves in the next turn.
  std::size_t budget_bytes = std::size_t{1} << 20U;
  // How long no byte may move either way: a vanished peer says nothing, and one that doesn't read
  // holds a pipe.
  std::chrono::milliseconds idle_timeout{600'000};
  // How long a relay may exist, however busy it is. Zero: no limit.
  std::chrono::milliseconds total_timeout{0};
  SpliceLimits splice = {};
};

struct RelayCounters {
  std::uint64_t forward_bytes = 0;   // from the first socket to the second, with the preface
  std::uint64_t backward_bytes = 0;  // from the second to the first
};

// Joins two connections: what one sends the other receives. Small transfers are copied through a
// buffer that all relays of a loop share; bulky ones move through a kernel pipe, so they never
// reach user space. If no pipe is available, everything is copied. A half-close is passed on, and
// the other direction goes on; a failure of one side resets the other, so nobody takes half an
// answer for a whole one. For the loop's thread; level-triggered. See: splice(2).
class Relay {
 public:
  // Both directions have ended, or one has failed, or nothing has moved for too long, or the relay
  // has existed for too long (ETIMEDOUT). The relay's destructor closes the sockets. May destroy
  // the relay.
  using Ended = std::function<void(const Result<void>&)>;

  // Takes over two non-blocking, connected sockets and starts; `preface` goes to the second one
  // before anything that the first one sends. SIGPIPE must be ignored: splice(2) has no
  // MSG_NOSIGNAL. Loop and buffers, which all relays of a loop share, must outlive the relay.
  // Errors: those of EventLoop::watch.
  static Result<std::unique_ptr<Relay>> create(EventLoop& loop, TransitBuffers& buffers, Fd first,
                                               Fd second, Ended ended,
                                               const RelayOptions& options = {},
                                               std::string preface = {});
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  [[nodiscard]] RelayCounters counters() const noexcept {
    return {forward_.moved_bytes(), backward_.moved_bytes()};
  }

 private:
  // Which directions an event concerns.
  struct Concerned {
    bool forward = false;
    bool backward = false;
  };

  // One socket in the loop.
  class Side final : public EventHandler {
   public:
    Side(Relay& relay, EventLoop& loop, Fd fd)
        : relay_(relay), fd_(std::move(fd)), watch_(loop, *this) {}
    void on_ready(Ready ready) override { relay_.on_ready(*this, ready); }
    [[nodiscard]] int fd() const noexcept { return fd_.get(); }
    Result<void> want(Interest interest) { return watch_.want(fd(), interest); }

   private:
    Relay& relay_;
    const Fd fd_;
    Watch watch_;
  };

  Relay(EventLoop& loop, TransitBuffers& buffers, Fd first, Fd second, Ended ended,
        const RelayOptions& options, std::string preface);
  void on_ready(const Side& side, Ready ready);
  void run(Concerned concerned);
  [[nodiscard]] Deadline due() const noexcept;
  void on_due();
  void end(const Result<void>& result);
  Result<void> update_interest();

  EventLoop& loop_;
  const RelayOptions options_;
  TransitBuffers& buffers_;
  const Ended ended_;
  RelayDirection forward_;
  RelayDirection backward_;
  Side first_;
  Side second_;
  const Deadline began_;
  Deadline moved_;  // when a byte last moved
  Timer timer_;
};

}  // namespace hpserver

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/watch.h"
#include "hpserver/os/fd.h"
#include "hpserver/os/pipe.h"

namespace hpserver {

struct RelayOptions {
  // Of the pipe of each direction, which is the most that it buffers; 0 keeps the kernel's default.
  std::size_t pipe_bytes = 0;
  // Per event and direction; the rest is moved in the next turn.
  std::size_t budget_bytes = std::size_t{1} << 20U;
};

struct RelayCounters {
  std::uint64_t forward_bytes = 0;   // from the first socket to the second
  std::uint64_t backward_bytes = 0;  // … and back
};

// Joins two connections: what one says the other hears, through a pipe in the kernel for each
// direction, so no byte is ever copied to us. A side that shuts its writing half is passed on as
// that, and the other direction goes on. For the loop's thread; level-triggered. See: splice(2).
class Relay {
 public:
  // Both directions have come to their end, or one has failed; the sockets are closed by the end of
  // the relay. May end the relay.
  using Ended = std::function<void(const Result<void>&)>;

  // Takes over two non-blocking, connected sockets and begins. SIGPIPE must be ignored: splice(2)
  // has no MSG_NOSIGNAL. The loop outlives the relay.
  // Errors: those of create_pipe and of EventLoop::watch.
  static Result<std::unique_ptr<Relay>> create(EventLoop& loop, Fd first, Fd second, Ended ended,
                                               const RelayOptions& options = {});
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  [[nodiscard]] RelayCounters counters() const noexcept {
    return {forward_.moved_bytes, backward_.moved_bytes};
  }

 private:
  // One direction. Filled only while it is empty: then EAGAIN means that the source has nothing;
  // and emptied only while it is not: then EAGAIN means that the sink is full.
  struct Course {
    Pipe pipe;
    std::size_t capacity_bytes = 0;
    std::size_t held_bytes = 0;
    bool ended = false;  // … and the sink has been told
    std::uint64_t moved_bytes = 0;
  };

  // One socket in the loop.
  class Side final : public EventHandler {
   public:
    Side(Relay& relay, EventLoop& loop, Fd fd)
        : relay_(relay), fd_(std::move(fd)), watch_(loop, *this) {}
    void on_ready(Ready) override { relay_.run(); }
    [[nodiscard]] int fd() const noexcept { return fd_.get(); }
    Result<void> want(Interest interest) { return watch_.want(fd(), interest); }

   private:
    Relay& relay_;
    const Fd fd_;
    Watch watch_;
  };

  Relay(EventLoop& loop, Fd first, Fd second, Ended ended, const RelayOptions& options);
  void run();
  Result<void> move(Course& course, int source_fd, int sink_fd) const;
  Result<void> update_interest();
  [[nodiscard]] static Result<void> open_pipe(Course& course, const RelayOptions& options);

  const RelayOptions options_;
  const Ended ended_;
  Course forward_;
  Course backward_;
  Side first_;
  Side second_;
};

}  // namespace hpserver

#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/watch.h"
#include "hpserver/link/pipe_pool.h"
#include "hpserver/os/fd.h"

namespace hpserver {

struct RelayOptions {
  // Per event and direction; the rest moves in the next turn.
  std::size_t budget_bytes = std::size_t{1} << 20U;
  // How long no byte may move either way: a vanished peer says nothing, and one that doesn't read
  // holds a pipe.
  std::chrono::milliseconds idle_timeout{600'000};
};

struct RelayCounters {
  std::uint64_t forward_bytes = 0;   // from the first socket to the second
  std::uint64_t backward_bytes = 0;  // … and back
};

// Joins two connections: what one sends the other receives, through a kernel pipe for each
// direction that has bytes in flight, so nothing is copied to user space. If no pipe is available,
// copies 16 KiB at a time. A half-close is passed on, and the other direction goes on. For the
// loop's thread; level-triggered. See: splice(2).
class Relay {
 public:
  // Both directions have ended, or one has failed, or nothing has moved for too long (ETIMEDOUT).
  // The relay's destructor closes the sockets. May destroy the relay.
  using Ended = std::function<void(const Result<void>&)>;

  // Takes over two non-blocking, connected sockets and starts. SIGPIPE must be ignored: splice(2)
  // has no MSG_NOSIGNAL. Loop and pipes, which all relays of a loop share, must outlive the relay.
  // Errors: those of EventLoop::watch.
  static Result<std::unique_ptr<Relay>> create(EventLoop& loop, PipePool& pipes, Fd first,
                                               Fd second, Ended ended,
                                               const RelayOptions& options = {});
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  [[nodiscard]] RelayCounters counters() const noexcept {
    return {forward_.moved_bytes, backward_.moved_bytes};
  }

 private:
  static constexpr std::size_t kCopyBytes = std::size_t{16} * 1024;

  // One direction. It is filled only while empty, so EAGAIN means that the source has nothing; and
  // emptied only while not, so EAGAIN means that the sink is full. While empty between two turns,
  // it has neither pipe nor buffer.
  struct Course {
    // Take bytes from the source, or give bytes to the sink; return how many.
    Result<std::size_t> fill(PipePool& pipes, int source_fd);
    Result<std::size_t> pass_on(int sink_fd);
    void rest(PipePool& pipes);

    std::optional<PipePool::Lent> lent;
    std::unique_ptr<std::array<char, kCopyBytes>> copied;  // if there is no pipe
    std::size_t first_byte = 0;                            // … and the first byte still in it
    std::size_t held_bytes = 0;
    bool ended = false;  // … and the sink was told
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

  Relay(EventLoop& loop, PipePool& pipes, Fd first, Fd second, Ended ended,
        const RelayOptions& options);
  void run();
  void on_idle_due();
  void end(const Result<void>& result);
  Result<void> move(Course& course, int source_fd, int sink_fd);
  Result<void> update_interest();

  EventLoop& loop_;
  const RelayOptions options_;
  PipePool& pipes_;
  const Ended ended_;
  Course forward_;
  Course backward_;
  Side first_;
  Side second_;
  Deadline moved_{};  // when a byte last moved
  Timer timer_;
};

}  // namespace hpserver

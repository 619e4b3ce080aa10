#pragma once

#include <atomic>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/event_fd.h"

namespace hpserver {

// Interrupts a loop's wait from any other thread: its descriptor becomes readable. No matter how
// many threads wake the loop, only the first costs a system call until the loop has drained. Queue
// the work first, then wake; the loop drains first, then looks into its queue.
class Waker {
 public:
  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<Waker> create() {
    auto event_fd = EventFd::create();
    if (!event_fd) return event_fd.error();
    return Waker{std::move(*event_fd)};
  }

  // Move a Waker only before it is shared.
  Waker(Waker&& other) noexcept : event_fd_(std::move(other.event_fd_)) {}
  Waker& operator=(Waker&&) = delete;

  // Any thread; never blocks.
  void wake() noexcept {
    if (!pending_.exchange(true, std::memory_order_acq_rel)) static_cast<void>(event_fd_.add());
  }

  // The loop's thread. Resets the flag after the counter: in the other order, a wake in between
  // would be drained while its flag stayed set, and no later wake would ever be written.
  void drain() noexcept {
    static_cast<void>(event_fd_.take());
    pending_.exchange(false, std::memory_order_acq_rel);
  }

  [[nodiscard]] int fd() const noexcept { return event_fd_.fd(); }

 private:
  explicit Waker(EventFd event_fd) noexcept : event_fd_(std::move(event_fd)) {}

  EventFd event_fd_;
  std::atomic<bool> pending_{false};
};

}  // namespace hpserver

#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/event_fd.h"

namespace hpserver {

// Lets other threads change a set of descriptors while one thread waits on a copy of it: a lock, a
// descriptor that interrupts the wait, and a wait number, by which the waiting thread knows that a
// result may be older than a change. If no thread waits, nothing costs a system call.
class WaitGate {
 public:
  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<WaitGate> create() {
    auto event_fd = EventFd::create();
    if (!event_fd) return event_fd.error();
    return WaitGate{std::move(*event_fd)};
  }

  // Hold this lock during every call below except `fd`, but not during the wait itself.
  [[nodiscard]] std::unique_lock<std::mutex> lock() const { return std::unique_lock{*mutex_}; }

  // The waiting thread.
  void begin_wait() noexcept {
    ++wait_number_;
    waiting_ = true;
  }

  // The waiting thread. Returns whether `interrupt` was called during the wait.
  bool end_wait() noexcept {
    waiting_ = false;
    if (!interrupted_) return false;
    static_cast<void>(event_fd_.take());
    return std::exchange(interrupted_, false);
  }

  // Any thread: interrupts the current wait, if there is one; never blocks.
  void interrupt() noexcept {
    if (!waiting_ || std::exchange(interrupted_, true)) return;
    static_cast<void>(event_fd_.add());
  }

  // The number of the current wait, or of the last one.
  [[nodiscard]] std::uint64_t wait_number() const noexcept { return wait_number_; }

  // Readable once the wait must end: the wait watches it too.
  [[nodiscard]] int fd() const noexcept { return event_fd_.fd(); }

 private:
  explicit WaitGate(EventFd event_fd)
      : event_fd_(std::move(event_fd)), mutex_(std::make_unique<std::mutex>()) {}

  EventFd event_fd_;
  std::unique_ptr<std::mutex> mutex_;  // on the heap, since a mutex can't be moved
  std::uint64_t wait_number_ = 0;
  bool waiting_ = false;
  bool interrupted_ = false;
};

}  // namespace hpserver

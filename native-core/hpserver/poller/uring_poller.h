#pragma once

#include <utility>

#include "hpserver/os/uring_ring.h"
#include "hpserver/poller/poller.h"
#include "hpserver/poller/uring_watches.h"

namespace hpserver {

// Readiness by io_uring: registrations and events share the single system call of a wait. `add`,
// `modify` and `remove` take effect with the next `wait` or `flush`, and must be called by the
// waiting thread (before the first wait, by the thread that created the poller). See: io_uring(7),
// POLL_ADD.
class UringPoller final : public Poller {
 public:
  // Errors: those of UringRing::create.
  static Result<UringPoller> create();

  // Errors: EBADF, EEXIST, EPERM (a regular file).
  Result<void> add(int fd, Token token, Interest interest, Trigger trigger) override {
    return watches_.add(ring_, fd, token, interest, trigger);
  }
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override {
    return watches_.modify(ring_, fd, token, interest, trigger);
  }
  Result<void> remove(int fd) override { return watches_.remove(ring_, fd); }
  Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) override;
  void flush() override;
  [[nodiscard]] bool levels_are_free() const noexcept override { return false; }
  [[nodiscard]] int native_handle() const noexcept override { return ring_.bell_fd(); }

 private:
  explicit UringPoller(UringRing ring) noexcept : ring_(std::move(ring)) {}

  UringRing ring_;
  UringWatches watches_;
};

}  // namespace hpserver

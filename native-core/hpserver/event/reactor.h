#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "hpserver/event/event_loop.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// The readiness dispatcher: waits on one poller and calls each event's handler, which then moves
// the bytes itself. See: POSA2, Reactor.
class Reactor final : public EventLoop {
 public:
  // Takes ownership of the poller. Errors: EMFILE, ENFILE, ENOMEM (the wake-up descriptor).
  static Result<std::unique_ptr<Reactor>> create(std::unique_ptr<Poller> poller);

  Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) override {
    return poller_->add(fd, token, interest, trigger);
  }
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override {
    return poller_->modify(fd, token, interest, trigger);
  }
  // Only ENOENT is possible, and then there is nothing to do.
  void unwatch(int fd) override { static_cast<void>(poller_->remove(fd)); }
  void forget(int fd) override { poller_->forget(fd); }

  void flush() override { poller_->flush(); }

  [[nodiscard]] int native_handle() const noexcept override { return poller_->native_handle(); }
  [[nodiscard]] std::size_t capacity() const noexcept override { return poller_->capacity(); }

 private:
  Reactor(std::unique_ptr<Poller> poller, Waker waker);

  Result<std::size_t> demultiplex(std::chrono::milliseconds timeout) override;
  void dispatch_batch() override;

  std::unique_ptr<Poller> poller_;
  std::vector<Event> events_;
  std::size_t event_count_ = 0;
};

}  // namespace hpserver

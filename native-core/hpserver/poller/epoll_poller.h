#pragma once

#include <utility>

#include "hpserver/os/fd.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// Readiness from a table in the kernel: every change costs a system call, and the cost of a wait
// depends only on how many descriptors are ready. Any thread may call `add`, `modify` and `remove`
// while another waits. Uses one descriptor. A closed descriptor leaves the table only with its last
// duplicate. See: epoll(7).
class EpollPoller final : public Poller {
 public:
  // The most events that one wait reports; the next waits report further ones, in turn.
  static constexpr std::size_t kMaxBatch = 512;

  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<EpollPoller> create();

  Result<void> add(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> remove(int fd) override;
  // A closed descriptor leaves the table by itself.
  void forget(int) override {}
  Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) override;
  [[nodiscard]] int native_handle() const noexcept override { return fd_.get(); }

 private:
  explicit EpollPoller(Fd fd) noexcept : fd_(std::move(fd)) {}

  Fd fd_;
};

}  // namespace hpserver

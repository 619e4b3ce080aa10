#pragma once

#include <utility>

#include "hpserver/os/fd.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// Readiness by the kernel's own table: registering costs a call, waiting costs what is ready.
// `add`, `modify` and `remove` may be called from any thread while another waits. Takes one
// descriptor. A closed descriptor leaves the table only with its last duplicate.
// See: epoll(7).
class EpollPoller final : public Poller {
 public:
  // The longest batch of one wait: what is ready beyond it comes with the next, in turn.
  static constexpr std::size_t kMaxBatch = 512;

  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<EpollPoller> create();

  Result<void> add(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> remove(int fd) override;
  // A closed descriptor leaves the table.
  void forget(int) override {}
  Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) override;
  [[nodiscard]] int native_handle() const noexcept override { return fd_.get(); }

 private:
  explicit EpollPoller(Fd fd) noexcept : fd_(std::move(fd)) {}

  Fd fd_;
};

}  // namespace hpserver

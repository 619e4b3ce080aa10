#pragma once

#include <utility>

#include "hpserver/os/fd.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// Readiness from a table in the kernel: registering costs a call, waiting costs as much as is
// ready. Any thread may call `add`, `modify` and `remove` while another waits. Uses one descriptor.
// A closed descriptor leaves the table only with its last duplicate. See: epoll(7).
class EpollPoller final : public Poller {
 public:
  // The most events of one wait; further ones come with the next, in turn.
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

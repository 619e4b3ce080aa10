#pragma once

#include <poll.h>

#include <cstdint>
#include <vector>

#include "hpserver/poller/fd_table.h"
#include "hpserver/poller/poller.h"
#include "hpserver/poller/wait_gate.h"

namespace hpserver {

// Readiness from an array of descriptors that every wait passes to the kernel. Any thread may call
// `add`, `modify` and `remove` while another waits: that interrupts the wait and restarts it with
// the changed array, so changes apply at once.
//
// Trigger: level and oneshot; edge is refused with EINVAL. A regular file is always ready; a
// descriptor that was closed before it was removed reports an error. See: poll(2).
class PollPoller final : public Poller {
 public:
  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<PollPoller> create();

  // Errors: EBADF (negative), EEXIST, EINVAL (edge).
  Result<void> add(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> remove(int fd) override;
  // If more descriptors are ready than fit into `events`, the next waits report the others, in
  // turn. Errors: ENOMEM.
  Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) override;
  [[nodiscard]] int native_handle() const noexcept override { return -1; }

 private:
  struct Entry {
    Token token;
    Trigger trigger = Trigger::level;
    std::size_t index = 0;  // in `watched_`
    std::uint64_t changed_in_wait = 0;
  };

  explicit PollPoller(WaitGate gate);

  std::size_t collect(std::size_t ready_count, std::span<Event> events);
  bool report(const pollfd& polled, Event& event);
  void changed() noexcept;

  WaitGate gate_;
  FdTable<Entry> entries_;
  // The gate's descriptor, then all others. A silent descriptor (a oneshot that has reported) is
  // stored as its bitwise complement: the kernel skips negative descriptors.
  std::vector<pollfd> watched_;
  bool changed_ = true;         // whether `watched_` has changed since it was copied to `polled_`
  std::vector<pollfd> polled_;  // used by the waiting thread
  std::size_t next_index_ = 0;  // where to start looking for ready descriptors
};

}  // namespace hpserver

#pragma once

#include <poll.h>

#include <cstdint>
#include <vector>

#include "hpserver/poller/fd_table.h"
#include "hpserver/poller/poller.h"
#include "hpserver/poller/wait_gate.h"

namespace hpserver {

// Readiness by an array of descriptors that every wait hands to the kernel. `add`, `modify` and
// `remove` may be called from any thread while another waits: that wait ends and begins again with
// the changed array, so that a change counts at once.
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
  // What is ready beyond `events` comes with the next wait, in turn. Errors: ENOMEM.
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
  // The gate's descriptor, then all the others. A silent one (a oneshot that has reported) stands
  // as its complement: the kernel passes over what is negative.
  std::vector<pollfd> watched_;
  bool changed_ = true;         // `watched_`, since `polled_` was copied from it
  std::vector<pollfd> polled_;  // the waiting thread's
  std::size_t next_index_ = 0;  // where the next look at what is ready begins
};

}  // namespace hpserver

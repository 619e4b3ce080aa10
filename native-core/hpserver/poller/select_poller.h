#pragma once

#include <sys/select.h>

#include <cstdint>
#include <utility>

#include "hpserver/poller/fd_table.h"
#include "hpserver/poller/poller.h"
#include "hpserver/poller/wait_gate.h"

namespace hpserver {

// Readiness from three bit sets that every wait copies into the kernel and back, up to the highest
// descriptor. Any thread may call `add`, `modify` and `remove` while another waits: that interrupts
// the wait and restarts it with the changed sets, so changes apply at once.
//
// Trigger: level and oneshot; edge is refused with EINVAL. Descriptor numbers must be below
// FD_SETSIZE (1,024), however few are watched. The sets can't tell FIN, hang-up and error apart:
// all are reported as readable, and an error as writable too, so a registration interested in
// neither sees none of them. "Exceptional" means only out-of-band data. A regular file is always
// ready.
// See: select(2), poll(2) for what the sets mean on Linux.
class SelectPoller final : public Poller {
 public:
  // Errors: EMFILE (also if no number below FD_SETSIZE is left), ENFILE, ENOMEM.
  static Result<SelectPoller> create();

  // Errors: EBADF (negative), EEXIST, EINVAL (edge), EMFILE (FD_SETSIZE).
  Result<void> add(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> remove(int fd) override;
  // If more descriptors are ready than fit into `events`, the next waits report the others, in
  // turn. Errors: EBADF (a descriptor was closed before it was removed).
  Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) override;
  [[nodiscard]] int native_handle() const noexcept override { return -1; }
  // Counts the numbers between the poller's own descriptor and FD_SETSIZE: lower numbers were taken
  // before.
  [[nodiscard]] std::size_t capacity() const noexcept override;

 private:
  struct Sets {
    fd_set readable;
    fd_set writable;
    fd_set exceptional;
  };

  struct Entry {
    Token token;
    Interest interest;
    Trigger trigger = Trigger::level;
    bool silent = false;  // a oneshot that has reported
    std::uint64_t changed_in_wait = 0;
  };

  explicit SelectPoller(WaitGate gate);

  // Puts `fd` into the sets of its interest and takes it out of the others.
  void want(int fd, Interest interest) noexcept;
  std::size_t collect(const Sets& ready, int highest, std::span<Event> events);
  bool report(int fd, Ready ready, Event& event);

  WaitGate gate_;
  FdTable<Entry> entries_;
  Sets wanted_;
  int highest_;      // the highest descriptor in `wanted_`
  int next_fd_ = 0;  // where to start looking for ready descriptors
};

}  // namespace hpserver

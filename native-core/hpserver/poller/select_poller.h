#pragma once

#include <sys/select.h>

#include <cstdint>
#include <utility>

#include "hpserver/poller/fd_table.h"
#include "hpserver/poller/poller.h"
#include "hpserver/poller/wait_gate.h"

namespace hpserver {

// Readiness by three sets of bits that every wait copies into the kernel and back, up to the
// highest descriptor. `add`, `modify` and `remove` may be called from any thread while another
// waits: that wait ends and begins again with the changed sets, so that a change counts at once.
//
// Trigger: level and oneshot; edge is refused with EINVAL. The number of a descriptor must be below
// FD_SETSIZE (1,024), however few are watched. The sets know neither FIN, hang-up nor error: all
// come as readable, and an error as writable too, so that a registration without interest in either
// hears of none. Exceptional means out-of-band data alone. A regular file is always ready.
// See: select(2), poll(2) for what the sets mean on Linux.
class SelectPoller final : public Poller {
 public:
  // Errors: EMFILE (also where no number below FD_SETSIZE is left), ENFILE, ENOMEM.
  static Result<SelectPoller> create();

  // Errors: EBADF (negative), EEXIST, EINVAL (edge), EMFILE (FD_SETSIZE).
  Result<void> add(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> remove(int fd) override;
  // What is ready beyond `events` comes with the next wait, in turn. Errors: EBADF (a descriptor
  // was closed before it was removed).
  Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) override;
  [[nodiscard]] int native_handle() const noexcept override { return -1; }
  // What FD_SETSIZE leaves above its own descriptor: the lower numbers were taken before.
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
  int highest_;      // of all in `wanted_`
  int next_fd_ = 0;  // where the next look at what is ready begins
};

}  // namespace hpserver

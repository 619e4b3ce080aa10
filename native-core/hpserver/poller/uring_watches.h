#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hpserver/os/uring_ring.h"
#include "hpserver/poller/fd_table.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// The descriptors that a ring watches for readiness, by POLL_ADD requests. For edge the request is
// multishot; for level and oneshot it is single, and level is requested again before the next wait,
// since a multishot request reports only changes. Changes cost no system call: they are submitted
// with the next wait. A watched descriptor that is closed stays open until then, so remove it
// first. For the ring's thread. See: io_uring_prep_poll_add(3).
class UringWatches {
 public:
  // Errors: EEXIST, EBADF, EPERM (a regular file or a directory).
  Result<void> add(UringRing& ring, int fd, Token token, Interest interest, Trigger trigger);
  // Errors: ENOENT.
  Result<void> modify(UringRing& ring, int fd, Token token, Interest interest, Trigger trigger);
  Result<void> remove(UringRing& ring, int fd);

  // Call it before every wait: repeats the requests that the last reports completed.
  void rearm(UringRing& ring);
  // True if this is the report of a watched descriptor.
  [[nodiscard]] static bool is_report(Token tag) noexcept { return (tag.slot & kWatchBit) != 0; }
  // Returns the reported event; nothing if it is outdated or no longer true.
  [[nodiscard]] std::optional<Event> take(UringRing& ring, const UringCompletion& report);

 private:
  // Distinguishes the tags of these requests from others on the same ring.
  static constexpr std::uint32_t kWatchBit = 1U << 31U;

  struct Watched {
    Watched(Token whose, Interest wanted, Trigger how)
        : token(whose), interest(wanted), trigger(how), for_changes(how == Trigger::edge) {}

    Token token;
    Interest interest;
    Trigger trigger;
    bool for_changes;  // uses a multishot request
    bool to_rearm = false;
    std::uint32_t request = 0;  // number of the pending request; 0: none
  };

  void arm(UringRing& ring, int fd, Watched& watch);
  static void disarm(UringRing& ring, int fd, Watched& watch);
  void rearm_later(int fd, Watched& watch, bool for_changes);

  FdTable<Watched> watches_;
  std::vector<int> to_rearm_;
  std::uint32_t last_request_ = 0;
};

}  // namespace hpserver

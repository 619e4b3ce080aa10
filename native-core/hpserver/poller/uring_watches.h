#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hpserver/os/uring_ring.h"
#include "hpserver/poller/fd_table.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// Readiness by a ring: which descriptors it watches, by requests of the kind POLL_ADD. An edge is a
// multishot request; level and oneshot are single ones, of which level is asked again before the
// next wait, as a multishot request tells of changes alone. Changes cost no system call: they go
// with the next wait. A watched descriptor that is closed stays open until then, so remove first.
// For the ring's thread. See: io_uring_prep_poll_add(3).
class UringWatches {
 public:
  // Errors: EEXIST, EBADF, EPERM (a regular file or a directory).
  Result<void> add(UringRing& ring, int fd, Token token, Interest interest, Trigger trigger);
  // Errors: ENOENT.
  Result<void> modify(UringRing& ring, int fd, Token token, Interest interest, Trigger trigger);
  Result<void> remove(UringRing& ring, int fd);

  // Before every wait: asks again where the last reports ended a request.
  void rearm(UringRing& ring);
  // True if this is a report of a watched descriptor.
  [[nodiscard]] static bool is_report(Token tag) noexcept { return (tag.slot & kWatchBit) != 0; }
  // What a report tells; nothing if it is older than the last change, or not true any more.
  [[nodiscard]] std::optional<Event> take(UringRing& ring, const UringCompletion& report);

 private:
  // Tells the tags of these requests from those of others on the same ring.
  static constexpr std::uint32_t kWatchBit = 1U << 31U;

  struct Watched {
    Watched(Token whose, Interest wanted, Trigger how)
        : token(whose), interest(wanted), trigger(how), for_changes(how == Trigger::edge) {}

    Token token;
    Interest interest;
    Trigger trigger;
    bool for_changes;  // by a multishot request
    bool to_rearm = false;
    std::uint32_t request = 0;  // the number of the one under way; 0: none
  };

  void arm(UringRing& ring, int fd, Watched& watch);
  static void disarm(UringRing& ring, int fd, Watched& watch);
  void rearm_later(int fd, Watched& watch, bool for_changes);

  FdTable<Watched> watches_;
  std::vector<int> to_rearm_;
  std::uint32_t last_request_ = 0;
};

}  // namespace hpserver

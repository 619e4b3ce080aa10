#include "hpserver/poller/uring_watches.h"

#include <liburing.h>
#include <poll.h>
#include <sys/stat.h>

#include <utility>

#include "hpserver/poller/poll_bits.h"

namespace hpserver {
namespace {

// Checked here, since a ring would always report a file as ready instead of refusing it.
Result<void> check_watchable(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) == -1) return last_error("fstat");
  if (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) return Error{EPERM, "io_uring_poll"};
  return {};
}

// The bits to request. POLLPRI alone never wakes the ring, since the kernel counts it among the
// bits that cause no wake-up. But urgent bytes also claim band data, which never exists, so
// POLLRDBAND is requested too.
unsigned to_asked_bits(Interest interest) noexcept {
  const int bits = to_poll_bits(interest);
  return static_cast<unsigned>(interest.priority ? bits | POLLRDBAND : bits);
}

// Returns the part of a report that is true. A report carries what the waker claimed, and some
// wakers claim everything at once: a closed pipe, a socket with urgent or any other bytes. If that
// can mislead, this asks the descriptor itself. The kernel always reports a FIN, requested or not.
short verified(int fd, Interest interest, int reported) {
  if (reported < 0) return POLLNVAL;  // closed before it was removed
  const auto claimed = static_cast<short>(reported);
  const short asked = to_poll_bits(interest);
  if (!interest.priority && (claimed & (POLLERR | POLLHUP)) == 0) {
    return static_cast<short>(claimed & asked);
  }
  pollfd looked{.fd = fd, .events = asked, .revents = 0};
  return ::poll(&looked, 1, 0) == -1 ? claimed : looked.revents;
}

}  // namespace

Result<void> UringWatches::add(UringRing& ring, int fd, Token token, Interest interest,
                               Trigger trigger) {
  if (watches_.find(fd) != nullptr) return Error{EEXIST, "io_uring_poll"};
  if (auto watchable = check_watchable(fd); !watchable) return watchable;
  arm(ring, fd, watches_.insert(fd, Watched(token, interest, trigger)));
  return {};
}

Result<void> UringWatches::modify(UringRing& ring, int fd, Token token, Interest interest,
                                  Trigger trigger) {
  Watched* const watch = watches_.find(fd);
  if (watch == nullptr) return Error{ENOENT, "io_uring_poll"};
  disarm(ring, fd, *watch);
  *watch = Watched(token, interest, trigger);
  arm(ring, fd, *watch);
  return {};
}

Result<void> UringWatches::remove(UringRing& ring, int fd) {
  Watched* const watch = watches_.find(fd);
  if (watch == nullptr) return Error{ENOENT, "io_uring_poll"};
  disarm(ring, fd, *watch);
  watches_.erase(fd);
  return {};
}

void UringWatches::arm(UringRing& ring, int fd, Watched& watch) {
  if (++last_request_ == 0) ++last_request_;
  watch.request = last_request_;
  io_uring_sqe& request = ring.next_request();
  if (watch.for_changes) {
    io_uring_prep_poll_multishot(&request, fd, to_asked_bits(watch.interest));
  } else {
    io_uring_prep_poll_add(&request, fd, to_asked_bits(watch.interest));
  }
  UringRing::set_tag(request, {static_cast<std::uint32_t>(fd) | kWatchBit, watch.request});
}

void UringWatches::disarm(UringRing& ring, int fd, Watched& watch) {
  const Token armed{static_cast<std::uint32_t>(fd) | kWatchBit, std::exchange(watch.request, 0)};
  if (armed.generation == 0) return;
  io_uring_sqe& request = ring.next_request();
  // POLL_REMOVE fails (EALREADY) if a report is just about to be made, and leaves the request
  // pending.
  io_uring_prep_cancel64(&request, armed.packed(), 0);
  request.flags |= IOSQE_CQE_SKIP_SUCCESS;
  UringRing::set_tag(request, UringRing::kNobody);
}

void UringWatches::rearm(UringRing& ring) {
  for (const int fd : to_rearm_) {
    Watched* const watch = watches_.find(fd);
    if (watch == nullptr || !std::exchange(watch->to_rearm, false)) continue;
    arm(ring, fd, *watch);
  }
  to_rearm_.clear();
}

std::optional<Event> UringWatches::take(UringRing& ring, const UringCompletion& report) {
  const int fd = static_cast<int>(report.tag.slot & ~kWatchBit);
  Watched* const watch = watches_.find(fd);
  if (watch == nullptr || watch->request != report.tag.generation) return std::nullopt;
  const short bits = verified(fd, watch->interest, report.result);
  const bool goes_on = (report.flags & IORING_CQE_F_MORE) != 0;
  if (bits == 0) {
    // A new request for a ready descriptor would complete at once, again and again.
    if (!goes_on) rearm_later(fd, *watch, true);
    return std::nullopt;
  }
  const bool edge = watch->trigger == Trigger::edge;
  if (goes_on && !edge) disarm(ring, fd, *watch);
  if (!goes_on) watch->request = 0;
  const bool again = watch->request == 0 && watch->trigger != Trigger::oneshot;
  if (again && report.result >= 0) rearm_later(fd, *watch, edge);
  return Event{watch->token, from_poll_bits(bits)};
}

void UringWatches::rearm_later(int fd, Watched& watch, bool for_changes) {
  watch.request = 0;
  watch.for_changes = for_changes;
  watch.to_rearm = true;
  to_rearm_.push_back(fd);
}

}  // namespace hpserver

#pragma once

#include <poll.h>

#include "hpserver/poller/poller.h"

namespace hpserver {

// The bits of poll(2) for an interest. POLLERR and POLLHUP are always reported.
[[nodiscard]] inline short to_poll_bits(Interest interest) noexcept {
  int bits = 0;
  if (interest.readable) bits |= POLLIN | POLLRDHUP;
  if (interest.writable) bits |= POLLOUT;
  if (interest.priority) bits |= POLLPRI;
  return static_cast<short>(bits);
}

// A descriptor that was closed before it was removed (POLLNVAL) also counts as an error.
[[nodiscard]] inline Ready from_poll_bits(short bits) noexcept {
  return {.readable = (bits & POLLIN) != 0,
          .writable = (bits & POLLOUT) != 0,
          .priority = (bits & POLLPRI) != 0,
          .read_closed = (bits & POLLRDHUP) != 0,
          .hang_up = (bits & POLLHUP) != 0,
          .error = (bits & (POLLERR | POLLNVAL)) != 0};
}

}  // namespace hpserver

#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

namespace hpserver {

// Whether a wait failed for a temporary lack of memory or kernel resources: the same call may
// succeed a moment later, so a loop must not stop because of it. See: poll(2), io_uring_enter(2).
constexpr bool is_shortage(int code) noexcept {
  return code == ENOMEM || code == EAGAIN || code == EBUSY;
}

// Sleeps briefly, but no longer than the wait would have lasted; a negative `timeout` is infinite.
inline void sit_out_shortage(std::chrono::milliseconds timeout) {
  constexpr std::chrono::milliseconds kPause{10};
  std::this_thread::sleep_for(timeout.count() < 0 ? kPause : std::min(kPause, timeout));
}

}  // namespace hpserver

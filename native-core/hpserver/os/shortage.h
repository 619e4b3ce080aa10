#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

namespace hpserver {

// Whether a wait was refused for want of memory or of room in the kernel, which passes: the same
// call may succeed a moment later, so a loop doesn't end of it. See: poll(2), io_uring_enter(2).
constexpr bool is_shortage(int code) noexcept {
  return code == ENOMEM || code == EAGAIN || code == EBUSY;
}

// Lets that moment pass, but no longer than the wait would have taken; negative is for ever.
inline void sit_out_shortage(std::chrono::milliseconds timeout) {
  constexpr std::chrono::milliseconds kPause{10};
  std::this_thread::sleep_for(timeout.count() < 0 ? kPause : std::min(kPause, timeout));
}

}  // namespace hpserver

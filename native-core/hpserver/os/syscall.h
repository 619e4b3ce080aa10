#pragma once

#include <cerrno>

namespace hpserver {

// Repeats a call as long as a signal interrupts it. EINTR is handled only here, except for close
// (the descriptor is closed anyway), connect (it continues by itself) and waits (they return to the
// loop). See: signal(7), "Interruption of system calls".
template <typename Call>
auto retry_on_eintr(Call call) noexcept {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

}  // namespace hpserver

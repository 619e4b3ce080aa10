#pragma once

#include <cerrno>

namespace hpserver {

// Calls again while a signal interrupts the call. The one place where EINTR is handled, except for
// close (gone all the same), connect (goes on by itself) and waits (a look at the loop is wanted).
// See: signal(7), "Interruption of system calls".
template <typename Call>
auto retry_on_eintr(Call call) noexcept {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

}  // namespace hpserver

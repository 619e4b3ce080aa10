#pragma once

#include <string>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A descriptor handed over by the process that started this one.
struct InheritedSocket {
  Fd fd;
  // Its name in the socket unit; "unknown" if it has none.
  std::string name;
};

// Takes the sockets that a service manager has opened for this process (LISTEN_PID, LISTEN_FDS,
// LISTEN_FDNAMES), sets close-on-exec, and removes those variables so no child uses them. Main
// thread, before any other thread starts; a second call returns none. Errors: EINVAL (not a
// number), EBADF (one of them isn't open). See: sd_listen_fds(3).
[[nodiscard]] Result<std::vector<InheritedSocket>> take_inherited_sockets();

// Does the same for a server: keeps those sockets until the server listens at their addresses.
// Errors: those above, and those of inherit_listeners.
Result<void> take_inherited_listeners();

}  // namespace hpserver

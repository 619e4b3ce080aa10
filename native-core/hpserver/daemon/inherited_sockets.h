#pragma once

#include <string>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A descriptor that whoever started this process has handed over.
struct InheritedSocket {
  Fd fd;
  // As the socket unit names it; "unknown" where it doesn't.
  std::string name;
};

// Takes what a service manager has opened for this process (LISTEN_PID, LISTEN_FDS,
// LISTEN_FDNAMES), close-on-exec from now on, and removes those variables, so that no child takes
// them for its own. Main thread, before the first other thread; a second call gives none. Errors:
// EINVAL (no number), EBADF (one of them isn't open). See: sd_listen_fds(3).
[[nodiscard]] Result<std::vector<InheritedSocket>> take_inherited_sockets();

// The same for a server: keeps those sockets for whoever listens at their addresses. Errors: those
// above, and those of inherit_listeners.
Result<void> take_inherited_listeners();

}  // namespace hpserver

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

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

// The same for a server: gives those that listen at an address, each once. Errors: those above, and
// ENOTSOCK. See: ListenOptions::inherited.
[[nodiscard]] Result<std::function<std::vector<Fd>(const Address&)>> take_inherited_listeners();

}  // namespace hpserver

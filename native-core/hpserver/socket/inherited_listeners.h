#pragma once

#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Listening sockets that this process has inherited: asking for one of their addresses returns them
// instead of new sockets. They belong to the whole process; any thread.

// Keeps the sockets for `take_inherited`. Errors: ENOTSOCK, those of getsockname(2).
Result<void> inherit_listeners(std::vector<Fd> listen_fds);

// Returns the sockets at `address`, in the order in which they were inherited; each is taken only
// once. Port 0 matches any port of that host. Empty if there are none.
[[nodiscard]] std::vector<Fd> take_inherited(const Address& address);

// Closes the sockets that were not taken: their clients would wait in vain.
void close_unclaimed_listeners();

}  // namespace hpserver

#pragma once

#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Sockets that listen already, which this process was given: whoever asks for one of their
// addresses gets them instead of new ones. Of the whole process, as what it is given is; any
// thread.

// Keeps them for `take_inherited`. Errors: ENOTSOCK, those of getsockname(2).
Result<void> inherit_listeners(std::vector<Fd> listen_fds);

// Those at `address`, in the order in which they were given; each is taken once. Port 0 is any port
// of that host. Empty: there are none.
[[nodiscard]] std::vector<Fd> take_inherited(const Address& address);

// Closes what nobody has taken: its clients would wait in vain.
void close_unclaimed_listeners();

}  // namespace hpserver

#pragma once

#include <cstddef>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"
#include "hpserver/socket/listen.h"

namespace hpserver {

// Listens on one address with `count` sockets (≥ 1), one per loop: with SO_REUSEPORT where the
// family has it, so that the kernel spreads connections; UNIX sockets don't, so their loops share
// one by duplicates and race for each connection. Port 0 becomes one free port for all.
// Errors: those of listen_on; EMFILE. See: socket(7), SO_REUSEPORT; unix(7).
Result<std::vector<Fd>> listen_shards(const Address& address, ListenOptions options,
                                      std::size_t count);

}  // namespace hpserver

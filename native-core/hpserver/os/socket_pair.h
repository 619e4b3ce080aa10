#pragma once

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Two connected UNIX stream sockets: a two-way pipe that can also carry descriptors.
struct SocketPair {
  Fd first;
  Fd second;
};

struct SocketPairOptions {
  bool nonblocking = true;
};

// Errors: EMFILE, ENFILE, ENOBUFS. See: socketpair(2).
Result<SocketPair> create_socket_pair(const SocketPairOptions& options = {});

}  // namespace hpserver

#include "hpserver/os/socket_pair.h"

#include <sys/socket.h>

#include <array>

namespace hpserver {

Result<SocketPair> create_socket_pair(const SocketPairOptions& options) {
  std::array<int, 2> ends{};
  const int type = SOCK_STREAM | SOCK_CLOEXEC | (options.nonblocking ? SOCK_NONBLOCK : 0);
  if (::socketpair(AF_UNIX, type, 0, ends.data()) == -1) return last_error("socketpair");
  return SocketPair{Fd{ends[0]}, Fd{ends[1]}};
}

}  // namespace hpserver

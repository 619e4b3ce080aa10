#include "hpserver/concurrency/server.h"

namespace hpserver {

Result<void> Server::listen(const Address& address) {
  auto sockets = ListeningSockets::bind(address, listen_options_, acceptor_count());
  if (!sockets) return sockets.error();
  return listen_with(std::move(*sockets));
}

Result<void> Server::listen_with(ListeningSockets sockets) {
  const Address address = sockets.address();
  std::vector<std::vector<Fd>> acceptors(acceptor_count());
  const auto spread = std::move(sockets).spread(acceptors);
  if (!spread) return spread;
  for (std::size_t index = 0; index < acceptors.size(); ++index) {
    for (Fd& listen_fd : acceptors[index]) {
      const auto accepting = accept_from(index, std::move(listen_fd));
      if (!accepting) return accepting;
    }
  }
  addresses_.push_back(address);
  return {};
}

}  // namespace hpserver

#include "hpserver/concurrency/shards.h"

#include <utility>

#include "hpserver/os/fd_flags.h"

namespace hpserver {

Result<std::vector<Fd>> listen_shards(const Address& address, ListenOptions options,
                                      std::size_t count) {
  // Sockets that share a port don't exclude a second server that shares it too: a plain one first,
  // which tells that the port is taken, and which port 0 has become.
  options.reuse_port = false;
  auto first = listen_on(address, options);
  if (!first) return first.error();
  const auto real = Address::local_of(first->get());
  if (!real) return real.error();
  std::vector<Fd> listen_fds;
  if (address.is_ip()) {
    first->reset();
    options.reuse_port = true;
  } else {
    listen_fds.push_back(std::move(*first));
  }
  while (listen_fds.size() < count) {
    auto next = address.is_ip() ? listen_on(*real, options) : duplicate(listen_fds.front().get());
    if (!next) return next.error();
    listen_fds.push_back(std::move(*next));
  }
  return listen_fds;
}

}  // namespace hpserver

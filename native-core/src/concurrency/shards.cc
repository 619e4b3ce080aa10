#include "hpserver/concurrency/shards.h"

#include <fcntl.h>

#include <utility>

namespace hpserver {

namespace {

Result<Fd> duplicate(const Fd& fd) {
  Fd copy(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0));
  if (!copy) return last_error("fcntl");
  return copy;
}

}  // namespace

Result<std::vector<Fd>> listen_shards(const Address& address, ListenOptions options,
                                      std::size_t count) {
  options.reuse_port = address.is_ip();
  std::vector<Fd> listen_fds;
  auto first = listen_on(address, options);
  if (!first) return first.error();
  listen_fds.push_back(std::move(*first));
  const auto real = Address::local_of(listen_fds.front().get());
  if (!real) return real.error();
  while (listen_fds.size() < count) {
    auto next = address.is_ip() ? listen_on(*real, options) : duplicate(listen_fds.front());
    if (!next) return next.error();
    listen_fds.push_back(std::move(*next));
  }
  return listen_fds;
}

}  // namespace hpserver

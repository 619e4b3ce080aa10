#include "hpserver/socket/listening_sockets.h"

#include <cerrno>

#include "hpserver/os/fd_flags.h"
#include "hpserver/socket/inherited_listeners.h"

namespace hpserver {
Result<ListeningSockets> ListeningSockets::bind(const Address& address,
                                                const ListenOptions& options, std::size_t count) {
  auto inherited = take_inherited(address);
  if (!inherited.empty()) return inherit(std::move(inherited));
  // Sockets that share a port don't exclude a second server that shares it too, so a plain socket
  // comes first: it detects a taken port, and shows which port the kernel chose for port 0.
  auto first = listen_on(address, options);
  if (!first) return first.error();
  const auto real = Address::local_of(first->get());
  if (!real) return real.error();
  std::vector<Fd> listen_fds;
  if (count > 1 && address.is_ip()) {
    first->reset();
    ListenOptions shared = options;
    shared.reuse_port = true;
    while (listen_fds.size() < count) {
      auto next = listen_on(*real, shared);
      if (!next) return next.error();
      listen_fds.push_back(std::move(*next));
    }
  } else {
    listen_fds.push_back(std::move(*first));
  }
  return ListeningSockets(*real, std::move(listen_fds));
}

Result<ListeningSockets> ListeningSockets::inherit(std::vector<Fd> listen_fds) {
  if (listen_fds.empty()) return Error{EINVAL, "accept"};
  const auto address = Address::local_of(listen_fds.front().get());
  if (!address) return address.error();
  for (const Fd& listen_fd : listen_fds) {
    const auto listening = check_listening(listen_fd.get());
    if (!listening) return listening.error();
    const auto own = Address::local_of(listen_fd.get());
    if (!own) return own.error();
    if (!(*own == *address)) return Error{EINVAL, "getsockname"};
    const auto closed = set_close_on_exec(listen_fd.get(), true);
    if (!closed) return closed.error();
    const auto nonblocking = set_nonblocking(listen_fd.get(), true);
    if (!nonblocking) return nonblocking.error();
  }
  return ListeningSockets(*address, std::move(listen_fds));
}

Result<void> ListeningSockets::spread(std::vector<std::vector<Fd>>& owners) && {
  const std::size_t own_count = listen_fds_.size();
  for (std::size_t owner = own_count; owner < owners.size(); ++owner) {
    auto copy = duplicate(listen_fds_[owner % own_count].get());
    if (!copy) return copy.error();
    owners[owner].push_back(std::move(*copy));
  }
  for (std::size_t index = 0; index < own_count; ++index) {
    owners[index % owners.size()].push_back(std::move(listen_fds_[index]));
  }
  return {};
}

}  // namespace hpserver

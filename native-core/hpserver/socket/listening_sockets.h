#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"
#include "hpserver/socket/listen.h"

namespace hpserver {

// The sockets that listen at one address: one for all owners, or several, over which the kernel
// spreads the connections. Either bound here or inherited from the process that started this one.
class ListeningSockets {
 public:
  // Takes the sockets that this process inherited at `address`, or binds `count` sockets (≥ 1).
  // Several share the port (SO_REUSEPORT) if the family supports it; UNIX sockets don't, so they
  // are duplicated, and their owners race for each connection. Port 0 becomes one free port for
  // all. Errors: those of listen_on; EMFILE. See: socket(7), unix(7).
  static Result<ListeningSockets> bind(const Address& address, const ListenOptions& options,
                                       std::size_t count = 1);

  // Takes sockets that already listen at one address, and makes them close-on-exec and non-blocking
  // like those of `bind`. Errors: EINVAL if there are none, if one doesn't listen, or if they have
  // two addresses; ENOTSOCK.
  static Result<ListeningSockets> inherit(std::vector<Fd> listen_fds);

  // With the actual port.
  [[nodiscard]] const Address& address() const noexcept { return address_; }

  // Gives each of `owners` (≥ 1) at least one socket. Extra sockets are dealt out in turn; if there
  // are too few, the remaining owners get duplicates. Errors: EMFILE.
  Result<void> spread(std::vector<std::vector<Fd>>& owners) &&;

 private:
  ListeningSockets(const Address& address, std::vector<Fd> listen_fds)
      : address_(address), listen_fds_(std::move(listen_fds)) {}

  Address address_;
  std::vector<Fd> listen_fds_;
};

}  // namespace hpserver

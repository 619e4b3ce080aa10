#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"
#include "hpserver/socket/listen.h"

namespace hpserver {

// What listens at one address, before anybody accepts: one socket for all, or several, among which
// the kernel spreads the connections. Bound here, or inherited from whoever started the process.
class ListeningSockets {
 public:
  // Takes what this process has inherited at `address`, or binds `count` sockets (≥ 1). Several
  // share the port (SO_REUSEPORT) where the family has it; UNIX sockets don't, so theirs are
  // duplicates, whose owners race for each connection. Port 0 becomes one free port for all.
  // Errors: those of listen_on; EMFILE. See: socket(7), unix(7).
  static Result<ListeningSockets> bind(const Address& address, const ListenOptions& options,
                                       std::size_t count = 1);

  // Takes sockets that listen already, all at one address, and makes them close-on-exec and
  // non-blocking, as those of `bind`. Errors: EINVAL for none, for one that doesn't listen, and for
  // two addresses; ENOTSOCK.
  static Result<ListeningSockets> inherit(std::vector<Fd> listen_fds);

  // With the real port.
  [[nodiscard]] const Address& address() const noexcept { return address_; }

  // Gives each of `owners` (≥ 1) one more at least. What is left over goes round; where there are
  // too few, the others get duplicates of these. Errors: EMFILE.
  Result<void> spread(std::vector<std::vector<Fd>>& owners) &&;

 private:
  ListeningSockets(const Address& address, std::vector<Fd> listen_fds)
      : address_(address), listen_fds_(std::move(listen_fds)) {}

  Address address_;
  std::vector<Fd> listen_fds_;
};

}  // namespace hpserver

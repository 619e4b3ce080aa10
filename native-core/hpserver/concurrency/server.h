#pragma once

#include <functional>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// What every concurrency model offers to a program's `main`.
class Server {
 public:
  virtual ~Server() = default;

  // Binds `address` and listens on it; for each address, before `run`. Errors: those of listen_on;
  // explain_listen_error puts them into words.
  virtual Result<void> listen(const Address& address) = 0;

  // Where it listens, with the real ports.
  [[nodiscard]] virtual const std::vector<Address>& addresses() const = 0;

  // Serves until SIGTERM or SIGINT (a drain; a second one ends it at once). Blocks. SIGHUP calls
  // `on_hangup`, on the calling thread. Errors: those of EventLoop::run and of starting threads.
  virtual Result<void> run(std::function<void()> on_hangup) = 0;

  // Any thread: what SIGTERM does, and what a second one does.
  virtual void drain() = 0;
  virtual void end() = 0;
};

}  // namespace hpserver

#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "hpserver/base/clock.h"
#include "hpserver/base/token.h"
#include "hpserver/event/reactor.h"
#include "hpserver/net/connection.h"
#include "hpserver/net/workspace.h"
#include "hpserver/os/fd.h"
#include "hpserver/pool/object_pool.h"
#include "hpserver/service/service.h"

namespace hpserver {

// The stated limits of one loop's connections; what happens at each of them stands beside it.
struct ConnectionLimits {
  std::size_t max_connections = 10'000;  // further ones are answered `refusal` and closed
  std::chrono::milliseconds header_timeout{10'000};  // the session's last words, then closed
  std::chrono::milliseconds body_timeout{30'000};    // likewise, without progress for so long
  std::chrono::milliseconds idle_timeout{60'000};    // closed
  std::chrono::milliseconds write_timeout{30'000};   // aborted, without progress for so long
  std::chrono::milliseconds linger_timeout{2'000};   // closed
  std::uint32_t read_budget_bytes = 256 * 1024;      // per turn; the rest is read next turn
  std::uint32_t write_budget_bytes = 1024 * 1024;    // per turn; the rest is sent next turn
};

// Counters that one loop writes and any thread may read.
struct ConnectionCounters {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::size_t> open{0};
};

// All connections of one loop: takes accepted sockets over, lends them the loop's workspace, and
// ends them. For the loop's thread only, but for `counters`.
class ConnectionSet {
 public:
  // Reactor and service outlive the set.
  ConnectionSet(Reactor& reactor, Service& service, const ConnectionLimits& limits,
                Trigger trigger);
  ~ConnectionSet();

  ConnectionSet(const ConnectionSet&) = delete;
  ConnectionSet& operator=(const ConnectionSet&) = delete;

  // Takes over an accepted, non-blocking socket and reads from it at once: the request has often
  // arrived with the connection. At `max_connections` it is refused instead.
  void adopt(Fd conn_fd);

  // Lets `step` work on a connection's session from outside of an event, such as a handler that
  // has its answer now; then the connection goes on. False if the connection is gone, or idle.
  // May be called while another connection of this set is being worked on.
  bool resume(Token token, const std::function<void(Session&, Channel&)>& step);

  // Every connection ends after its present request; idle ones, when `idle_grace` has passed.
  void drain(std::chrono::milliseconds idle_grace);
  // Ends every connection now.
  void close_all();

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] const ConnectionCounters& counters() const noexcept { return counters_; }
  [[nodiscard]] Reactor& reactor() noexcept { return reactor_; }

 private:
  friend class Connection;
  friend class Channel;

  void refuse(Fd conn_fd);
  void release(Connection& connection);

  Reactor& reactor_;
  Service& service_;
  ConnectionLimits limits_;
  Trigger trigger_;
  Workspace workspace_;
  ObjectPool<Connection> connections_;
  ConnectionCounters counters_;
  bool draining_ = false;
};

}  // namespace hpserver

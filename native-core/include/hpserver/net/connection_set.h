#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

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
  // Of all loops that share a budget; further ones are answered `Service::refusal` and closed.
  std::size_t max_connections = 10'000;
  std::chrono::milliseconds header_timeout{10'000};  // the session's last words, then closed
  std::chrono::milliseconds body_timeout{30'000};    // likewise, without progress for so long
  std::chrono::milliseconds idle_timeout{60'000};    // closed
  std::chrono::milliseconds write_timeout{30'000};   // aborted, without progress for so long
  std::chrono::milliseconds linger_timeout{2'000};   // closed
  std::uint32_t read_budget_bytes = 256 * 1024;      // per turn; the rest is read next turn
  std::uint32_t write_budget_bytes = 1024 * 1024;    // per turn; the rest is sent next turn
};

// How many connections all loops of a server have open together. Touched when one opens and when
// it ends, never per request.
struct ConnectionBudget {
  explicit ConnectionBudget(std::size_t max) : max_count(max) {}

  const std::size_t max_count;
  std::atomic<std::size_t> open_count{0};
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
  // Reactor, service and budget outlive the set.
  ConnectionSet(Reactor& reactor, Service& service, ConnectionBudget& budget,
                const ConnectionLimits& limits, Trigger trigger);
  ~ConnectionSet();

  ConnectionSet(const ConnectionSet&) = delete;
  ConnectionSet& operator=(const ConnectionSet&) = delete;

  // Takes over an accepted, non-blocking socket and reads from it at once: the request has often
  // arrived with the connection. At `max_connections` it is refused instead.
  void adopt(Fd conn_fd);

  // Lets `step(Session&, Channel&)` work on a connection from outside of an event, such as a
  // handler that has its answer now; then the connection goes on. False if the connection is gone,
  // or idle. May be called from within a session, for its own connection or another one.
  template <typename Step>
  bool resume(Token token, Step&& step) {
    Connection* const connection = speaking(token);
    if (connection == nullptr) return false;
    const Connection* const outer = workspace_.working;
    if (outer == nullptr) workspace_.working = connection;
    Channel channel(*connection, workspace_);
    step(*connection->session_, channel);
    workspace_.working = outer;
    go_on(*connection);
    return true;
  }

  // Every connection ends after its present or next request; one that stays idle, after a moment:
  // its client may be sending already, and would lose that request.
  void drain();
  // Ends every connection now.
  void close_all();

  [[nodiscard]] std::size_t size() const noexcept { return pool_.statistics().in_use_count; }
  [[nodiscard]] const ConnectionCounters& counters() const noexcept { return counters_; }
  [[nodiscard]] Reactor& reactor() noexcept { return reactor_; }

 private:
  friend class Connection;
  friend class Channel;

  [[nodiscard]] Connection* speaking(Token token) const noexcept;
  void go_on(Connection& connection);
  Connection* insert(Fd conn_fd);
  void refuse(Fd conn_fd);
  void release(Connection& connection);
  [[nodiscard]] Deadline deadline_of(Phase phase) const noexcept;

  Reactor& reactor_;
  Service& service_;
  ConnectionBudget& budget_;
  ConnectionLimits limits_;
  Trigger trigger_;
  Workspace workspace_;
  ObjectPool<Connection> pool_;
  Connection* first_ = nullptr;
  std::size_t refused_count_ = 0;  // still being told
  ConnectionCounters counters_;
  bool draining_ = false;
};

}  // namespace hpserver

#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"
#include "hpserver/link/connector.h"
#include "hpserver/socket/address.h"

namespace hpserver {

struct UpstreamOptions {
  // Opened at the start, and kept while idle. If equal to the maximum, the pool has a fixed size.
  std::size_t initial_connections = 0;
  // Grows up to this while callers wait.
  std::size_t max_connections = 64;
  // Callers that may wait for a connection; beyond that, `acquire` refuses.
  std::size_t max_waiters = 1024;
  std::chrono::milliseconds connect_timeout{2'000};
  // How long a caller may wait.
  std::chrono::milliseconds acquire_timeout{5'000};
  // A connection beyond the initial ones is closed after this long without use.
  std::chrono::milliseconds idle_timeout{30'000};
};

struct UpstreamStatistics {
  std::size_t open_count = 0;  // connecting, idle or leased
  std::size_t idle_count = 0;
  std::size_t leased_count = 0;  // 0 at the end, else a leak
  std::size_t waiting_count = 0;
  std::uint64_t started_count = 0;  // calls of connect(2)
  std::uint64_t reused_count = 0;   // leases that needed none
  std::uint64_t failed_count = 0;   // callers that got an error
  std::uint64_t lost_count = 0;     // closed by the peer while idle
  std::uint64_t expired_count = 0;  // closed by us after idle_timeout
};

class UpstreamPool;

// A connection on loan: only its holder reads and writes it. It must be given back, or its
// destructor closes it: only the holder knows whether the conversation has ended cleanly. Movable.
class UpstreamLease {
 public:
  UpstreamLease() = default;
  UpstreamLease(UpstreamLease&& other) noexcept
      : connection_(std::exchange(other.connection_, nullptr)) {}
  UpstreamLease& operator=(UpstreamLease&& other) noexcept {
    discard();
    connection_ = std::exchange(other.connection_, nullptr);
    return *this;
  }
  ~UpstreamLease() { discard(); }

  [[nodiscard]] bool valid() const noexcept { return connection_ != nullptr; }
  // A non-blocking, connected socket.
  [[nodiscard]] int fd() const noexcept;
  // It has served others before, so the peer may have just closed it: a request that finds it
  // closed was not processed, and may be repeated on another one.
  [[nodiscard]] bool reused() const noexcept;

  // Sets the handler for the socket's events from now on. Errors: those of EventLoop::watch.
  Result<void> report_to(EventHandler& handler, Interest interest);

  // Returns it to the pool for the next caller. The conversation must be over.
  void give_back();
  // Closes the connection.
  void discard();

 private:
  friend class UpstreamPool;
  class Connection;
  explicit UpstreamLease(Connection& connection) noexcept : connection_(&connection) {}

  Connection* connection_ = nullptr;
};

// Connections of one loop to one upstream server, opened without blocking and reused. The most
// recently used one is reused first, so surplus ones idle and expire. If the peer closes an idle
// connection, the pool drops it. For the loop's thread only: with a pool per loop there is no lock.
// Loop and pool must outlive the leases. A forked child can't use its parent's connections.
class UpstreamPool final : private EventHandler {
 public:
  // Receives a connection, or the reason why there is none. Called by the loop, never from within
  // `acquire`; may acquire again, but must not destroy the pool.
  using Acquired = std::function<void(Result<UpstreamLease>)>;
  // Identifies a waiting caller.
  using Ticket = std::uint64_t;

  UpstreamPool(EventLoop& loop, const Address& address, UpstreamOptions options = {});
  ~UpstreamPool() override;
  UpstreamPool(const UpstreamPool&) = delete;
  UpstreamPool& operator=(const UpstreamPool&) = delete;

  // Requests a connection; doesn't block. `acquired` may receive ECONNREFUSED, ETIMEDOUT, EAGAIN (a
  // UNIX socket whose backlog is full), and the other errors of start_connect.
  // Errors: EAGAIN (max_waiters are waiting already), EPERM (in a forked child).
  Result<Ticket> acquire(Acquired acquired);
  // Stops waiting: `acquired` won't be called. Harmless if it was called already.
  void cancel(Ticket ticket);

  [[nodiscard]] UpstreamStatistics statistics() const;

 private:
  friend class UpstreamLease;
  using Connection = UpstreamLease::Connection;

  struct Waiter {
    Ticket ticket;
    Deadline deadline;
    Acquired acquired;
  };

  void on_ready(Ready ready) override;
  Result<void> open_connection();
  void on_connected(const Connector* connector, Result<Fd> fd);
  void become_idle(Connection& connection);
  void on_idle_lost(Connection& connection);
  void on_idle_expired(Connection& connection);
  void on_waiters_due();
  void end(Connection& connection);
  void lend_idle();
  void open_for_waiters();
  void fail_first_waiter(Error error);
  Waiter take_first_waiter();
  void serve_later();
  [[nodiscard]] std::size_t open_count() const noexcept {
    return connecting_.size() + connections_.size();
  }
  [[nodiscard]] bool is_forked_copy() const noexcept;

  EventLoop& loop_;
  const Address address_;
  const UpstreamOptions options_;
  const pid_t owner_;
  const Token token_;
  Timer waiters_timer_;
  std::vector<std::unique_ptr<Connector>> connecting_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<Connection*> idle_;  // the most recently used one is last
  std::deque<Waiter> waiters_;     // in order of their deadlines
  Ticket next_ticket_ = 1;
  UpstreamStatistics counters_;
};

}  // namespace hpserver

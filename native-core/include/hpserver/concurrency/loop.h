#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "hpserver/concurrency/server_options.h"
#include "hpserver/event/reactor.h"
#include "hpserver/event/timer.h"
#include "hpserver/net/acceptor.h"
#include "hpserver/net/connection_set.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// What one thread of a multiplexed server runs: a reactor, its connections, their service, and
// where new connections come from: listeners of its own, a mailbox that another loop fills, or
// both. Driven by `reactor().run()`, or by a foreign loop that watches the reactor's descriptor.
// For its thread only, but for what says "any thread".
class Loop {
 public:
  // `budget` outlives the loop; loops of one server share it.
  // Errors: those of the poller's and the reactor's creation.
  static Result<std::unique_ptr<Loop>> create(const ServerParts& parts,
                                              const ServerOptions& options,
                                              ConnectionBudget& budget);
  ~Loop();

  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Accepts from `listen_fd` and serves what comes. Errors: those of Acceptor::create.
  Result<void> listen(Fd listen_fd);

  // Opens the mailbox: a pipe by which another thread dispatches connected sockets to this loop.
  // Errors: EMFILE, ENFILE.
  Result<void> open_mailbox();
  // Any thread, after `open_mailbox`: gives a connected socket to this loop. Never blocks; when the
  // pipe is full (16,384 sockets wait already) the socket is closed.
  void send(Fd conn_fd);

  // Closes the listeners, lets every connection finish its request, and calls `on_drained` when
  // none is left or `drain_timeout` has passed. Call it once.
  void drain(std::function<void()> on_drained);
  // Ends every connection at once; a drain under way is over with that.
  void close_all();

  // Any thread: how many connections it has.
  [[nodiscard]] std::size_t open_count() const noexcept {
    return connections_.counters().open.load(std::memory_order_relaxed);
  }
  [[nodiscard]] Reactor& reactor() noexcept { return *reactor_; }
  [[nodiscard]] ConnectionSet& connections() noexcept { return connections_; }
  [[nodiscard]] Service& service() noexcept { return *service_; }

 private:
  class Mailbox;

  Loop(std::unique_ptr<Reactor> reactor, std::unique_ptr<Service> service,
       const ServerOptions& options, ConnectionBudget& budget);
  void check_drained();

  std::unique_ptr<Reactor> reactor_;
  std::unique_ptr<Service> service_;
  ConnectionSet connections_;
  Trigger trigger_;
  std::chrono::milliseconds drain_timeout_;
  std::vector<std::unique_ptr<Acceptor>> acceptors_;
  std::unique_ptr<Mailbox> mailbox_;
  std::function<void()> on_drained_;
  Deadline drain_deadline_;
  Timer drain_timer_;
};

}  // namespace hpserver

#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "hpserver/concurrency/server_options.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"
#include "hpserver/os/fd.h"
#include "hpserver/transport/io_unit.h"

namespace hpserver {

// What one thread of a server runs: an I/O unit, its connections, their service, and its sources of
// new connections: its own listeners, a mailbox that another loop fills, or both. Driven by `run`,
// or by a foreign loop that watches the event loop's descriptor.
// For its thread only, unless it says "any thread".
class Loop {
 public:
  // `budget` must outlive the loop; loops of one server share it. Steps that aren't the loop's duty
  // go to the crew of its connections. `executor` is the number of the loop's meter. Errors: those
  // of `parts.make_io`.
  static Result<std::unique_ptr<Loop>> create(const ServerParts& parts,
                                              const ServerOptions& options,
                                              ConnectionBudget& budget, Duties duties = {},
                                              std::size_t executor = 0);
  ~Loop();

  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Accepts from `listen_fd` and serves the connections. Errors: those of Transport::listen.
  Result<void> listen(Fd listen_fd);

  // Makes its listeners look for connections again; see Listener::look_again.
  void look_again();

  // Opens the mailbox: a pipe through which another thread dispatches connected sockets to this
  // loop. Errors: EMFILE, ENFILE.
  Result<void> open_mailbox();
  // Any thread, after `open_mailbox`: gives a connected socket to this loop. Never blocks; if the
  // pipe is full (16,384 sockets are waiting), or the loop has ended, closes the socket.
  void send(Fd conn_fd);
  // Any thread, after `open_mailbox`: false once the loop has ended.
  [[nodiscard]] bool takes_more() const noexcept;

  // Serves until its event loop is stopped, then closes the remaining connections on this thread.
  // Blocks. Errors: those of EventLoop::run.
  Result<void> run();

  // Closes the listeners, lets every connection finish its request, and calls `on_drained` when
  // none is left or `drain_timeout` has passed. Only the first call has an effect.
  void drain(std::function<void()> on_drained, Listening after = Listening::ends);
  // Closes every connection at once, which also ends a drain.
  void close_all();

  // Any thread: how many connections are open.
  [[nodiscard]] std::size_t open_count() const noexcept {
    return connections_.counters().open.load(std::memory_order_relaxed);
  }
  [[nodiscard]] EventLoop& event_loop() noexcept { return *io_.loop; }
  [[nodiscard]] BufferPool& buffers() noexcept { return *buffers_; }
  [[nodiscard]] ConnectionSet& connections() noexcept { return connections_; }
  [[nodiscard]] Service& service() noexcept { return *service_; }

 private:
  class Mailbox;

  Loop(IoUnit io, std::unique_ptr<Service> service, const ServerOptions& options,
       ConnectionBudget& budget, Duties duties);
  void check_drained();
  void shrink_later();
  void shrink();

  std::shared_ptr<BufferPool> buffers_;          // perhaps shared by all loops of a server
  std::shared_ptr<MemoryBudget> memory_budget_;  // shared by the loops of a process; null: no limit
  IoUnit io_;
  std::unique_ptr<Service> service_;
  ConnectionSet connections_;
  WatchedMark mark_;
  std::chrono::milliseconds drain_timeout_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::unique_ptr<Mailbox> mailbox_;
  std::function<void()> on_drained_;
  Deadline drain_deadline_;
  Timer drain_timer_;
  Timer shrink_timer_;
};

}  // namespace hpserver

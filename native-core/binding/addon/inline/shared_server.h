#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/concurrency/least_loaded.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/connection/connection_budget.h"
#include "hpserver/connection/waiting_connections.h"
#include "hpserver/event/heartbeat.h"
#include "hpserver/event/notices.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"
#include "hpserver/socket/listen.h"

namespace hpserver::binding {

// What the JavaScript threads of one server share: its listening sockets, its connection budget,
// and the loops that connections are dispatched to. Threads find it by its number, since JavaScript
// values can't be passed between them. The sockets stay here while loops come and go: a worker that
// fails loses its own connections, not those in the backlog.
class SharedServer {
 public:
  struct Options {
    std::vector<Address> listen;
    ListenOptions listen_options;
    // Loops that accept by themselves, each from its own socket.
    std::size_t shards = 1;
    std::size_t max_connections = 0;
  };

  // Listens. On failure, `failed_at` is the address concerned. Errors: those of
  // ListeningSockets::bind; EMFILE.
  static Result<std::shared_ptr<SharedServer>> open(const Options& options, Address& failed_at);
  // Any thread: returns the server with this number; null once it is closed.
  static std::shared_ptr<SharedServer> find(std::uint32_t id);

  explicit SharedServer(std::shared_ptr<ConnectionBudget> budget) : budget_(std::move(budget)) {}
  virtual ~SharedServer() = default;

  SharedServer(const SharedServer&) = delete;
  SharedServer& operator=(const SharedServer&) = delete;

  [[nodiscard]] std::uint32_t id() const noexcept { return id_; }
  [[nodiscard]] const std::vector<Address>& addresses() const noexcept { return addresses_; }
  [[nodiscard]] ConnectionBudget& budget() noexcept { return *budget_; }

  // Any thread: returns duplicates of a shard's listening sockets, one per address. Errors: EMFILE;
  // EBADF after `close_listeners`.
  virtual Result<std::vector<Fd>> shard(std::size_t index);

  // Any thread: from now on only the loops hold the sockets, so listening ends with the last one
  // that closes its own. The number becomes invalid.
  void close_listeners();

  // The loop's thread: dispatches connections to this loop from now on until `leave`.
  // Errors: those of Loop::open_mailbox.
  virtual Result<void> join(Loop& loop);
  virtual void leave(Loop& loop);
  // The loop's thread, before it drains: takes what has been dispatched to it.
  virtual void before_drain(Loop&) {}
  // The pulse of its only loop, if another process watches it; null: none does.
  [[nodiscard]] virtual Pulse* pulse() const noexcept { return nullptr; }
  // What happens to the sockets when a loop has drained.
  [[nodiscard]] virtual Listening after_drain() const noexcept { return Listening::ends; }
  // Any thread: passes a connection to the loop with the fewest connections. While no loop has
  // joined, for example when the only worker restarts, some connections wait; see
  // WaitingConnections.
  void dispatch(Fd conn_fd, Notices& notices);
  // Any thread: no loop will join any more, so closes the waiting connections.
  void give_up_waiting(Notices& notices);

 protected:
  // Assigns its number.
  static void add(const std::shared_ptr<SharedServer>& server);
  void set_addresses(std::vector<Address> addresses) { addresses_ = std::move(addresses); }

 private:
  [[nodiscard]] Loop& least_loaded();

  std::uint32_t id_ = 0;
  std::vector<Address> addresses_;
  std::shared_ptr<ConnectionBudget> budget_;  // may count in memory that the process inherited
  std::mutex mutex_;
  std::vector<std::vector<Fd>> listen_fds_;  // by shard, then by address
  std::vector<Loop*> loops_;
  WaitingConnections waiting_;
  LeastLoaded chooser_;
};

}  // namespace hpserver::binding

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
// and the loops that connections are dispatched to. Threads find it by its number, since no
// JavaScript value crosses them. The sockets stay here while loops come and go: a worker that
// fails loses its own connections, not those that wait in the backlog.
class SharedServer {
 public:
  struct Options {
    std::vector<Address> listen;
    ListenOptions listen_options;
    // Loops that accept by themselves, each from a socket of its own.
    std::size_t shards = 1;
    std::size_t max_connections = 0;
  };

  // Listens. `failed_at` becomes the address that an error is about. Errors: those of
  // ListeningSockets::bind; EMFILE.
  static Result<std::shared_ptr<SharedServer>> open(const Options& options, Address& failed_at);
  // Any thread: the server with this number; null once it is closed.
  static std::shared_ptr<SharedServer> find(std::uint32_t id);

  explicit SharedServer(std::shared_ptr<ConnectionBudget> budget) : budget_(std::move(budget)) {}
  virtual ~SharedServer() = default;

  SharedServer(const SharedServer&) = delete;
  SharedServer& operator=(const SharedServer&) = delete;

  [[nodiscard]] std::uint32_t id() const noexcept { return id_; }
  [[nodiscard]] const std::vector<Address>& addresses() const noexcept { return addresses_; }
  [[nodiscard]] ConnectionBudget& budget() noexcept { return *budget_; }

  // Any thread: duplicates of a shard's listening sockets, one per address. Errors: EMFILE; EBADF
  // after `close_listeners`.
  virtual Result<std::vector<Fd>> shard(std::size_t index);

  // Any thread: from now on the loops alone hold the sockets, so that the last one that closes
  // its own ends the listening. The number is forgotten.
  void close_listeners();

  // The loop's thread: takes part in what is dispatched, from now on and until `leave`.
  // Errors: those of Loop::open_mailbox.
  virtual Result<void> join(Loop& loop);
  virtual void leave(Loop& loop);
  // The loop's thread, before it drains: has it take what has been dispatched to it.
  virtual void before_drain(Loop&) {}
  // That of its only loop, where another process looks at it; null: none does.
  [[nodiscard]] virtual Pulse* pulse() const noexcept { return nullptr; }
  // What becomes of the sockets when a loop has drained.
  [[nodiscard]] virtual Listening after_drain() const noexcept { return Listening::ends; }
  // Any thread: hands a connection to the loop that has the fewest. While no loop has joined, such
  // as when the only worker starts anew, some wait for one; see WaitingConnections.
  void dispatch(Fd conn_fd, Notices& notices);
  // Any thread: no loop will join any more; whoever waits for one is closed.
  void give_up_waiting(Notices& notices);

 protected:
  // Gives it its number.
  static void add(const std::shared_ptr<SharedServer>& server);
  void set_addresses(std::vector<Address> addresses) { addresses_ = std::move(addresses); }

 private:
  [[nodiscard]] Loop& least_loaded();

  std::uint32_t id_ = 0;
  std::vector<Address> addresses_;
  std::shared_ptr<ConnectionBudget> budget_;  // what it counts in may be a process's inheritance
  std::mutex mutex_;
  std::vector<std::vector<Fd>> listen_fds_;  // by shard, then by address
  std::vector<Loop*> loops_;
  WaitingConnections waiting_;
  LeastLoaded chooser_;
};

}  // namespace hpserver::binding

#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "addon/process/process_shares.h"
#include "hpserver/concurrency/least_loaded.h"
#include "hpserver/connection/waiting_connections.h"
#include "hpserver/event/notices.h"
#include "hpserver/os/fd.h"

namespace hpserver::binding {

// Passes connections to child processes (SCM_RIGHTS), each to the child with the fewest. Any
// thread.
class Handout {
 public:
  // The shares must outlive it.
  explicit Handout(const ProcessShares& shares) : shares_(shares) {}

  // The child with this index now takes connections from `socket`, or has ended.
  void begin(std::size_t index, Fd socket);
  void end(std::size_t index);

  // While no child serves, or the serving ones have no room in their sockets, some connections
  // wait; see WaitingConnections. True: call `go_on` soon.
  [[nodiscard]] bool hand_over(Fd conn_fd, Notices& notices);
  // Passes on waiting connections as far as there is room. True: call it again soon.
  [[nodiscard]] bool go_on();
  // No child will begin any more: closes the waiting connections.
  void give_up_waiting(Notices& notices);

 private:
  struct Recipient {
    std::size_t index;
    Fd socket;
    std::uint64_t sent_count;
  };

  void send_waiting();
  [[nodiscard]] bool send(int conn_fd);
  [[nodiscard]] bool is_behind() const noexcept {
    return !waiting_.empty() && !recipients_.empty();
  }
  [[nodiscard]] Recipient& least_loaded();
  [[nodiscard]] std::size_t load_of(const Recipient& recipient) const noexcept;

  const ProcessShares& shares_;
  std::mutex mutex_;
  std::vector<Recipient> recipients_;
  WaitingConnections waiting_;
  LeastLoaded chooser_;
};

}  // namespace hpserver::binding

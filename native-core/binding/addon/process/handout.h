#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "addon/process/process_shares.h"
#include "hpserver/os/fd.h"

namespace hpserver::binding {

// Passes connections to child processes (SCM_RIGHTS), each to the one that has the fewest. Any
// thread.
class Handout {
 public:
  // The shares outlive it.
  explicit Handout(const ProcessShares& shares) : shares_(shares) {}

  // The child with this index serves, and takes connections from `socket`; or has ended.
  void begin(std::size_t index, Fd socket);
  void end(std::size_t index);

  // While no child serves, some connections wait for one; at the limit of those, and where children
  // are so slow that their sockets are full, the connection is closed.
  void hand_over(Fd conn_fd);

 private:
  struct Recipient {
    std::size_t index;
    Fd socket;
    std::uint64_t sent_count;
  };

  [[nodiscard]] bool send(int conn_fd);
  [[nodiscard]] Recipient& least_loaded();
  [[nodiscard]] std::size_t load_of(const Recipient& recipient) const noexcept;

  const ProcessShares& shares_;
  std::mutex mutex_;
  std::vector<Recipient> recipients_;
  std::deque<Fd> waiting_;
  std::size_t next_ = 0;
};

}  // namespace hpserver::binding

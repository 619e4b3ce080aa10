#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "hpserver/connection/connection_share.h"

namespace hpserver {

// How many connections a server may have open, over all loops of a process and all processes that
// share their counts. Asked when a connection opens and closes, never per request. Any thread.
class ConnectionBudget {
 public:
  // For a single process.
  explicit ConnectionBudget(std::size_t max_count) : max_count_(max_count), own_(only_) {}
  // For one process of several: counts its own connections in `own`. All shares must outlive the
  // budget.
  ConnectionBudget(std::size_t max_count, ConnectionShare& own,
                   std::vector<const ConnectionShare*> others)
      : max_count_(max_count), own_(own), others_(std::move(others)) {}

  ConnectionBudget(const ConnectionBudget&) = delete;
  ConnectionBudget& operator=(const ConnectionBudget&) = delete;

  // Counts a connection; false, without counting it, at the limit. If several processes ask for the
  // last place at once, possibly none of them gets it.
  [[nodiscard]] bool take() noexcept {
    // Counts first, then reads the others' counts: if two processes do so at once, at least one of
    // them sees the other's connection.
    std::size_t count = own_.open_count.fetch_add(1);
    for (const ConnectionShare* const other : others_) count += other->open_count.load();
    if (count >= max_count_) {
      own_.open_count.fetch_sub(1);
      return false;
    }
    own_.accepted_count.fetch_add(1, std::memory_order_relaxed);
    return true;
  }
  // A counted connection has closed.
  void give_back() noexcept { own_.open_count.fetch_sub(1); }

  // For this process.
  [[nodiscard]] std::size_t open_count() const noexcept { return own_.open_count.load(); }
  [[nodiscard]] std::size_t max_count() const noexcept { return max_count_; }

 private:
  const std::size_t max_count_;
  ConnectionShare only_;
  ConnectionShare& own_;
  std::vector<const ConnectionShare*> others_;
};

}  // namespace hpserver

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "hpserver/base/clock.h"

namespace hpserver {

// Names one timer of a TimerHeap; invalid once the timer has fired or was cancelled.
struct TimerId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  // 0 is never used
};

// Precise timers that call functions, for the few timers that must not be a tick late (a reconnect,
// a scheduled job). If every connection needs a timer, use TimerWheel. A binary heap by deadline:
// adding, cancelling and firing cost O(log n). Timers with the same deadline fire in the order
// added. One thread.
class TimerHeap {
 public:
  using Callback = std::function<void()>;

  // Calls `callback` once, in the first `advance` at or after `deadline`.
  TimerId add(Deadline deadline, Callback callback);

  // Cancels a timer; false if it has fired already. Any callback may call it, even for its own
  // timer.
  bool cancel(TimerId id);

  // Fires what is due by `now`, in order, but at most as many as there were timers at the start: a
  // callback that keeps adding due timers can't hold up the loop. Returns how many fired.
  std::size_t advance(Deadline now);

  // When `advance` will next find something.
  [[nodiscard]] std::optional<Deadline> next_expiry() const;

  [[nodiscard]] std::size_t size() const noexcept { return heap_.size(); }

 private:
  struct Entry {
    Deadline deadline;
    std::uint64_t sequence;
    std::uint32_t slot;

    [[nodiscard]] bool before(const Entry& other) const noexcept {
      if (deadline != other.deadline) return deadline < other.deadline;
      return sequence < other.sequence;
    }
  };

  struct Slot {
    Callback callback;
    std::uint32_t generation = 1;
    std::size_t position = 0;  // in the heap
  };

  std::uint32_t take_slot();
  void place(std::size_t position, const Entry& entry);
  void sift_up(std::size_t position, const Entry& entry);
  void sift_down(std::size_t position, const Entry& entry);
  Callback remove(std::size_t position);

  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace hpserver

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "hpserver/base/clock.h"

namespace hpserver {

// A place in a TimerWheel, as a base or a member of whatever is timed: 24 bytes, no allocation.
// Leaves its wheel when destroyed.
class TimerNode {
 public:
  TimerNode() noexcept : previous_(this), next_(this) {}
  TimerNode(const TimerNode&) = delete;
  TimerNode& operator=(const TimerNode&) = delete;
  ~TimerNode() { unlink(); }

  [[nodiscard]] bool scheduled() const noexcept { return next_ != this; }

  // Cancels; harmless if nothing is scheduled. The wheel's thread.
  void unlink() noexcept {
    previous_->next_ = next_;
    next_->previous_ = previous_;
    previous_ = next_ = this;
  }

 private:
  friend class TimerWheel;

  void link_before(TimerNode& other) noexcept {
    previous_ = other.previous_;
    next_ = &other;
    previous_->next_ = this;
    other.previous_ = this;
  }

  TimerNode* previous_;
  TimerNode* next_;
  std::uint64_t due_tick_ = 0;
};

// Coarse timers for many connections: `schedule` and `unlink` are a few stores each, and the only
// other cost is one `advance` per turn of the loop. A node is never early and at most one tick
// late. To avoid rescheduling per request, a busy connection stores its current deadline itself,
// and its callback reschedules the node if the deadline has moved. One thread. See: Varghese &
// Lauck, "Hashed and Hierarchical Timing Wheels", scheme 6.
class TimerWheel {
 public:
  static constexpr std::size_t kDefaultSlots = 512;

  // `slots` is a power of two, at least 64. A deadline beyond slots × tick is fine: its node waits
  // in the furthest slot and is filed again from there.
  TimerWheel(std::chrono::milliseconds tick, Deadline now, std::size_t slots = kDefaultSlots);

  // Nodes may outlive the wheel.
  ~TimerWheel();
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;

  // Files `node`, which the caller keeps, to be reported at `deadline`; moves it if it is already
  // filed.
  void schedule(TimerNode& node, Deadline deadline) noexcept;

  // Calls `on_due(TimerNode&)` for every node due by `now`, and returns how many there were. Each
  // is unlinked first, so the callback may reschedule it, or destroy it or any other.
  template <typename OnDue>
  std::size_t advance(Deadline now, OnDue&& on_due) {
    const std::uint64_t last = tick_at(now);
    std::size_t count = 0;
    while (TimerNode* node = take_due(last)) {
      on_due(*node);
      ++count;
    }
    return count;
  }

  // When `advance` may next find something, so the loop knows how long to sleep; nothing: forever.
  [[nodiscard]] std::optional<Deadline> next_expiry() noexcept;

 private:
  using Word = std::uint64_t;
  static constexpr std::size_t kBitsPerWord = 64;

  [[nodiscard]] std::uint64_t tick_at(Deadline instant) const noexcept;
  [[nodiscard]] TimerNode* take_due(std::uint64_t last) noexcept;
  void file(TimerNode& node) noexcept;
  void open_next_slot(std::uint64_t last) noexcept;
  [[nodiscard]] std::optional<std::uint64_t> next_occupied_tick() noexcept;

  const Clock::duration tick_;
  const Deadline start_;
  // Everything up to and including this tick has been reported, or is in `due_`.
  std::uint64_t current_ = 0;
  // The slot being reported, as a list of its own, so callbacks can file into the slot again.
  TimerNode due_;
  // One ring per slot; this is its head.
  std::vector<TimerNode> slots_;
  // A bit per slot, set when something is filed and cleared when the slot is found empty.
  std::vector<Word> occupied_;
};

}  // namespace hpserver

#pragma once

#include <atomic>
#include <cstdint>

#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"

namespace hpserver {

// When a loop last moved, in memory that processes may share: no pointers, no locks, and zeroed
// memory means that no watchdog is looking.
struct Pulse {
  // Set by the watchdog: how often the loop must report; 0: never.
  std::atomic<std::int64_t> period_ms{0};
  // Set by the loop, in milliseconds of CLOCK_MONOTONIC; 0: it isn't running.
  std::atomic<std::int64_t> moved_at_ms{0};
};

static_assert(std::atomic<std::int64_t>::is_always_lock_free);

// Reports in a pulse that a loop moves, using one of the loop's timers: an idle loop still reports,
// but a loop stuck in a call doesn't. Construct it on the loop's thread or before the loop runs.
// Costs nothing while no watchdog looks.
class Heartbeat final : public TimerHandler {
 public:
  // `loop` and `pulse` must outlive the heartbeat.
  Heartbeat(EventLoop& loop, Pulse& pulse);
  ~Heartbeat() override;

  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  void on_timer() override;

 private:
  EventLoop& loop_;
  Pulse& pulse_;
};

// The current time in the unit of pulses.
[[nodiscard]] std::int64_t pulse_time_ms() noexcept;

}  // namespace hpserver

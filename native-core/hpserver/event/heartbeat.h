#pragma once

#include <atomic>
#include <cstdint>

#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"

namespace hpserver {

// When a loop moved last, in memory that processes may share: no pointers, no locks, and zeroed
// memory is one that nobody looks at.
struct Pulse {
  // The watchdog's word: how often the loop is to say so; 0: never.
  std::atomic<std::int64_t> period_ms{0};
  // The loop's word, in milliseconds of CLOCK_MONOTONIC; 0: it doesn't run.
  std::atomic<std::int64_t> moved_at_ms{0};
};

static_assert(std::atomic<std::int64_t>::is_always_lock_free);

// Has a loop say in its pulse that it moves, by a timer of the loop's own: one that idles does, one
// that is kept in a call doesn't. From construction, on the loop's thread or before it runs, until
// destruction. Costs nothing where nobody looks at the pulse.
class Heartbeat final : public TimerHandler {
 public:
  // Both outlive it.
  Heartbeat(EventLoop& loop, Pulse& pulse);
  ~Heartbeat() override;

  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  void on_timer() override;

 private:
  EventLoop& loop_;
  Pulse& pulse_;
};

// The present, as pulses have it.
[[nodiscard]] std::int64_t pulse_time_ms() noexcept;

}  // namespace hpserver

#pragma once

#include <functional>
#include <utility>

#include "hpserver/event/timer_wheel.h"

namespace hpserver {

// Whoever waits for a deadline in a reactor's wheel: a place in the wheel, and what happens then.
// Leaves the wheel by itself when it is destroyed.
class TimerHandler : public TimerNode {
 public:
  virtual ~TimerHandler() = default;

  // The deadline has passed, by less than a tick. May schedule itself again, or destroy itself.
  virtual void on_timer() = 0;
};

// A timer that calls a function; for the rare ones, where a base class would be more than it earns.
class Timer final : public TimerHandler {
 public:
  explicit Timer(std::function<void()> callback) : callback_(std::move(callback)) {}

  void on_timer() override { callback_(); }

 private:
  std::function<void()> callback_;
};

}  // namespace hpserver

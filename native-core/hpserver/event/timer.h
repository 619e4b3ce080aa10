#pragma once

#include <functional>
#include <utility>

#include "hpserver/event/timer_wheel.h"

namespace hpserver {

// Waits for a deadline in a loop's wheel, and leaves the wheel when destroyed.
class TimerHandler : public TimerNode {
 public:
  virtual ~TimerHandler() = default;

  // The deadline has passed, by less than a tick. May schedule itself again, or destroy itself.
  virtual void on_timer() = 0;
};

// A timer that calls a function, where a class of its own isn't worth it.
class Timer final : public TimerHandler {
 public:
  explicit Timer(std::function<void()> callback) : callback_(std::move(callback)) {}

  void on_timer() override { callback_(); }

 private:
  std::function<void()> callback_;
};

}  // namespace hpserver

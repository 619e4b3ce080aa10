#pragma once

#include <algorithm>
#include <chrono>
#include <limits>

#include "hpserver/base/clock.h"

namespace hpserver {

// The rest of a wait's timeout, for when the wait must be restarted.
class TimeLeft {
 public:
  // A negative timeout is infinite and stays so. Zero only checks, and reads no clock.
  explicit TimeLeft(std::chrono::milliseconds timeout)
      : timeout_(std::clamp(timeout, std::chrono::milliseconds{-1}, kLongest)) {
    if (timeout_.count() > 0) end_ = Clock::now() + timeout_;
  }

  // In the form that poll(2) and epoll_wait(2) expect: -1 is infinite, 0 once it is over.
  [[nodiscard]] int in_milliseconds() const {
    if (timeout_.count() <= 0) return static_cast<int>(timeout_.count());
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(rest.count(), 0));
  }

 private:
  static constexpr std::chrono::milliseconds kLongest{std::numeric_limits<int>::max()};

  std::chrono::milliseconds timeout_;
  Deadline end_;
};

}  // namespace hpserver

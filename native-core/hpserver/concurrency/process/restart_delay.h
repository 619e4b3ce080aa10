#pragma once

#include <chrono>

namespace hpserver {

// How long to wait before restarting a process. The first restart is immediate, so a crash costs
// next to nothing. While the process keeps dying young, the delay grows: what fails at the start
// will fail again, and only costs the other processes time. One per process.
class RestartDelay {
 public:
  // A process that has lived this long starts with a clean slate.
  static constexpr std::chrono::milliseconds kGrownUp{5'000};
  static constexpr std::chrono::milliseconds kFirst{100};
  static constexpr std::chrono::milliseconds kLongest{5'000};

  // Returns the delay for a process that has died after `lifetime` (zero: it could not even be
  // started).
  std::chrono::milliseconds next(std::chrono::milliseconds lifetime) noexcept;

 private:
  std::chrono::milliseconds next_{0};
};

}  // namespace hpserver

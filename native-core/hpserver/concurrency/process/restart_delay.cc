#include "hpserver/concurrency/process/restart_delay.h"

#include <algorithm>
#include <utility>

namespace hpserver {

std::chrono::milliseconds RestartDelay::next(std::chrono::milliseconds lifetime) noexcept {
  if (lifetime >= kGrownUp) next_ = std::chrono::milliseconds::zero();
  const auto following = std::clamp(next_ * 2, kFirst, kLongest);
  return std::exchange(next_, following);
}

}  // namespace hpserver

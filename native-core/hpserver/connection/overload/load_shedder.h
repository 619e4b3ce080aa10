#pragma once

#include <chrono>

#include "hpserver/base/clock.h"

namespace hpserver {

// Decides whether work that has waited can still be begun, when there is more than can be done. One
// for all who take from the same queue, or for a loop. Any thread.
class LoadShedder {
 public:
  virtual ~LoadShedder() = default;

  // Work that has waited so long would begin now. False: it is sent away instead.
  [[nodiscard]] virtual bool keeps_up(std::chrono::nanoseconds waited, Deadline now) noexcept = 0;
};

}  // namespace hpserver

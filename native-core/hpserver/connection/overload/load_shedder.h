#pragma once

#include <chrono>

#include "hpserver/base/clock.h"

namespace hpserver {

// Decides whether work that has waited may still begin if the server is overloaded. One per queue,
// or per loop. Any thread.
class LoadShedder {
 public:
  virtual ~LoadShedder() = default;

  // Work that has waited this long is about to begin. False: refuse it instead.
  [[nodiscard]] virtual bool keeps_up(std::chrono::nanoseconds waited, Deadline now) noexcept = 0;
};

}  // namespace hpserver

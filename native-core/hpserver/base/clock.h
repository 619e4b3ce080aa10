#pragma once

#include <chrono>

namespace hpserver {

// The clock of every timer and timeout. It is monotonic, so setting the system time neither fires
// nor delays a timer. See: clock_gettime(2), CLOCK_MONOTONIC.
using Clock = std::chrono::steady_clock;

// An instant at which something is due.
using Deadline = Clock::time_point;

}  // namespace hpserver

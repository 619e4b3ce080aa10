#pragma once

#include <chrono>

namespace hpserver {

// The clock of every timer and time-out: monotonic, so that setting the system's time neither fires
// nor delays anything. See: clock_gettime(2), CLOCK_MONOTONIC.
using Clock = std::chrono::steady_clock;

// An instant at which something is due.
using Deadline = Clock::time_point;

}  // namespace hpserver

#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "hpserver/connection/connection_share.h"
#include "hpserver/event/heartbeat.h"

namespace hpserver {

enum class WorkerState : std::uint8_t {
  vacant,    // no process
  starting,  // forked, but not ready yet
  serving,
  draining,  // accepts nothing new
};

// The status of one worker process, in memory shared with its parent and the other workers, any of
// which may read it at any time. Each has its own cache line, so a worker's counters don't slow
// down its neighbour.
struct alignas(64) WorkerStatus {
  // Written by the parent; only `serving` is set by the worker.
  std::atomic<pid_t> pid{0};
  std::atomic<WorkerState> state{WorkerState::vacant};
  std::atomic<std::uint32_t> restart_count{0};
  std::atomic<std::int64_t> started_at_ms{0};  // of CLOCK_MONOTONIC

  // Written by the worker. How many connections it took from its channel, whether it served or
  // refused them.
  std::atomic<std::uint64_t> received_count{0};
  ConnectionShare connections;
  Pulse pulse;
  // Why it gave up. A literal has the same address on both sides of a fork.
  std::atomic<int> failure_code{0};
  std::atomic<const char*> failure_operation{nullptr};
};

// A process may be killed at any instruction, and a lock inside these would stay locked.
static_assert(std::atomic<WorkerState>::is_always_lock_free &&
              std::atomic<std::uint64_t>::is_always_lock_free &&
              std::atomic<const char*>::is_always_lock_free);

}  // namespace hpserver

#pragma once

#include <chrono>

namespace hpserver {

// Lets executors that share listening sockets sleep in accept(2) one at a time. Any executor's
// thread, each with its own object.
class AcceptTurns {
 public:
  virtual ~AcceptTurns() = default;

  // Blocks until the caller leads, or `limit` has passed (false).
  [[nodiscard]] virtual bool take(std::chrono::milliseconds limit) = 0;
  // For the leader: makes the next executor lead.
  virtual void pass_on() = 0;
};

}  // namespace hpserver

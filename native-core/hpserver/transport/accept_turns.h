#pragma once

#include <chrono>

namespace hpserver {

// Whose turn it is to sleep in accept(2): executors that share listening sockets take it one at a
// time. Any of them, with its own turn.
class AcceptTurns {
 public:
  virtual ~AcceptTurns() = default;

  // Blocks until the caller leads, or `limit` has passed (false).
  [[nodiscard]] virtual bool take(std::chrono::milliseconds limit) = 0;
  // The leader: has the next one lead.
  virtual void pass_on() = 0;
};

}  // namespace hpserver

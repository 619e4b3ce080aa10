#pragma once

namespace hpserver {

class Connection;

// Executors beside a loop: they do the steps that are not the loop's own duty.
class Crew {
 public:
  virtual ~Crew() = default;

  // The loop's thread: has somebody call `connection.work`, and the loop's
  // ConnectionSet::take_back after it. False when too many wait already.
  [[nodiscard]] virtual bool take(Connection& connection) = 0;
};

}  // namespace hpserver

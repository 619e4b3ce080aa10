#pragma once

namespace hpserver {

class Connection;

// Executors beside a loop, which do the steps that aren't the loop's own duty.
class Crew {
 public:
  virtual ~Crew() = default;

  // The loop's thread: has a worker call `connection.work`, and then has the loop call
  // ConnectionSet::take_back. Returns false if too many connections are waiting already.
  [[nodiscard]] virtual bool take(Connection& connection) = 0;
};

}  // namespace hpserver

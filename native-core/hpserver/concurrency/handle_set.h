#pragma once

#include <mutex>
#include <vector>

#include "hpserver/concurrency/loop.h"
#include "hpserver/connection/crew.h"

namespace hpserver {

// The handles of leader/followers: one loop, for whose events the leader waits, and whose
// connections any thread may work on after getting their event. A handle is silent from its event
// until it is registered again (one-shot), so no two threads ever work on the same connection.
// Shared parts (timers, the list of connections) are locked; waiting and working are not.
class HandleSet final : public Crew {
 public:
  explicit HandleSet(Loop& loop) : loop_(loop) {}

  // The leader: blocks until connections have work to do; meanwhile it handles timers, signals and
  // new connections itself. If the result is empty, call it again.
  // Errors: those of EventLoop::wait.
  Result<std::vector<Connection*>> wait_for_event();

  // A thread has finished its work on the connection: closes it, or, as the last step, registers
  // its handle again. Returns other connections that now have work to do.
  std::vector<Connection*> register_handle(Connection& connection);

  // For the loop, which passes on connections that have work to do.
  [[nodiscard]] bool take(Connection& connection) override;

 private:
  Loop& loop_;
  std::mutex mutex_;  // for the loop's parts
  std::vector<Connection*> ready_;
  Deadline sleeping_until_;  // when the leader will wake up by itself
};

}  // namespace hpserver

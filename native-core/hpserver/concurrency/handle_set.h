#pragma once

#include <mutex>
#include <vector>

#include "hpserver/concurrency/loop.h"
#include "hpserver/connection/crew.h"

namespace hpserver {

// The handles of leader/followers: one loop whose events the leader waits for, and whose
// connections any thread may work on once an event was theirs. A handle is silent from its event
// until it is registered again (one-shot), so no two threads ever work on one connection. What is
// shared (timers, the list of connections) is touched under a lock; waiting and working are not.
class HandleSet final : public Crew {
 public:
  explicit HandleSet(Loop& loop) : loop_(loop) {}

  // The leader: blocks until connections have something to be worked on; timers, signals and new
  // connections are dealt with on the way, by the leader itself. Empty: it may ask again.
  // Errors: those of EventLoop::wait.
  Result<std::vector<Connection*>> wait_for_event();

  // A thread has done its work on the connection: its handle is registered again, last of all, or
  // the connection ends. Returns what further connections have to do because of it.
  std::vector<Connection*> register_handle(Connection& connection);

  // For the loop: its connections come here when they have something to do.
  [[nodiscard]] bool take(Connection& connection) override;

 private:
  Loop& loop_;
  std::mutex mutex_;  // of the loop's parts
  std::vector<Connection*> ready_;
  Deadline sleeping_until_;  // when the leader will look by itself
};

}  // namespace hpserver

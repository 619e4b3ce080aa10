#pragma once

#include "hpserver/base/result.h"
#include "hpserver/event/event_loop.h"

namespace hpserver {

// What runs beside a server, and answers whatever the server does. How, depends on the model: see
// Server::accompany.
class Companion {
 public:
  virtual ~Companion() = default;

  // Works on a thread of its own from now on. Errors: those of start_thread.
  virtual Result<void> run_on_thread() = 0;
  // The same, once `main` runs: a process may still fork until then. Should there be no thread for
  // it, the log hears of that.
  void run_beside(EventLoop& main);
  // Works within the turns of `parent`, the loop of a process that forks and must not have a second
  // thread. That loop outlives it, and hasn't run yet. Errors: those of EventLoop::watch.
  virtual Result<void> run_within(EventLoop& parent) = 0;
  // In a forked child: closes the descriptors that are the parent's alone. Nothing else of it may
  // be used there.
  virtual void abandon() noexcept = 0;
};

}  // namespace hpserver

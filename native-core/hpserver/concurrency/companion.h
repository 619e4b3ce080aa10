#pragma once

#include "hpserver/base/result.h"
#include "hpserver/event/event_loop.h"

namespace hpserver {

// Runs beside a server and answers no matter what the server does. How it runs depends on the
// model: see Server::accompany.
class Companion {
 public:
  virtual ~Companion() = default;

  // Starts running on a thread of its own. Errors: those of start_thread.
  virtual Result<void> run_on_thread() = 0;
  // Does the same, but only once `main` runs, since a process may still fork until then. If no
  // thread can be started, logs that.
  void run_beside(EventLoop& main);
  // Runs within the turns of `parent`, the loop of a process that forks and so must not have a
  // second thread. `parent` must outlive the companion, and must not have run yet. Errors: those of
  // EventLoop::watch.
  virtual Result<void> run_within(EventLoop& parent) = 0;
  // In a forked child: closes the descriptors that belong only to the parent. Don't use the
  // companion for anything else there.
  virtual void abandon() noexcept = 0;
};

}  // namespace hpserver

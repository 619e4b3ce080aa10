#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/reap.h"
#include "hpserver/os/spawn.h"

namespace hpserver {

// Starts, counts and reaps the child processes of one service, up to the given number of instances.
// With one instance, it works like inetd's `wait` (the next request waits until the current one is
// finished); with several, like `nowait`. Never reaps a child that it didn't start. One thread.
// See: Stevens, UNP, "inetd Superserver".
class Reaper {
 public:
  explicit Reaper(std::size_t max_instances) : max_instances_(max_instances) {}
  // Leaves running children alone; another process must then reap them.
  ~Reaper() = default;
  Reaper(const Reaper&) = delete;
  Reaper& operator=(const Reaper&) = delete;

  // Starts one more instance. Blocks for the duration of an exec. Errors: EAGAIN (max_instances are
  // running: leave the connection in its backlog and try again after `reap`), and those of spawn.
  Result<pid_t> start(const Program& program);

  // Reaps all of its children that have ended, calls `ended` for each, and returns how many there
  // were. Never blocks. Call it for every SIGCHLD: one signal may stand for several children.
  // `ended` may start another instance.
  std::size_t reap(const std::function<void(const ChildExit&)>& ended);

  // Sends `signal_number` (such as SIGTERM, when shutting down) to every running instance.
  void signal_all(int signal_number) const noexcept;

  [[nodiscard]] std::size_t running_count() const noexcept { return running_.size(); }
  [[nodiscard]] bool full() const noexcept { return running_.size() >= max_instances_; }

 private:
  const std::size_t max_instances_;
  std::vector<pid_t> running_;
};

}  // namespace hpserver

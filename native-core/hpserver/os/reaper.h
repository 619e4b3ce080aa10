#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/reap.h"
#include "hpserver/os/spawn.h"

namespace hpserver {

// The child processes of one service: as many instances at once as it may have, each started,
// counted and reaped. With one instance it is what inetd calls `wait`, where the next request has
// to wait for the end of the present one; with more, `nowait`. Takes nobody else's children. One
// thread. See: Stevens, UNP, "inetd Superserver".
class Reaper {
 public:
  explicit Reaper(std::size_t max_instances) : max_instances_(max_instances) {}
  // What still runs is left alone: it becomes its next ancestor's to reap.
  ~Reaper() = default;
  Reaper(const Reaper&) = delete;
  Reaper& operator=(const Reaper&) = delete;

  // Starts one more. Blocks for the length of an exec. Errors: EAGAIN (max_instances run: try again
  // after a `reap`, and leave the connection in its backlog meanwhile), and those of spawn.
  Result<pid_t> start(const Program& program);

  // Takes all of its children that have ended, and calls `ended` for each. Never blocks; for every
  // SIGCHLD, since those merge. Returns how many there were. `ended` may start another.
  std::size_t reap(const std::function<void(const ChildExit&)>& ended);

  // Sends `signal_number` to all that run, such as SIGTERM before an end.
  void signal_all(int signal_number) const noexcept;

  [[nodiscard]] std::size_t running_count() const noexcept { return running_.size(); }
  [[nodiscard]] bool full() const noexcept { return running_.size() >= max_instances_; }

 private:
  const std::size_t max_instances_;
  std::vector<pid_t> running_;
};

}  // namespace hpserver

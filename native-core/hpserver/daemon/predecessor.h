#pragma once

#include <sys/types.h>

#include <optional>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Who has started this process to take its place: an older one of the same server, which goes on
// until this one serves. See: Upgrade.
class Predecessor {
 public:
  // Whether the environment names one; before it is taken.
  [[nodiscard]] static bool is_there();

  // That of the environment ($HPSERVER_HANDOVER), which is taken away; nothing where nobody hands
  // over. Its listening sockets are inherited from now on. Main thread, before anything listens.
  // Errors: EINVAL, EBADF, those of inherit_listeners.
  static Result<std::optional<Predecessor>> take();

  // This process serves, so the other may end. What is inherited and wasn't taken is closed. Call
  // it once. The pipe stays open, since its end says that this process has ended.
  void tell_ready() const;

  [[nodiscard]] pid_t id() const noexcept { return id_; }
  // Of its PID file, with the lock; -1: it has none. See: PidFile::inherit.
  [[nodiscard]] int pid_file_fd() const noexcept { return pid_file_fd_; }

 private:
  Predecessor(pid_t id, int pid_file_fd, Fd ready_fd)
      : id_(id), pid_file_fd_(pid_file_fd), ready_fd_(std::move(ready_fd)) {}

  pid_t id_;
  int pid_file_fd_;
  Fd ready_fd_;
};

// What a server hands over: each socket that it listens at, once, by its number. Reads /proc, or
// looks at each number where that isn't there. See: socket(7), SO_ACCEPTCONN.
[[nodiscard]] std::vector<int> listening_descriptors();

// The files of those that are UNIX sockets are that process's to remove.
void leave_socket_files_to(pid_t owner);

}  // namespace hpserver

#pragma once

#include <sys/types.h>

#include <optional>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// An older process of the same server that started this one to take its place, and serves until
// this one does. See: Upgrade.
class Predecessor {
 public:
  // Whether the environment names a predecessor; false once `take` was called.
  [[nodiscard]] static bool is_there();

  // Returns the predecessor named in the environment ($HPSERVER_HANDOVER) and removes the variable;
  // nothing if there is none. Its listening sockets count as inherited from now on. Main thread,
  // before listening. Errors: EINVAL, EBADF, those of inherit_listeners.
  static Result<std::optional<Predecessor>> take();

  // Tells the predecessor that this process serves, so it may stop. Closes inherited sockets that
  // weren't taken. Call it once. The pipe stays open: when it closes, the predecessor knows that
  // this process has exited.
  void tell_ready() const;

  [[nodiscard]] pid_t id() const noexcept { return id_; }
  // Its PID file, with the lock; -1: it has none. See: PidFile::inherit.
  [[nodiscard]] int pid_file_fd() const noexcept { return pid_file_fd_; }

 private:
  Predecessor(pid_t id, int pid_file_fd, Fd ready_fd)
      : id_(id), pid_file_fd_(pid_file_fd), ready_fd_(std::move(ready_fd)) {}

  pid_t id_;
  int pid_file_fd_;
  Fd ready_fd_;
};

// The sockets that a server hands over: each listening socket once, by its number. Reads /proc, or
// tries every number if /proc isn't mounted. See: socket(7), SO_ACCEPTCONN.
[[nodiscard]] std::vector<int> listening_descriptors();

// Makes `owner` responsible for removing the files of all listening UNIX sockets.
void leave_socket_files_to(pid_t owner);

}  // namespace hpserver

#pragma once

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A program on its way into the background. The process that started it waits until it serves, then
// exits with 0, or with 1 if the program ends first. Until then both share the standard streams, so
// errors appear where the program was started. Main thread.
class Launch {
 public:
  // Continues as a daemon: a process adopted by init, in a session without a terminal (a first
  // fork, setsid, and a second fork, after which it isn't a session leader and can't acquire a
  // terminal), and leading its own process group, which its workers share. Returns only in the
  // daemon; the calling process never returns. Call it before opening anything or starting a
  // thread. Errors: EAGAIN, ENOMEM, EMFILE, those of opening /dev/null. See: daemon(7), "SysV
  // Daemons".
  static Result<Launch> detach();

  // Continues a launch whose process was already detached: `ready_fd` is the write end of the pipe
  // that the waiting process reads. Errors: EBADF.
  static Result<Launch> resume(int ready_fd);

  // The starting process keeps waiting until this process exits, so this process can first say why.
  ~Launch() { static_cast<void>(ready_fd_.release()); }
  Launch(Launch&&) noexcept = default;
  Launch& operator=(Launch&&) = delete;

  // Points the standard streams to /dev/null: call this before forking worker processes, which
  // inherit the streams; without workers, once nothing can fail any more. Duplicates, such as a
  // log's, must be given up too. Errors: those of dup2(2).
  Result<void> give_up_streams() const;

  // Tells the starting process that the program serves. It may have exited already, which is not an
  // error. Call it once.
  void ready() const;

 private:
  Launch(Fd ready_fd, Fd null) : ready_fd_(std::move(ready_fd)), null_(std::move(null)) {}
  static Result<Launch> create(Fd ready_fd);

  Fd ready_fd_;
  Fd null_;  // opened early: after chroot there may be no /dev
};

// Waits for the launched program at the other end of its pipe, and returns the exit status for the
// starting process: 0 once the program serves, 1 if it has ended. Blocks.
[[nodiscard]] int await_launch(const Fd& read_end);

// Becomes the leader of a session without a terminal, forks once more, and continues in that child
// as the leader of a process group. For a process that doesn't lead a group, before its first
// thread. Errors: EPERM (it leads a group), EAGAIN, ENOMEM. See: setsid(2).
Result<void> leave_session();

}  // namespace hpserver

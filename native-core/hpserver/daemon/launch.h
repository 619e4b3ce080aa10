#pragma once

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A program on its way into the background. Whoever started it waits until it serves: that process
// ends with 0 then, and with 1 if this one ends before; until then both share the standard streams,
// so that what went wrong is read where the program was started. For the main thread.
class Launch {
 public:
  // Goes on as a daemon: a process that init adopts, in a session without a terminal (a first fork,
  // setsid, and a second fork, after which it leads no session and can't get a terminal back), at
  // the head of a process group of its own, which its workers share. Returns in that process only;
  // the one that called never gets further. Call it before anything is opened and any thread is
  // started. Errors: EAGAIN, ENOMEM, EMFILE, those of opening /dev/null. See: daemon(7), "SysV
  // Daemons".
  static Result<Launch> detach();

  // Goes on with what somebody else has detached: `ready_fd` is the writing end of the pipe that
  // the waiting process reads. Errors: EBADF.
  static Result<Launch> resume(int ready_fd);

  // Whoever waits goes on waiting until the process has ended: why it does is said before that.
  ~Launch() { static_cast<void>(ready_fd_.release()); }
  Launch(Launch&&) noexcept = default;
  Launch& operator=(Launch&&) = delete;

  // Makes the standard streams /dev/null: before worker processes are forked, which inherit them,
  // or else once nothing can fail any more. Who holds a duplicate, such as a log, lets it go too.
  // Errors: those of dup2(2).
  Result<void> give_up_streams() const;

  // The program serves: whoever waits is told. It may have gone, which is no error. Call it once.
  void ready() const;

 private:
  Launch(Fd ready_fd, Fd null) : ready_fd_(std::move(ready_fd)), null_(std::move(null)) {}
  static Result<Launch> create(Fd ready_fd);

  Fd ready_fd_;
  Fd null_;  // opened early: another root directory may have no /dev
};

// Waits for what is launched, at the other end of its pipe: the exit status for whoever started it,
// 0 once it serves, 1 if it has ended. Blocks.
[[nodiscard]] int await_launch(const Fd& read_end);

// Becomes the leader of a session without a terminal, forks once more, and goes on in that child as
// the head of a process group. For a process that leads no group, before its first thread. Errors:
// EPERM (it leads one), EAGAIN, ENOMEM. See: setsid(2).
Result<void> leave_session();

}  // namespace hpserver

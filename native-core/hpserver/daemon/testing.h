#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "hpserver/os/syscall.h"

// Shared by the tests of this room.
namespace hpserver::testing {

// Runs `body` in a child process, since `body` makes changes that can't be undone. Returns its exit
// status, or 128 plus the signal that killed it.
inline int in_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  retry_on_eintr([&] { return ::waitpid(child, &status, 0); });
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace hpserver::testing

#pragma once

#include <sys/types.h>

#include <optional>

#include "hpserver/base/result.h"

namespace hpserver {

// How a child process ended.
struct ChildExit {
  pid_t pid = 0;
  int status = 0;  // the exit status, or the number of the signal that killed it
  bool killed = false;
};

// Reaps one child that has ended; returns nothing if none has. Never blocks. Several SIGCHLDs may
// merge into one, so call it until it returns nothing. Errors: ECHILD (there are no children). See:
// waitpid(2).
Result<std::optional<ChildExit>> reap_one();

// Does the same for one child, leaving all others to their owners. Errors: ECHILD.
Result<std::optional<ChildExit>> reap_child(pid_t child);

// Waits for one child. Blocks. Errors: ECHILD.
Result<ChildExit> await_exit(pid_t child);

}  // namespace hpserver

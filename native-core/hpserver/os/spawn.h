#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "hpserver/base/result.h"

namespace hpserver {

// A program to run as a child process.
struct Program {
  // The path of the file, which isn't searched for in PATH.
  std::string path;
  // argv[0] and on.
  std::vector<std::string> arguments;
  // "NAME=value"; the child sees nothing else.
  std::vector<std::string> environment = {};
  // Where it starts; empty: where we are.
  std::string directory = {};
  // What becomes its 0, 1 and 2; all stay the caller's. -1 leaves ours. A socket may be given
  // several times; O_NONBLOCK would be shared with the child, which seldom expects it.
  int standard_input = -1;
  int standard_output = -1;
  int standard_error = -1;
  // Stay open under their own numbers, above 2.
  std::vector<int> kept = {};
};

// Starts `program` by fork and exec. The child inherits no further descriptor, no blocked and no
// ignored signal. Returns once exec has succeeded, or why it failed; the child is the caller's to
// reap. Any thread; blocks for the length of an exec. Errors: ENOENT, EACCES, ENOEXEC, EAGAIN,
// ENOMEM. See: fork(2), execve(2), signal-safety(7).
Result<pid_t> spawn(const Program& program);

}  // namespace hpserver

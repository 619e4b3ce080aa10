#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "hpserver/base/result.h"

namespace hpserver {

// A program to run as a child process.
struct Program {
  // The file's path; PATH isn't searched.
  std::string path;
  // The whole argv, from argv[0] on.
  std::vector<std::string> arguments;
  // "NAME=value"; the child gets only these.
  std::vector<std::string> environment = {};
  // The child's working directory; empty: ours.
  std::string directory = {};
  // The descriptors that become the child's 0, 1 and 2; the caller keeps its own. -1 passes on
  // ours. The same socket may be given several times. Don't set O_NONBLOCK: the child would share
  // it, and few programs expect it.
  int standard_input = -1;
  int standard_output = -1;
  int standard_error = -1;
  // Descriptors above 2 that stay open in the child under the same numbers.
  std::vector<int> kept = {};
};

// Starts `program` by fork and exec. The child inherits no other descriptor, and no blocked or
// ignored signal. Returns once exec has succeeded, or with the reason why it failed; the caller
// must reap the child. Any thread; blocks for the duration of an exec. Errors: ENOENT, EACCES,
// ENOEXEC, EAGAIN, ENOMEM. See: fork(2), execve(2), signal-safety(7).
Result<pid_t> spawn(const Program& program);

}  // namespace hpserver

#pragma once

#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// The standard streams of a daemon: until it serves, they belong to the process that started it.
class StarterStreams {
 public:
  // Opens /dev/null and /proc/self/fd, which are needed later and may not exist after chroot. The
  // latter is a way out of the new root, so give the streams up soon. Errors: ENOENT, EMFILE.
  static Result<StarterStreams> open();

  // Redirects the streams to /dev/null. Does the same with every other descriptor of the same
  // terminal, unnamed pipe or socket, since threads log through their own descriptors. So a process
  // that reads a pipe to its end doesn't wait for the daemon. Call it once; any thread. Errors:
  // those of dup2(2) and readdir(3). See: daemon(7).
  Result<void> give_up();

 private:
  StarterStreams(Fd null, Fd descriptors)
      : null_(std::move(null)), descriptors_(std::move(descriptors)) {}

  Fd null_;
  Fd descriptors_;
};

}  // namespace hpserver

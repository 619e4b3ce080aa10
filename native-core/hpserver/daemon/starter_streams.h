#pragma once

#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// The standard streams of a daemon, which are those of whoever has started it until it serves.
class StarterStreams {
 public:
  // Opens what it takes to give them up, since another root directory may have neither: /dev/null
  // and /proc/self/fd. That one is a way out of such a root: give them up soon. Errors: ENOENT,
  // EMFILE.
  static Result<StarterStreams> open();

  // They become /dev/null, and so does every other descriptor of the same terminal, unnamed pipe or
  // socket, whoever has opened it: threads log by descriptors of their own. Whoever reads a pipe to
  // its end need not wait for the daemon then. Call it once; any thread. Errors: those of dup2(2)
  // and readdir(3). See: daemon(7).
  Result<void> give_up();

 private:
  StarterStreams(Fd null, Fd descriptors)
      : null_(std::move(null)), descriptors_(std::move(descriptors)) {}

  Fd null_;
  Fd descriptors_;
};

}  // namespace hpserver

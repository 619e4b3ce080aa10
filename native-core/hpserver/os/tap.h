#pragma once

#include <cstddef>

#include "hpserver/base/result.h"
#include "hpserver/os/pipe.h"

namespace hpserver {

struct TapOptions {
  // Of the pipe that bytes pass through; 0 keeps the kernel's default.
  std::size_t capacity_bytes = 0;
};

// Has a stream go on to its reader and to a second one, which sees the same bytes (a log, a
// recorder, a mirror): source → pipe, of which tee(2) gives a copy to the second pipe before
// splice(2) passes it on. Neither loses anything: a second reader that falls behind holds the
// stream up. One thread; never blocks.
class Tap {
 public:
  // Errors: those of create_pipe.
  static Result<Tap> create(const TapOptions& options = {});

  enum class State : unsigned char {
    moved,         // something has moved; there may be more
    source_empty,  // wait until the source is readable
    sink_full,     // … until the sink is writable
    copy_full,     // … until the copy's pipe is writable
    ended,         // the source has ended, and all is passed on
  };

  // Moves what can be moved now, of a whole pipe at most. `copy_fd` is a pipe's writing end; source
  // and sink are whatever splice(2) takes; all stay the caller's, and are the same in every call.
  // Errors: those of move_bytes and share_bytes but EAGAIN.
  Result<State> step(int source_fd, int sink_fd, int copy_fd);

 private:
  explicit Tap(Pipe pipe, std::size_t capacity_bytes)
      : pipe_(std::move(pipe)), capacity_bytes_(capacity_bytes) {}

  Result<State> fill(int source_fd);

  Pipe pipe_;
  const std::size_t capacity_bytes_;
  std::size_t held_bytes_ = 0;    // in the pipe
  std::size_t copied_bytes_ = 0;  // of those, what the copy has already
};

}  // namespace hpserver

#pragma once

#include <cstddef>

#include "hpserver/base/result.h"
#include "hpserver/os/pipe.h"

namespace hpserver {

struct TapOptions {
  // Capacity of the pipe that the bytes pass through; 0 keeps the kernel's default.
  std::size_t capacity_bytes = 0;
};

// Copies a stream to a second reader (a log, a recorder, a mirror) while passing it on: source →
// pipe, from which tee(2) copies to the second pipe before splice(2) passes the bytes on. Neither
// reader loses anything: a second reader that falls behind slows the stream down. One thread; never
// blocks.
class Tap {
 public:
  // Errors: those of create_pipe.
  static Result<Tap> create(const TapOptions& options = {});

  enum class State : unsigned char {
    moved,         // something was moved; there may be more
    source_empty,  // wait until the source is readable
    sink_full,     // wait until the sink is writable
    copy_full,     // wait until the copy's pipe is writable
    ended,         // the source has ended, and everything was passed on
  };

  // Moves what can be moved now, one pipeful at most. `copy_fd` is the write end of a pipe; source
  // and sink may be anything that splice(2) takes. The caller owns all three and passes the same
  // ones in every call. Errors: those of move_bytes and share_bytes except EAGAIN.
  Result<State> step(int source_fd, int sink_fd, int copy_fd);

 private:
  explicit Tap(Pipe pipe, std::size_t capacity_bytes)
      : pipe_(std::move(pipe)), capacity_bytes_(capacity_bytes) {}

  Result<State> fill(int source_fd);

  Pipe pipe_;
  const std::size_t capacity_bytes_;
  std::size_t held_bytes_ = 0;    // in the pipe
  std::size_t copied_bytes_ = 0;  // of held_bytes_, already copied
};

}  // namespace hpserver
